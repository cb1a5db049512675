/** How a comparison looks at its field. */
export type Operator =
  | "="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "IS NULL"
  | "IS TRUE"
  | "IS FALSE"
  | "EXISTS"
  | "NOT EXISTS";

export type Comparison = {
  kind: "comparison";
  /** The field's names and indexes, outermost first; `*` for a wildcard. */
  path: readonly string[];
  operator: Operator;
  /** What stands right of the operator, in which `*` stands for any text; empty where nothing does. */
  value: string;
  /** A regular expression between per cent signs, which is not read. */
  isRegex: boolean;
};

export type Compound = { kind: "and" | "or"; parts: Expression[] };

/** What the braces of a JSON filter pattern hold. */
export type Expression = Comparison | Compound;

/** Thrown within this folder alone, where a pattern is not one that can be read; says why. */
export class Unreadable extends Error {}

/** AWS takes no longer pattern. */
export const LONGEST_PATTERN = 1024;
