import type { Caller } from "./credentials.ts";
import type { WorldDocument } from "./schema/fields.ts";

/** One call after its protocol has been read: the input holds the operation's own parameter names. */
export type Request = {
  service: string;
  operation: string;
  input: Readonly<Record<string, unknown>>;
  region: string;
  caller: Caller;
};

/** What an operation answers; its protocol turns the body into text. */
export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown };

/** An answer that is an AWS error; each protocol has its own shape for it. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: string, message: string, { status = 400, headers = {} } = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = { ...headers };
  }
}

/** A parameter that is text; undefined where it was not given. */
export function given(input: Request["input"], name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A parameter that is a whole number, whether the protocol carries it as number or as text. */
export function givenNumber(input: Request["input"], name: string): number | undefined {
  const value = Number(input[name] ?? Number.NaN);
  return Number.isInteger(value) ? value : undefined;
}

/** A policy as the wire carries it. */
export const documentText = (document: WorldDocument): string =>
  typeof document === "string" ? document : JSON.stringify(document);

/** One page of a list, and the token of the next. A token that is not ours gives the refusal. */
export function page<T>(
  items: readonly T[],
  { token, size }: { token: string | undefined; size: number },
  badToken: () => Refusal,
): { items: T[]; next: string | undefined } {
  const start = token === undefined ? 0 : Number(/^page-(\d{1,9})$/.exec(token)?.[1] ?? -1);
  if (start < 0) throw badToken();
  const end = start + size;
  return { items: items.slice(start, end), next: end < items.length ? `page-${end}` : undefined };
}

/** Seconds since 1970: how the JSON protocols spell times. */
export const epochSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
