import { type Expression, LONGEST_PATTERN, Unreadable } from "./expression.ts";
import { holdsFresh } from "./glob.ts";
import { type Scanner, scanner } from "./scan.ts";

const DEEPEST = 64;
/** These take no value. */
const WITHOUT_VALUE = new Set(["IS NULL", "IS TRUE", "IS FALSE", "EXISTS", "NOT EXISTS"]);

/** Reads a JSON filter pattern, braces and all; throws `Unreadable` where it is none. */
export function parseJsonPattern(text: string): Expression {
  if (text.length > LONGEST_PATTERN) throw new Unreadable("it is longer than AWS takes");
  if (holdsFresh(text)) throw new Unreadable("it has characters of the private use area");
  const scan = scanner(text);
  if (!scan.take("{")) throw new Unreadable("it does not begin with a brace");
  const expression = either(scan, 0);
  if (!scan.take("}") || !scan.isAtEnd()) throw new Unreadable("it goes on where it should end");
  return expression;
}

/** `&&` binds more closely than `||`. */
function either(scan: Scanner, depth: number): Expression {
  const parts = [both(scan, depth)];
  while (scan.take("||")) parts.push(both(scan, depth));
  return compound("or", parts);
}

function both(scan: Scanner, depth: number): Expression {
  const parts = [unit(scan, depth)];
  while (scan.take("&&")) parts.push(unit(scan, depth));
  return compound("and", parts);
}

function compound(kind: "and" | "or", parts: Expression[]): Expression {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind, parts };
}

function unit(scan: Scanner, depth: number): Expression {
  if (!scan.take("(")) return comparison(scan);
  if (depth === DEEPEST) throw new Unreadable("its brackets are nested too deeply");
  const inner = either(scan, depth + 1);
  if (!scan.take(")")) throw new Unreadable("a bracket is not closed");
  return inner;
}

function comparison(scan: Scanner): Expression {
  const path = scan.selector();
  const operator = scan.operator();
  const right = WITHOUT_VALUE.has(operator) ? { value: "", isRegex: false } : scan.value();
  return { kind: "comparison", path, operator, ...right };
}
