import { type Unknown, unknown } from "../../snapshot/unknown.ts";
import { ANY } from "./glob.ts";

/** Who asks. */
export type Principal =
  /** Everybody: every account, service and stranger. */
  | { kind: "anyone" }
  /** One who shows no credentials. */
  | { kind: "anonymous" }
  /** Every user, role and session of one account. */
  | { kind: "account"; id: string; partition: string }
  /** Somebody of an account that the document does not name in any way. */
  | { kind: "stranger"; partition: string }
  /** One user or role. */
  | { kind: "arn"; arn: string }
  /** An account by its canonical user id, as S3 knows it. */
  | { kind: "canonical"; id: string }
  /** An AWS service by its own name, as in cloudtrail.amazonaws.com. */
  | { kind: "service"; name: string };

/** A value that a condition key can have: a text (with ANY), none, or any but these. */
export type Possible = string | null | { anyBut: readonly string[] };

/**
 * What each condition key (in lower case) can be in these requests, all of which the answer is about;
 * a marker: not known, and a condition that asks for it is not known either. Keys that have several
 * values at once, such as aws:TagKeys, have to stay unknown.
 */
export type Context = (key: string) => readonly Possible[] | Unknown;

/** A set of requests: action, resource and condition keys may contain ANY. */
export type PolicyRequest = {
  /** As in s3:PutObject. */
  action: string;
  /** An ARN. */
  resource: string;
  principal: Principal;
  /** What the keys are beside those that follow from the principal. */
  context: Context;
};

/** Stands in a request for the id of an account, as long as one, that no policy holds. */
export const STRANGE_ACCOUNT = "\u{E002}".repeat(12);

/** Any value at all, or none. */
export const FREE: readonly Possible[] = [ANY, null];

/** Knows these keys (in any case) and asks `otherwise` for the rest; left out: they are unknown. */
export function known(
  values: Readonly<Record<string, readonly Possible[] | Unknown>>,
  otherwise: Context = open,
): Context {
  const keys = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  return (key) => keys.get(key) ?? otherwise(key);
}

/** Knows nothing. */
export const open: Context = (key) =>
  unknown("unresolved", { detail: `what the condition key ${key.slice(0, 100)} is` });

/** What the keys of a request are: what it says itself, else what follows from who asks. */
export function contextOf({ principal, context }: PolicyRequest): Context {
  return known(ofPrincipal(principal), context);
}

/** Keys that IAM sets by who asks; a service that acts for itself has no account or organization. */
function ofPrincipal(principal: Principal): Record<string, readonly Possible[]> {
  switch (principal.kind) {
    case "anyone":
    case "canonical":
      return {};
    case "anonymous":
      return { ...NOBODY, "aws:PrincipalIsAWSService": ["false"] };
    case "service":
      return {
        ...NOBODY,
        "aws:PrincipalIsAWSService": ["true"],
        "aws:PrincipalServiceName": [principal.name],
      };
    case "account":
      return ofAccount(principal.id, principal.partition);
    case "stranger":
      return ofAccount(STRANGE_ACCOUNT, principal.partition);
    case "arn":
      return {
        "aws:PrincipalAccount": [principal.arn.split(":")[4] ?? ""],
        "aws:PrincipalArn": [principal.arn],
        "aws:PrincipalIsAWSService": ["false"],
      };
  }
}

const ofAccount = (id: string, partition: string): Record<string, readonly Possible[]> => ({
  "aws:PrincipalAccount": [id],
  "aws:PrincipalArn": [`arn:${partition}:iam::${id}:${ANY}`],
  "aws:PrincipalIsAWSService": ["false"],
});

const NOBODY: Record<string, readonly Possible[]> = {
  "aws:PrincipalAccount": [null],
  "aws:PrincipalArn": [null],
  "aws:PrincipalOrgID": [null],
  "aws:PrincipalOrgPaths": [null],
};
