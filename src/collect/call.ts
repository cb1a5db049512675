import type { Fact, Unknown } from "../snapshot/unknown.ts";
import { answered, failed, late, nowhere, withRefusal } from "./answer.ts";
import type { Input, Output, Requests } from "./api.ts";
import { isRegion } from "./arn.ts";
import { CALLS, type Call, type Operation } from "./calls.ts";
import { classify, type Trouble, type TroubleKind } from "./classify.ts";
import { type Clients, type Exchange, exchange } from "./clients.ts";
import type { Deadline } from "./deadline.ts";
import type { Evidence } from "./evidence.ts";
import type { Limit } from "./limit.ts";
import type { Progress } from "./progress.ts";
import type { Connection, Credentials } from "./request.ts";
import { type Pacer, pause } from "./throttle.ts";

/** An identity that calls are made with. */
export type Caller = {
  accountId: string;
  /** Its ARN, where it is known. */
  principal: string | null;
  credentials(): Promise<Credentials>;
  /** Replaces credentials that AWS calls expired; returns why it could not, or null. */
  renew(used: Credentials): Promise<string | null>;
};

/** Who calls, and where; `enabled: false` where the region is not known to be enabled there. */
export type Place = { caller: Caller; region: string; enabled?: boolean };

/** What a call came back with; `evidence` is null where the deadline let nothing be asked. */
export type Answer<T> =
  | { ok: true; value: T; evidence: Evidence }
  | {
      ok: false;
      code: string;
      status: number | null;
      headers: Record<string, string>;
      unknown: Unknown;
      evidence: Evidence | null;
    };

/** Makes one call, as often as it takes and AWS allows. Never throws for what AWS or the network do. */
export type Ask = <O extends Operation>(
  operation: O,
  place: Place,
  input: Input<O>,
) => Promise<Answer<Output<O>>>;

/** What calls share in a run. */
export type Line = {
  requests: Requests;
  clients: Clients;
  connection: Connection;
  limit: Limit;
  pace: Pacer;
  deadline: Deadline;
  progress: Progress;
};

/** How often a call is made at most, by what went wrong. */
const TRIES: Partial<Record<TroubleKind, number>> = {
  throttled: 8,
  timeout: 2,
  dropped: 3,
  broken: 3,
  server: 3,
};

/** How one try went. */
export type Tried<T> =
  | { ok: true; value: T; headers: Record<string, string> }
  | { ok: false; trouble: Trouble; headers: Record<string, string>; used: Credentials };

/** The one way to AWS: paces, bounds, repeats, and keeps what was said. */
export function createAsk(line: Line): Ask {
  return async (operation, place, input) => {
    if (!isRegion(place.region)) return nowhere(place);
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      line.deadline.throwIfInterrupted();
      if (line.deadline.passed()) return late(line.deadline, operation);
      const tried = await send(line, operation, place, input);
      if (tried === null) return late(line.deadline, operation);
      if (tried.ok) return answered(operation, place, tried);
      if (tried.trouble.kind === "expired" && !isRenewed) {
        isRenewed = true;
        const refusal = await place.caller.renew(tried.used);
        if (refusal === null) continue;
        return failed(operation, place, withRefusal(tried, refusal));
      }
      if (attempt >= (TRIES[tried.trouble.kind] ?? 1)) return failed(operation, place, tried);
      await line.deadline.sleep(pause(attempt, line.connection.retryPauseMs ?? 200));
    }
  };
}

/** One try; null where the deadline passed while it waited for its turn. */
async function send<O extends Operation>(
  line: Line,
  operation: O,
  place: Place,
  input: Input<O>,
): Promise<Tried<Output<O>> | null> {
  const rate: Call = CALLS[operation];
  const wait = line.pace(`${place.caller.accountId} ${place.region} ${operation}`, rate);
  if (wait > 0) await line.deadline.sleep(wait);
  // Before a place is taken: new credentials need one of their own.
  const used = await place.caller.credentials();
  return line.limit.run(async () => {
    if (line.deadline.passed()) return null;
    const store: Exchange = { credentials: used, headers: {} };
    line.progress.add("calls");
    try {
      const value = await inTime(line, (abortSignal) =>
        exchange.run(store, () =>
          line.requests[operation](input, {
            clients: line.clients,
            region: place.region,
            abortSignal,
          }),
        ),
      );
      return { ok: true, value, headers: store.headers };
    } catch (error) {
      const trouble = classify(error);
      if (trouble === null) throw error;
      if (trouble.kind === "throttled") {
        line.progress.add("throttles");
        line.limit.ease();
      }
      return { ok: false, trouble, headers: store.headers, used };
    }
  });
}

async function inTime<T>(
  { connection, deadline }: Line,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, connection.requestTimeoutMs);
  const unwatch = deadline.watch(abort);
  try {
    return await request(controller.signal);
  } finally {
    clearTimeout(timer);
    unwatch();
  }
}

/** The fact that a call's answer tells, or why it does not. */
export function told<T, F>(answer: Answer<T>, read: (value: T) => Fact<F>): Fact<F> {
  return answer.ok ? read(answer.value) : answer.unknown;
}

/** As `told`; the error code by which AWS says that there is none gives what that means. */
export function toldOr<T, F, N>(
  answer: Answer<T>,
  none: { code: string; means: N },
  read: (value: T) => Fact<F>,
): Fact<F | N> {
  return !answer.ok && answer.code === none.code ? none.means : told(answer, read);
}
