import { evaluate } from "./evaluate.ts";
import type { EventClass } from "./event.ts";
import { type Expression, Unreadable } from "./expression.ts";
import type { Outcome } from "./outcome.ts";
import { parseJsonPattern } from "./parse.ts";
import { evaluateTerms, parseTerms, type Terms } from "./terms.ts";
import { samples } from "./witness.ts";

/** A CloudWatch Logs filter pattern as it was read. */
export type Pattern =
  | { kind: "json"; expression: Expression }
  | { kind: "terms"; terms: Terms }
  | { kind: "unreadable"; why: string };

/** Whether a pattern catches every event of a class, misses some, or why neither can be said. */
export type Catches = "every" | "not every" | { unclear: string };

/** Reads a filter pattern of any kind; never throws for what it says. */
export function readPattern(text: string): Pattern {
  try {
    return /^\s*\{/.test(text)
      ? { kind: "json", expression: parseJsonPattern(text) }
      : { kind: "terms", terms: parseTerms(text) };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: "unreadable", why: error.message };
    throw error;
  }
}

/** Whether each event of the class is caught; a miss is claimed only where an event shows it. */
export function catchesEvery(pattern: Pattern, event: EventClass): Catches {
  if (pattern.kind === "unreadable") return { unclear: pattern.why };
  const outcome = outcomeOf(pattern, event);
  if (outcome === "each") return "every";
  if (outcome === "none" || hasSample(pattern, event, "none")) return "not every";
  return { unclear: "it compares in a way that cannot be followed" };
}

/** Whether some event of the class is caught. */
export function catchesSome(pattern: Pattern, event: EventClass): boolean | { unclear: string } {
  if (pattern.kind === "unreadable") return { unclear: pattern.why };
  const outcome = outcomeOf(pattern, event);
  if (outcome === "none") return false;
  if (outcome === "each" || hasSample(pattern, event, "each")) return true;
  return { unclear: "it compares in a way that cannot be followed" };
}

type Read = Exclude<Pattern, { kind: "unreadable" }>;

function outcomeOf(pattern: Read, event: EventClass): Outcome {
  return pattern.kind === "json"
    ? evaluate(pattern.expression, event)
    : evaluateTerms(pattern.terms, event);
}

/** Words may stand in any event's text, or not; there is nothing to try. */
function hasSample(pattern: Read, event: EventClass, wanted: Outcome): boolean {
  if (pattern.kind === "terms") return outcomeOf(pattern, event) === "depends";
  const { expression } = pattern;
  for (const sample of samples(expression, event)) {
    if (evaluate(expression, sample) === wanted) return true;
  }
  return false;
}
