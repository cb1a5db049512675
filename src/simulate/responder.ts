import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answered, answerer } from "./answerer.ts";
import type { CallLog } from "./call-log.ts";
import type { IndexedWorld } from "./indexed-world.ts";
import type { Wire } from "./protocols/protocol.ts";
import type { Fault } from "./schema/faults.ts";

type Exchange = { request: IncomingMessage; response: ServerResponse; body: string };

const SLOW_MS = 1000;

/** Makes the function that takes each call of one server to its answer, or to its fault. */
export function responder(world: IndexedWorld, log: CallLog): (exchange: Exchange) => void {
  const answer = answerer(world);
  const date = new Date(world.now).toUTCString();
  return ({ request, response, body }) => {
    const answered = answer(wireOf(request, body));
    const { fault } = answered;
    log.add({ ...answered.call, outcome: outcomeOf(answered) });
    const delay = (world.world.latencyMs ?? 0) + slowness(fault);
    const deliver = () => send(response, answered, date);
    if (delay === 0) deliver();
    else setTimeout(deliver, delay).unref();
  };
}

function wireOf({ method = "GET", url = "/", headers }: IncomingMessage, body: string): Wire {
  const [path = "/", query = ""] = url.split("?", 2);
  return { method, path, query: new URLSearchParams(query), headers, body };
}

const SPOILERS = new Set<string | undefined>([
  "broken-reply",
  "dropped-connection",
  "never-answers",
]);

const outcomeOf = ({ call, fault }: Answered): string =>
  fault !== undefined && SPOILERS.has(fault.kind) ? fault.kind : call.outcome;

const slowness = (fault: Fault | undefined): number =>
  fault?.kind === "slow" ? (fault.ms ?? SLOW_MS) : 0;

function send(response: ServerResponse, { written, fault }: Answered, date: string): void {
  if (fault?.kind === "never-answers") return;
  if (fault?.kind === "dropped-connection") return void response.destroy();
  const { status, headers } = written;
  // Half of an answer is what a broken proxy leaves: well-formed HTTP around a document cut short.
  const whole = Buffer.from(written.body);
  const body =
    fault?.kind === "broken-reply" ? whole.subarray(0, Math.ceil(whole.length / 2)) : whole;
  response.sendDate = false;
  response.writeHead(status, { ...headers, date, "content-length": body.length });
  response.end(body);
}
