import type { IncomingHttpHeaders } from "node:http";
import { Refusal } from "./answers.ts";
import { type Caller, callerOf } from "./credentials.ts";
import { refused } from "./error-codes.ts";
import { type IndexedWorld, isOptIn, isUsable } from "./indexed-world.ts";
import type { Wire } from "./protocols/protocol.ts";
import type { Service } from "./services/service.ts";

const CREDENTIAL = /Credential=([^/,\s]{1,128})\/\d{8}\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\//;

/** Where a call is signed for, and with whose key. */
export type Scope = { accessKeyId: string; region: string; signingName: string };

/** The credential scope of a signed call; undefined for one that is not signed. */
export function scopeOf({ authorization }: IncomingHttpHeaders): Scope | undefined {
  const [, accessKeyId, region, signingName] = CREDENTIAL.exec(authorization ?? "") ?? [];
  if (accessKeyId === undefined || region === undefined || signingName === undefined) {
    return undefined;
  }
  return { accessKeyId, region, signingName };
}

/** The service that a call is for. S3 Control signs as S3 and differs by its path. */
export function serviceName({ signingName }: Scope, { path }: Wire): string {
  if (signingName === "s3" && path.startsWith("/v20180820/")) return "s3control";
  return signingName === "monitoring" ? "cloudwatch" : signingName;
}

/** Who calls, by their keys alone; whether they may is `mustBeValid`'s to say. */
export function callerIn(headers: IncomingHttpHeaders, { accessKeyId }: Scope): Caller | undefined {
  const token = headers["x-amz-security-token"];
  return callerOf(accessKeyId, typeof token === "string" ? token : undefined);
}

// What a suspended account may still do is not published; its own long-lived keys are taken.
const DEAD = new Set(["CLOSED", "PENDING_ACTIVATION"]);

/**
 * Refuses keys of no account, expired sessions, and regions that do not know the keys: disabled
 * ones, and opt-in regions for sessions that the global STS endpoint issued.
 */
export function mustBeValid(
  { caller, region }: { caller: Caller | undefined; region: string },
  { name, isGlobal }: Service,
  world: IndexedWorld,
): Caller {
  const account = world.accounts.get(caller?.accountId ?? "");
  if (caller === undefined || account === undefined || DEAD.has(account.state ?? "ACTIVE")) {
    throw refused(name, "unrecognized");
  }
  if (caller.expires !== null && caller.expires <= Date.now()) throw refused(name, "expired");
  if (isGlobal === true) return caller;
  const isForeignToken = caller.issuedBy === "global" && isOptIn(world, region);
  if (isForeignToken || !isUsable(world, caller.accountId, region)) {
    throw refused(name, "unrecognized");
  }
  return caller;
}

/** A refusal for what AWS would call an unknown operation: it is not simulated. */
export const notSimulated = (what: string): Refusal =>
  new Refusal("UnknownOperationException", `${what} is not simulated.`, { status: 404 });
