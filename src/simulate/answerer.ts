import { type Answer, Refusal, type Request } from "./answers.ts";
import type { Call } from "./call-log.ts";
import type { Caller } from "./credentials.ts";
import { callerIn, mustBeValid, notSimulated, scopeOf, serviceName } from "./dispatch.ts";
import { refused } from "./error-codes.ts";
import { faultFinder, refusalOf } from "./faults.ts";
import type { IndexedWorld } from "./indexed-world.ts";
import { jsonProtocol } from "./protocols/json.ts";
import type { Parsed, Wire, Written } from "./protocols/protocol.ts";
import type { Fault } from "./schema/faults.ts";
import type { Service } from "./services/service.ts";
import { services } from "./services/services.ts";
import { sessionMeter } from "./session-meter.ts";
import { throttler } from "./throttles.ts";

/** What a call is answered, how it is logged, and the fault that it met. */
export type Answered = { written: Written; call: Call; fault: Fault | undefined };

type Asked = Parsed & { service: Service; region: string; caller: Caller | undefined };
type Gate = (caller: Caller, asked: Asked) => void;

/** Makes the function from a call on the wire to its answer; its counters are the server's only state. */
export function answerer(world: IndexedWorld): (wire: Wire) => Answered {
  const table = services(counter());
  const nextId = counter();
  const faultOf = faultFinder(world.world.faults ?? []);
  const gate = gateOf(world);
  return (wire) => {
    const id = requestId(nextId());
    const asked = readable(wire, table);
    if (asked instanceof Refusal) return unreadable(asked, id);
    const fault = faultOf(targetOf(asked));
    const { service, operation, region } = asked;
    const call = { operation: `${service.name}:${operation}`, accountId: accountOf(asked), region };
    try {
      const caller = mustBeValid(asked, service, world);
      gate(caller, asked);
      const answer = perform({ ...asked, caller }, world, fault);
      const written = service.protocol.answer(answer, operation, id);
      return { written, call: { ...call, outcome: "ok" }, fault };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const written = service.protocol.refusal(error, id);
      return { written, call: { ...call, outcome: error.code }, fault };
    }
  };
}

function counter(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}

const requestId = (n: number): string =>
  `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

const accountOf = ({ caller }: Asked): string => caller?.accountId ?? "";

/** What stands between a valid caller and an answer: sessions used up, and the published rates. */
function gateOf(world: IndexedWorld): Gate {
  const isSpent = sessionMeter(world);
  const isWithinRate = world.world.throttles === "aws" ? throttler() : () => true;
  return (caller, { service: { name }, operation, region }) => {
    if (isSpent(caller)) throw refused(name, "expired");
    const call = { service: name, operation, account: caller.accountId, region };
    if (!isWithinRate(call, performance.now())) throw refused(name, "throttled");
  };
}

function readable(wire: Wire, table: ReadonlyMap<string, Service>): Asked | Refusal {
  try {
    return read(wire, table);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function read(wire: Wire, table: ReadonlyMap<string, Service>): Asked | Refusal {
  const scope = scopeOf(wire.headers);
  if (scope === undefined) {
    const says = "Request is missing Authentication Token";
    return new Refusal("MissingAuthenticationToken", says, { status: 403 });
  }
  const service = table.get(serviceName(scope, wire));
  const parsed = service?.protocol.read(wire);
  if (service === undefined || parsed === undefined) {
    return notSimulated(`${scope.signingName} ${wire.method} ${wire.path}`);
  }
  return { ...parsed, service, region: scope.region, caller: callerIn(wire.headers, scope) };
}

function unreadable(refusal: Refusal, id: string): Answered {
  const call = { operation: "unknown", accountId: "", region: "", outcome: refusal.code };
  return { written: jsonProtocol("1.1").refusal(refusal, id), call, fault: undefined };
}

const ROLE_ACCOUNT = /^arn:[^:]*:iam::(\d{12}):role\//;

/** A fault names the account that a call is about: of AssumeRole, that is the role's. */
function targetOf(asked: Asked) {
  const resources = resourcesOf(asked);
  const { service, operation, region } = asked;
  const account = ROLE_ACCOUNT.exec(resources[0] ?? "")?.[1] ?? accountOf(asked);
  return { operation: `${service.name}:${operation}`, account, region, resources };
}

const resourcesOf = ({ service, input }: Asked): string[] =>
  service.resourceParameters
    .flatMap((name) => input[name])
    .filter((value) => typeof value === "string");

function perform(
  asked: Asked & { caller: Caller },
  world: IndexedWorld,
  fault: Fault | undefined,
): Answer {
  const { service, operation } = asked;
  const request: Request = { ...asked, service: service.name };
  try {
    if (fault !== undefined) refuseBy(fault, asked, { request, world });
    const handle = Object.hasOwn(service.operations, operation)
      ? service.operations[operation]
      : undefined;
    if (handle === undefined) throw notSimulated(`${service.name}:${operation}`);
    return handle(request, world);
  } catch (error) {
    if (error instanceof Refusal) {
      Object.assign(error.headers, service.headersOnRefusal?.(request, world));
    }
    throw error;
  }
}

function refuseBy(
  fault: Fault,
  asked: Asked,
  { request, world }: { request: Request; world: IndexedWorld },
): void {
  const { service, operation } = asked;
  const action = service.actions?.[operation] ?? `${service.name}:${operation}`;
  const resource = resourcesOf(asked)[0];
  const refusal = refusalOf(fault, { request, action, resource, partition: world.partition });
  if (refusal !== undefined) throw refusal;
}
