import type { Ternary } from "./ternary.ts";

/** A schema as an object of keywords; what each means is in `keywords/`. */
export type Schema = Record<string, unknown>;

/** Says of a value whether it certainly, certainly not, or perhaps satisfies something. */
export type Judge = (value: unknown) => Ternary;

/** One keyword of a schema: its own verdict, and what the reasons are looked for in. */
export type Check =
  | { kind: "leaf"; judge: Judge }
  | { kind: "length"; judge: Judge }
  | { kind: "required"; judge: Judge; names: readonly string[] }
  | { kind: "properties"; judge: Judge; children: readonly { name: string; node: Node }[] }
  | { kind: "additionalProperties"; judge: Judge; known: ReadonlySet<string>; child: Node }
  | { kind: "items"; judge: Judge; child: Node }
  | { kind: "contains"; judge: Judge; child: Node }
  | { kind: "allOf"; judge: Judge; children: readonly Node[] }
  | { kind: "anyOf"; judge: Judge; children: readonly Node[] }
  | { kind: "not"; judge: Judge; child: Node }
  | { kind: "if"; judge: Judge; condition: Node; met: Node; unmet: Node };

/** A compiled schema. */
export type Node = {
  judge: Judge;
  checks: readonly Check[];
  schema: Schema | boolean;
  /** Whether everything satisfies it, so that a value need not be known. */
  trivial: boolean;
};

/** What a keyword is compiled from: its value, the schema around it, and the way into schemas below. */
export type Place = {
  given: unknown;
  schema: Schema;
  /** The keyword's JSON pointer within the policy, for errors. */
  pointer: string;
  /** Compiles a schema that stands under these keys of the schema around. */
  compile: (inner: unknown, ...keys: (string | number)[]) => Node;
};

export type Keyword = (place: Place) => Check | null;

/** Whether it is an object of JSON, which a list is not. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON pointer one step further down. */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
