import type { Request } from "./answers.ts";
import { Refusal } from "./answers.ts";
import { BY_SCP, denied, refused } from "./error-codes.ts";
import { matches } from "./globs.ts";
import type { Fault } from "./schema/faults.ts";

/** What of a call a fault is matched against. */
export type Target = { operation: string; account: string; region: string; resources: string[] };

/** Finds the fault that a call meets, and counts, for faults that come late or pass. */
export function faultFinder(faults: readonly Fault[]): (target: Target) => Fault | undefined {
  const met = new Map<Fault, number>();
  return (target) =>
    faults.find((fault) => {
      if (!applies(fault, target)) return false;
      const before = met.get(fault) ?? 0;
      met.set(fault, before + 1);
      const { after = 0, times = Number.POSITIVE_INFINITY } = fault;
      return before >= after && before < after + times;
    });
}

const applies = (fault: Fault, { operation, account, region, resources }: Target): boolean =>
  matches(fault.operation, operation) &&
  matches(fault.account ?? "*", account) &&
  matches(fault.region ?? "*", region) &&
  (fault.resource === undefined || resources.some((each) => matches(fault.resource ?? "", each)));

/** The AWS error that a fault is; undefined for one that spoils the transport or the pace. */
export function refusalOf(fault: Fault, call: FaultyCall): Refusal | undefined {
  const { service } = call.request;
  const about = { ...call.request, action: call.action, partition: call.partition };
  const resource = call.resource;
  switch (fault.kind) {
    case "access-denied":
      return denied(about, { resource });
    case "denied-by-scp":
      return denied(about, { resource, because: BY_SCP });
    case "throttled":
      return refused(service, "throttled");
    case "expired-token":
      return refused(service, "expired");
    case "error":
      return stated(fault);
    default:
      return undefined;
  }
}

export type FaultyCall = {
  request: Request;
  action: string;
  resource: string | undefined;
  partition: string;
};

function stated({ code = "InternalFailure", message = "Simulated error.", status = 400 }: Fault) {
  return new Refusal(code, message, { status });
}
