import { unknown } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import type { Answer, Place, Tried } from "./call.ts";
import { CALLS, type Call, type Operation } from "./calls.ts";
import { markerOf, oneLine } from "./classify.ts";
import type { Deadline } from "./deadline.ts";

/** A call that the deadline did not let be made. */
export function late(deadline: Deadline, operation: Operation): Answer<never> {
  const call: Call = CALLS[operation];
  const [action] = call.actions;
  const detail = `not asked: the run's deadline of ${deadline.seconds} s had passed`;
  return {
    ok: false,
    code: "DeadlinePassed",
    status: null,
    headers: {},
    unknown: unknown("timeout", { ...(action === undefined ? {} : { action }), detail }),
    evidence: null,
  };
}

/** A region's name becomes part of a host name, and may come from an ARN that somebody wrote. */
export function nowhere({ region }: Place): Answer<never> {
  const marker = unknown("unsupported", { detail: oneLine(`${region} is no region's name`) });
  return {
    ok: false,
    code: "NoRegion",
    status: null,
    headers: {},
    unknown: marker,
    evidence: null,
  };
}

/** An expired session's trouble, with why there is no new one. */
export const withRefusal = <T>(tried: Tried<T> & { ok: false }, refusal: string) => ({
  ...tried,
  trouble: {
    ...tried.trouble,
    message: `the session ended and could not be renewed: ${refusal}`,
  },
});

/** What AWS answered, kept as evidence. */
export function answered<O extends Operation>(
  operation: O,
  place: Place,
  { value, headers }: Tried<Output<O>> & { ok: true },
): Answer<Output<O>> {
  const { $metadata, ...kept } = value;
  // The answer to AssumeRole is a secret.
  const answer = operation === "sts:AssumeRole" ? null : JSON.stringify(kept);
  const said = { headers, requestId: $metadata.requestId, outcome: "ok" };
  return { ok: true, value, evidence: { observation: observe(operation, place, said), answer } };
}

/** What went wrong, as the marker of the facts that the call would have told. */
export function failed(
  operation: Operation,
  place: Place,
  { trouble, headers }: Tried<unknown> & { ok: false },
): Answer<never> {
  const observation = observe(operation, place, { headers, outcome: trouble.code });
  return {
    ok: false,
    code: trouble.code,
    status: trouble.status,
    headers,
    unknown: markerOf(operation, trouble, place.enabled !== false),
    evidence: { observation, answer: null },
  };
}

function observe(
  operation: Operation,
  { caller, region }: Place,
  said: { headers: Record<string, string>; requestId?: string | undefined; outcome: string },
) {
  const { headers } = said;
  return {
    operation,
    accountId: caller.accountId,
    region,
    time: isoTime(headers.date),
    requestId: said.requestId ?? headers["x-amzn-requestid"] ?? headers["x-amz-request-id"] ?? null,
    principal: caller.principal,
    outcome: said.outcome,
  };
}

function isoTime(date: string | undefined): string | null {
  const time = new Date(date ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
