import { type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import type { Ask, Caller } from "./call.ts";
import type { Evidence } from "./evidence.ts";
import type { Credentials } from "./request.ts";

/** An account's own identity, or why there is none; `evidence` grows with each renewal. */
export type Session = { caller: Caller | Unknown; evidence: Evidence[] };

/** The role to assume, by whom and where. */
export type RoleToAssume = {
  by: Caller;
  /** STS's region: a token of the global endpoint would be refused in opt-in regions. */
  region: string;
  accountId: string;
  roleArn: string;
  externalId: string | null;
};

type Held = { credentials: Credentials; principal: string; renewAt: number };

// What STS gives when roles are chained is an hour at most.
const SESSION_SECONDS = 3600;
const SESSION_NAME = "trailproof";

/** Assumes a role once; the session renews itself before it ends. Never throws for a refusal. */
export async function assumeRole(ask: Ask, role: RoleToAssume): Promise<Session> {
  const evidence: Evidence[] = [];
  const first = await assume(ask, role, evidence);
  if ("refusal" in first) return { caller: first.refusal, evidence };
  return { caller: roleCaller(first, role.accountId, () => assume(ask, role, evidence)), evidence };
}

function roleCaller(
  first: Held,
  accountId: string,
  again: () => Promise<Held | { refusal: Unknown }>,
): Caller {
  let held = first;
  let pending: Promise<string | null> | null = null;
  const replace = async (): Promise<string | null> => {
    const next = await again();
    if (!("refusal" in next)) {
      held = next;
      return null;
    }
    // What is held may still serve; asking again before every call would not help.
    held = { ...held, renewAt: Number.POSITIVE_INFINITY };
    return next.refusal.$unknown.detail ?? next.refusal.$unknown.reason;
  };
  const renew = () => {
    pending ??= replace().finally(() => {
      pending = null;
    });
    return pending;
  };
  return {
    accountId,
    principal: first.principal,
    async credentials() {
      if (Date.now() >= held.renewAt) await renew();
      return held.credentials;
    },
    renew: async (used) => (used.accessKeyId === held.credentials.accessKeyId ? renew() : null),
  };
}

async function assume(
  ask: Ask,
  role: RoleToAssume,
  evidence: Evidence[],
): Promise<Held | { refusal: Unknown }> {
  const answer = await ask(
    "sts:AssumeRole",
    { caller: role.by, region: role.region },
    {
      RoleArn: role.roleArn,
      RoleSessionName: SESSION_NAME,
      DurationSeconds: SESSION_SECONDS,
      ...(role.externalId === null ? {} : { ExternalId: role.externalId }),
    },
  );
  if (answer.evidence !== null) evidence.push(answer.evidence);
  if (!answer.ok) return { refusal: unreachable(role, answer.unknown) };
  const held = heldOf(answer);
  return (
    held ?? { refusal: unreachable(role, unknown("unsupported", { detail: "no credentials" })) }
  );
}

function heldOf({
  value: { Credentials: given, AssumedRoleUser: user },
}: {
  value: Output<"sts:AssumeRole">;
}): Held | null {
  if (
    given?.AccessKeyId === undefined ||
    given.SecretAccessKey === undefined ||
    given.SessionToken === undefined ||
    user?.Arn === undefined
  ) {
    return null;
  }
  const credentials = {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  };
  return { credentials, principal: user.Arn, renewAt: renewalTime(given.Expiration) };
}

/** Five minutes before the end, or after five sixths of a short session. A clock that is wrong asks later. */
function renewalTime(end: Date | undefined): number {
  const life = (end?.getTime() ?? Number.NaN) - Date.now();
  return life > 0
    ? Date.now() + Math.max(life - 300_000, (life * 5) / 6)
    : Number.POSITIVE_INFINITY;
}

/** Refused is unreachable; what was only slow or rushed keeps its own reason. */
function unreachable({ roleArn }: RoleToAssume, { $unknown: why }: Unknown): Unknown {
  const isPassing = why.reason === "throttled" || why.reason === "timeout";
  return unknown(isPassing ? why.reason : "account-unreachable", {
    action: "sts:AssumeRole",
    detail: `${roleArn}: ${why.detail ?? "refused"}`,
  });
}
