import { Refusal } from "../answers.ts";
import type { Parsed, Protocol, Wire, Written } from "./protocol.ts";

/** awsJson1.0 and 1.1: one address, the operation in X-Amz-Target, errors by `__type`. */
export function jsonProtocol(version: "1.0" | "1.1"): Protocol {
  const headers = (requestId: string) => ({
    "content-type": `application/x-amz-json-${version}`,
    "x-amzn-requestid": requestId,
  });
  return {
    read: readTarget,
    answer: ({ status = 200, body = {} }, _operation, requestId) => ({
      status,
      headers: headers(requestId),
      body: JSON.stringify(body),
    }),
    refusal: (refusal, requestId) => jsonRefusal(refusal, headers(requestId)),
  };
}

/**
 * awsQueryCompatible: a service that spoke awsQuery before keeps its old error codes in a header,
 * and the SDK goes by that header.
 */
export const queryCompatibleJson: Protocol = {
  ...jsonProtocol("1.0"),
  refusal: (refusal, requestId) => {
    const written = jsonProtocol("1.0").refusal(refusal, requestId);
    const fault = refusal.status < 500 ? "Sender" : "Receiver";
    const headers = { ...written.headers, "x-amzn-query-error": `${refusal.code};${fault}` };
    return { ...written, headers };
  },
};

/** restJson1, as the Account service speaks it: an address an operation. */
export const restJson: Protocol = {
  read: ({ method, path, body }) => {
    const name = /^\/([a-zA-Z]+)$/.exec(path)?.[1];
    if (method !== "POST" || name === undefined) return undefined;
    return { operation: `${name.charAt(0).toUpperCase()}${name.slice(1)}`, input: object(body) };
  },
  answer: ({ status = 200, body = {} }, _operation, requestId) => ({
    status,
    headers: { "content-type": "application/json", "x-amzn-requestid": requestId },
    body: JSON.stringify(body),
  }),
  refusal: (refusal, requestId) =>
    jsonRefusal(refusal, {
      "content-type": "application/json",
      "x-amzn-requestid": requestId,
      "x-amzn-errortype": refusal.code,
    }),
};

function readTarget({ headers, body }: Wire): Parsed | undefined {
  const target = headers["x-amz-target"];
  const operation = typeof target === "string" ? target.split(".")[1] : undefined;
  return operation === undefined ? undefined : { operation, input: object(body) };
}

function jsonRefusal(refusal: Refusal, headers: Record<string, string>): Written {
  const body = JSON.stringify({ __type: refusal.code, message: refusal.message });
  return { status: refusal.status, headers: { ...headers, ...refusal.headers }, body };
}

function object(text: string): Record<string, unknown> {
  if (text === "") return {};
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal("SerializationException", "The body is not JSON.");
  }
}
