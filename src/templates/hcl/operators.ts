import { isEqual } from "./equality.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import type { Expression } from "./syntax.ts";
import {
  booleanOf,
  exact,
  failure,
  isFailure,
  isList,
  isMap,
  numberOf,
  type Term,
  unresolved,
} from "./term.ts";
import { sizeOf, spend } from "./work.ts";

/** Computes `!` and `-`. */
export function evaluateUnary(operator: string, of: Term): Term {
  if (operator === "!") {
    const value = booleanOf(of);
    return typeof value === "boolean" ? !value : value;
  }
  const value = numberOf(of);
  return typeof value === "number" ? -value : value;
}

/** Computes an operator between two expressions. */
export function evaluateBinary(
  { operator, left, right }: Extract<Expression, { kind: "binary" }>,
  scope: Scope,
): Term {
  const a = evaluate(left, scope);
  if (operator === "&&" || operator === "||")
    return logical(operator, a, () => evaluate(right, scope));
  const b = evaluate(right, scope);
  if (operator === "==" || operator === "!=") {
    if (!spend(scope.work, sizeOf(a).weight >> 3)) return unresolved("too long a comparison");
    const equal = sameType(a, b, isEqual(a, b));
    return typeof equal === "boolean" && operator === "!=" ? !equal : equal;
  }
  const [x, y] = [numberOf(a), numberOf(b)];
  if (typeof x !== "number") return isFailure(y) ? y : x;
  if (typeof y !== "number") return y;
  return arithmetic(operator, x, y);
}

/** Equal lists or objects are unequal to the language where their types differ, which is not kept here. */
function sameType(a: Term, b: Term, equal: boolean | Term): boolean | Term {
  const both = (isList(a) && isList(b)) || (isMap(a) && isMap(b));
  return both && equal === true ? unresolved("whether two collections are of one type") : equal;
}

/** One side may decide alone. */
function logical(operator: "&&" | "||", left: Term, right: () => Term): Term {
  const deciding = operator === "||";
  const a = booleanOf(left);
  if (a === deciding || isFailure(a)) return a;
  const b = booleanOf(right());
  if (b === deciding || isFailure(b) || a === !deciding) return b;
  return a;
}

function arithmetic(operator: string, x: number, y: number): Term {
  switch (operator) {
    case "<":
      return x < y;
    case ">":
      return x > y;
    case "<=":
      return x <= y;
    case ">=":
      return x >= y;
    case "+":
      return rounded(x + y);
    case "-":
      return rounded(x - y);
    case "*":
      return rounded(x * y);
    case "/":
      return y === 0 ? failure("a division by zero") : rounded(x / y);
    default:
      return y === 0 ? failure("a division by zero") : rounded(x % y);
  }
}

/** The language counts in decimals more exact than ours: 0.1 + 0.2 is 0.3. */
const rounded = (value: number): Term =>
  exact(Number.isInteger(value) ? value : Number(value.toPrecision(15)), String(value));
