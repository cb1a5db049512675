import { type Unknown, unknown } from "../snapshot/unknown.ts";
import { CALLS, type Call, type Operation } from "./calls.ts";

/** What kind of trouble a call ran into. */
export type TroubleKind =
  | "throttled"
  | "denied"
  | "expired"
  | "bad-token"
  | "timeout"
  | "dropped"
  | "broken"
  | "server"
  | "other";

/** A call that was not answered as hoped. */
export type Trouble = {
  kind: TroubleKind;
  /** AWS's error code, or the kind where AWS gave none. */
  code: string;
  /** The HTTP status; null where nothing answered. */
  status: number | null;
  /** One line. */
  message: string;
};

const THROTTLES = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  // Organizations: another change is under way; it passes.
  "ConcurrentModificationException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "Throttled",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
]);
const DENIALS = new Set([
  "AccountProblem",
  "AllAccessDisabled",
  "AuthorizationError",
  "AuthorizationErrorException",
  "Forbidden",
  // S3 says so where another account's bucket policy is asked for.
  "MethodNotAllowed",
  "NotAuthorized",
  "UnauthorizedException",
  "UnauthorizedOperation",
]);
const EXPIRED = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
  "TokenRefreshRequired",
]);
const BAD_TOKENS = new Set([
  "AuthFailure",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidToken",
  "UnrecognizedClientException",
]);
const DROPS = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "UND_ERR_SOCKET",
]);

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

/** One line of at most 300 characters. */
export const oneLine = (message: string): string =>
  message.replaceAll(/\s+/g, " ").trim().slice(0, 300);

/** Says what an error of a request means; null: it is none of AWS's or the network's, but a bug. */
export function classify(error: unknown): Trouble | null {
  if (!(error instanceof Error)) return null;
  const status = field(field(error, "$metadata"), "httpStatusCode");
  const at = {
    status: typeof status === "number" ? status : null,
    message: oneLine(error.message),
  };
  const network = text(field(error, "code"));
  if (error.name === "AbortError") return { ...at, kind: "timeout", code: "TimeoutError" };
  if (network !== null && (DROPS.has(network) || network.startsWith("HPE_"))) {
    return { ...at, kind: "dropped", code: network };
  }
  if (error.name === "TimeoutError") return { ...at, kind: "timeout", code: "TimeoutError" };
  // Only an error that AWS modelled or at least worded has `$fault`; without it, it could not be read.
  if ("$fault" in error) return worded(error.name, at);
  if ("$response" in error) return { ...at, kind: "broken", code: "BrokenReply" };
  return null;
}

function worded(name: string, at: Omit<Trouble, "kind" | "code">): Trouble {
  const code = /^(Unknown|UnknownError)$/.test(name) ? `HTTP ${at.status ?? "?"}` : name;
  return { ...at, code, kind: kindOf(code, at.status) };
}

function kindOf(code: string, status: number | null): TroubleKind {
  if (THROTTLES.has(code) || status === 429) return "throttled";
  if (EXPIRED.has(code)) return "expired";
  if (BAD_TOKENS.has(code)) return "bad-token";
  if (DENIALS.has(code) || code.startsWith("AccessDenied") || code === "HTTP 403") return "denied";
  if (status !== null && status >= 500) return "server";
  return "other";
}

const SAID: Partial<Record<TroubleKind, string>> = {
  timeout: "no answer in time",
  dropped: "the connection broke",
  broken: "the reply could not be read",
};

/** The marker that stands for what a failed call would have told. */
export function markerOf(
  operation: Operation,
  trouble: Trouble,
  isRegionEnabled: boolean,
): Unknown {
  const call: Call = CALLS[operation];
  const [action] = call.actions;
  const said = SAID[trouble.kind];
  const detail = `${said === undefined ? "" : `${said}: `}${trouble.code}: ${trouble.message}`;
  return unknown(reasonOf(trouble, isRegionEnabled), {
    ...(action === undefined ? {} : { action }),
    detail: oneLine(trouble.kind === "bad-token" && isRegionEnabled ? `${detail} ${HINT}` : detail),
  });
}

const HINT =
  "(the region is enabled: the session token may come from the global STS endpoint; set AWS_STS_REGIONAL_ENDPOINTS=regional)";

function reasonOf({ kind, message }: Trouble, isRegionEnabled: boolean) {
  switch (kind) {
    case "throttled":
      return "throttled";
    case "denied":
      return /service control policy/i.test(message) ? "denied-by-scp" : "access-denied";
    case "expired":
      return "access-denied";
    case "bad-token":
      return isRegionEnabled ? "access-denied" : "region-disabled";
    case "other":
      return "unsupported";
    default:
      return "timeout";
  }
}
