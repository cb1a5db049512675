import type { IncomingHttpHeaders } from "node:http";
import type { Answer, Refusal } from "../answers.ts";

/** A call as it came over the wire. */
export type Wire = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
};

export type Parsed = { operation: string; input: Record<string, unknown> };
export type Written = { status: number; headers: Record<string, string>; body: string };

/** How a family of services puts calls, answers and errors on the wire. */
export type Protocol = {
  /** Undefined where the call is none of this protocol's; throws Refusal where it is broken. */
  read: (wire: Wire) => Parsed | undefined;
  answer: (answer: Answer, operation: string, requestId: string) => Written;
  refusal: (refusal: Refusal, requestId: string) => Written;
};
