import { Refusal } from "./answers.ts";
import type { Caller } from "./credentials.ts";
import { callerArn } from "./credentials.ts";

type Spelling = { code: string; status: number; says: string };
type Spellings = {
  denied: Spelling;
  throttled: Spelling;
  expired: Spelling;
  unrecognized: Spelling;
};

const spelling = (code: string, status: number, says = ""): Spelling => ({ code, status, says });

const INVALID = "The security token included in the request is invalid.";
const EXPIRED = "The security token included in the request is expired";
const RATE = "Rate exceeded";

const json: Spellings = {
  denied: spelling("AccessDeniedException", 400),
  throttled: spelling("ThrottlingException", 400, RATE),
  expired: spelling("ExpiredTokenException", 400, EXPIRED),
  unrecognized: spelling("UnrecognizedClientException", 400, INVALID),
};

const query: Spellings = {
  denied: spelling("AccessDenied", 403),
  throttled: spelling("Throttling", 400, RATE),
  expired: spelling("ExpiredToken", 403, EXPIRED),
  unrecognized: spelling("InvalidClientTokenId", 403, INVALID),
};

/** How each service spells the errors that every service has. */
const spellings: Record<string, Spellings> = {
  cloudtrail: json,
  logs: json,
  events: json,
  kms: {
    ...json,
    throttled: spelling(
      "ThrottlingException",
      400,
      "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
    ),
  },
  organizations: {
    ...json,
    throttled: spelling(
      "TooManyRequestsException",
      400,
      "AWS Organizations can't complete your request because another request is already in progress. Try again later.",
    ),
  },
  account: {
    denied: spelling("AccessDeniedException", 403),
    throttled: spelling("TooManyRequestsException", 429, RATE),
    expired: spelling("ExpiredTokenException", 403, EXPIRED),
    unrecognized: spelling("UnrecognizedClientException", 403, INVALID),
  },
  sts: query,
  iam: query,
  sns: {
    ...query,
    denied: spelling("AuthorizationError", 403),
    throttled: spelling("Throttled", 429, RATE),
  },
  cloudwatch: query,
  ec2: {
    denied: spelling(
      "UnauthorizedOperation",
      403,
      "You are not authorized to perform this operation. ",
    ),
    throttled: spelling("RequestLimitExceeded", 503, "Request limit exceeded."),
    expired: spelling("RequestExpired", 400, "Request has expired."),
    unrecognized: spelling(
      "AuthFailure",
      401,
      "AWS was not able to validate the provided access credentials",
    ),
  },
  s3: {
    denied: spelling("AccessDenied", 403),
    throttled: spelling("SlowDown", 503, "Please reduce your request rate."),
    expired: spelling("ExpiredToken", 400, "The provided token has expired."),
    unrecognized: spelling(
      "InvalidToken",
      400,
      "The provided token is malformed or otherwise invalid.",
    ),
  },
};

const spellingsOf = (service: string): Spellings =>
  spellings[service === "s3control" ? "s3" : service] ?? json;

/** The error of a call that no policy allows, or that one denies, as its service spells it. */
export function denied(
  { service, action, caller, partition }: Denied,
  { resource, because }: { resource?: string | undefined; because?: string } = {},
): Refusal {
  const { code, status, says } = spellingsOf(service).denied;
  const on = resource === undefined ? "" : ` on resource: ${resource}`;
  const why = because ?? `because no identity-based policy allows the ${action} action`;
  const who = callerArn(caller, partition);
  const message = `${says}User: ${who} is not authorized to perform: ${action}${on} ${why}`;
  return new Refusal(code, message, { status });
}

type Denied = { service: string; action: string; caller: Caller; partition: string };

/** The error of a call that every service has: throttled, expired, or with keys it does not know. */
export function refused(service: string, kind: "throttled" | "expired" | "unrecognized"): Refusal {
  const { code, status, says } = spellingsOf(service)[kind];
  return new Refusal(code, says, { status });
}

export const BY_SCP = "with an explicit deny in a service control policy";
