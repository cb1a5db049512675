import { type EventClass, type Field, fieldAt } from "./event.ts";
import type { Comparison, Expression } from "./expression.ts";
import { globContains, globMatches } from "./glob.ts";
import { allOf, anyOf, type Outcome, opposite } from "./outcome.ts";

/** What a JSON pattern makes of the events of a class. */
export function evaluate(expression: Expression, event: EventClass): Outcome {
  if (expression.kind === "comparison") return compare(expression, event);
  const parts = expression.parts.map((part) => evaluate(part, event));
  return expression.kind === "and" ? allOf(parts) : anyOf(parts);
}

function compare(comparison: Comparison, event: EventClass): Outcome {
  const field = fieldAt(event, comparison.path);
  if ("opaque" in field || comparison.isRegex) return "unclear";
  switch (comparison.operator) {
    case "=":
      return equals(field, comparison.value);
    case "!=":
      return differs(field, comparison.value);
    case "IS NULL":
      // Whether a field that is not there is null is nowhere said.
      return "absent" in field ? "unclear" : unlessKnown(field, () => "none");
    case "IS TRUE":
      return unlessKnown(field, (value) => (value === true ? "each" : "none"));
    case "IS FALSE":
      return unlessKnown(field, (value) => (value === false ? "each" : "none"));
    case "EXISTS":
      return opposite(isMissing(field));
    case "NOT EXISTS":
      return isMissing(field);
    default:
      // Known values of these events are no numbers.
      return unlessKnown(field, () => "unclear");
  }
}

function equals(field: Field, value: string): Outcome {
  if ("differs" in field) {
    if (field.except.some((each) => globContains(each, value))) return "none";
    return !field.optional && globContains(value, "*") ? "each" : "depends";
  }
  return unlessKnown(field, (is) => {
    // Whether a word equals a boolean is nowhere said.
    if (typeof is === "boolean") return "unclear";
    return globMatches(value, is) ? "each" : "none";
  });
}

/** A field that is not there differs from nothing: AWS catches no such event. */
function differs(field: Field, value: string): Outcome {
  if ("absent" in field) return "none";
  if ("differs" in field && field.optional) return "depends";
  return opposite(equals(field, value));
}

function isMissing(field: Field): Outcome {
  if ("absent" in field) return "each";
  if ("foreign" in field) return "depends";
  return "differs" in field && field.optional ? "depends" : "none";
}

function unlessKnown(field: Field, judge: (value: string | boolean) => Outcome): Outcome {
  if ("is" in field) return judge(field.is);
  return "absent" in field ? "none" : "depends";
}
