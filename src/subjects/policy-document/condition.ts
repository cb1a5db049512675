import { hasStandIn } from "../../snapshot/stand-in.ts";
import { isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Condition } from "./document.ts";
import { ALL, both, type Extent, either, inverse, NONE, SOME, same } from "./extent.ts";
import { type Operator, operatorOf } from "./operators.ts";
import type { Context, Possible } from "./request.ts";

/** How far a condition holds over what its key can be; what it does not understand is not known. */
export function conditionExtent(condition: Condition, context: Context): Extent {
  const given = context(condition.key);
  if (isUnknown(given)) return same(given);
  const { operator, quantifier, ifExists } = spelled(condition.operator);
  if (operator === "Null") return over(given, (value) => nullExtent(condition, value));
  const known = operatorOf(operator);
  if (known === null || condition.values.length === 0) return same(unclear(condition));
  // What ForAnyValue says of a key that may be missing and may be left out is written nowhere.
  if (quantifier === "ForAnyValue" && ifExists) return same(unclear(condition));
  const absent = quantifier === null ? known.negated : quantifier === "ForAllValues";
  return over(given, (value) =>
    value === null ? same(ifExists || absent) : valueExtent(condition, known, value),
  );
}

/** Whether the condition only leaves somebody out: it holds wherever its key has no such value. */
export function isNegated(condition: Condition): boolean {
  const { operator, quantifier } = spelled(condition.operator);
  return quantifier !== "ForAnyValue" && operatorOf(operator)?.negated === true;
}

/** Whether the condition holds only where its key has one of its values. */
export function isPositive(condition: Condition): boolean {
  const { operator, quantifier, ifExists } = spelled(condition.operator);
  if (ifExists || quantifier === "ForAllValues") return false;
  return operatorOf(operator)?.negated === false;
}

/** Policy variables take their value from the request: `${aws:PrincipalAccount}`. */
export function hasVariable(value: string): boolean {
  return value.includes("${");
}

type Spelled = {
  operator: string;
  quantifier: "ForAllValues" | "ForAnyValue" | null;
  ifExists: boolean;
};

function spelled(name: string): Spelled {
  const quantifier = (["ForAllValues", "ForAnyValue"] as const).find((each) =>
    name.startsWith(`${each}:`),
  );
  const rest = quantifier === undefined ? name : name.slice(quantifier.length + 1);
  const ifExists = rest.endsWith("IfExists");
  return {
    operator: ifExists ? rest.slice(0, -"IfExists".length) : rest,
    quantifier: quantifier ?? null,
    ifExists,
  };
}

/** Every alternative for always, one alternative for ever. */
function over(given: readonly Possible[], extent: (value: Possible) => Extent): Extent {
  const extents = given.map(extent);
  return { always: both(extents).always, ever: either(extents).ever };
}

function nullExtent(condition: Condition, value: Possible): Extent {
  const wanted = condition.values.map((each) => each.toLowerCase());
  if (condition.operator !== "Null" || !wanted.every((each) => /^(true|false)$/.test(each))) {
    return same(unclear(condition));
  }
  return same(wanted.includes(String(value === null)));
}

function valueExtent(
  condition: Condition,
  { match, negated }: Operator,
  value: Exclude<Possible, null>,
): Extent {
  const found = either(
    condition.values.map((wanted) => {
      if (hasVariable(wanted)) return same(unclear(condition));
      return typeof value === "string" ? match(wanted, value) : butExtent(wanted, value.anyBut);
    }),
  );
  return negated ? inverse(found) : found;
}

/** Some unnamed value: it is none of these, may be any other, and is not always any one. */
function butExtent(wanted: string, anyBut: readonly string[]): Extent {
  if (wanted === "*") return ALL;
  if (/[*?]/.test(wanted) || hasStandIn(wanted))
    return { always: unfathomed(wanted), ever: unfathomed(wanted) };
  return anyBut.includes(wanted) ? NONE : SOME;
}

const unfathomed = (wanted: string): Unknown =>
  unknown("unresolved", { detail: `the condition on ${wanted.slice(0, 100)}` });

function unclear({ operator, spelled: key }: Condition): Unknown {
  return unknown("unsupported", {
    detail: `the condition ${operator.slice(0, 60)} on ${key.slice(0, 100)}`,
  });
}
