import { evaluate } from "./evaluate.ts";
import { ABSENT, type EventClass, type Field, fieldAt } from "./event.ts";
import type { Comparison, Expression } from "./expression.ts";
import { FRESH, globInstance } from "./glob.ts";
import { implies } from "./implies.ts";
import { readPattern } from "./pattern.ts";
import type { Terms } from "./terms.ts";
import { comparisons, samples } from "./witness.ts";

/** Whether a pattern catches all that another did, misses something of it, or why neither can be said. */
export type Keeps = "all" | "less" | { unclear: string };

/** Compares patterns by what they mean; something is claimed to be missed only where an event of the class shows it. */
export function keepsAll(was: string, now: string, event: EventClass): Keeps {
  if (was.trim() === now.trim()) return "all";
  const [before, after] = [readPattern(was), readPattern(now)];
  if (before.kind === "unreadable") return { unclear: before.why };
  if (after.kind === "unreadable") return { unclear: after.why };
  if (after.kind === "terms" && isEveryEvent(after.terms)) return "all";
  if (before.kind === "json" && after.kind === "json") {
    if (implies(before.expression, after.expression)) return "all";
    if (isMissing(before.expression, after.expression, event)) return "less";
  }
  return before.kind === "terms" && after.kind === "terms" && keepsWords(before.terms, after.terms)
    ? "all"
    : OTHERWISE;
}

const OTHERWISE = { unclear: "it asks for something else, in a way that cannot be compared" };

const isEveryEvent = ({ wanted, optional, unwanted }: Terms): boolean =>
  wanted.length + optional.length + unwanted.length === 0;

/** Fewer words that must or must not be there, or more of which one is enough, catch no less. */
function keepsWords(was: Terms, now: Terms): boolean {
  const isAmong = (words: readonly string[], others: readonly string[]) =>
    words.every((word) => others.includes(word));
  const isOneWanted =
    now.optional.length === 0 || was.wanted.some((each) => now.optional.includes(each));
  const isOneEnough = was.optional.length > 0 && isAmong(was.optional, now.optional);
  return (
    isAmong(now.wanted, was.wanted) &&
    isAmong(now.unwanted, was.unwanted) &&
    (isOneWanted || isOneEnough)
  );
}

function isMissing(was: Expression, now: Expression, event: EventClass): boolean {
  const both: Expression = { kind: "or", parts: [was, now] };
  for (const sample of samples(both, event)) if (isLost(was, now, sample)) return true;
  const fields = [...comparisons(both)].map(({ path }) => path);
  for (const way of waysOf(was)) {
    for (const rest of [ABSENT, { is: FRESH }]) {
      const sample = eventOf(way, { event, fields, rest });
      if (sample !== null && isLost(was, now, sample)) return true;
    }
  }
  return false;
}

const isLost = (was: Expression, now: Expression, event: EventClass): boolean =>
  evaluate(was, event) === "each" && evaluate(now, event) === "none";

/** Of so many ways to be caught events are made. */
const MOST_WAYS = 64;

/** Comparisons that together are enough to be caught. */
function waysOf(expression: Expression): Comparison[][] {
  if (expression.kind === "comparison") return [[expression]];
  if (expression.kind === "or") return expression.parts.flatMap(waysOf).slice(0, MOST_WAYS);
  let ways: Comparison[][] = [[]];
  for (const part of expression.parts) {
    const more = waysOf(part);
    ways = ways.flatMap((way) => more.map((each) => [...way, ...each])).slice(0, MOST_WAYS);
  }
  return ways;
}

type Making = { event: EventClass; fields: readonly (readonly string[])[]; rest: Field };

/** An event that is caught in such a way; null: none of its class is. */
function eventOf(way: readonly Comparison[], { event, fields, rest }: Making): EventClass | null {
  const made = new Map(event.fields);
  for (const path of fields) {
    const known = fieldAt(event, path);
    if ("differs" in known)
      made.set(path.join("."), known.optional || rest !== ABSENT ? rest : { is: FRESH });
  }
  for (const comparison of way) {
    const key = comparison.path.join(".");
    const known = fieldAt(event, comparison.path);
    if ("foreign" in known || "opaque" in known) return null;
    const value = valueFor(comparison);
    if (value !== null && "differs" in known) made.set(key, value);
  }
  return { name: event.name, fields: made };
}

function valueFor({ operator, value, isRegex }: Comparison): Field | null {
  if (isRegex) return null;
  if (operator === "=") return { is: globInstance(value) };
  if (operator === "IS TRUE" || operator === "IS FALSE") return { is: operator === "IS TRUE" };
  if (operator === "NOT EXISTS") return ABSENT;
  return operator === "EXISTS" ? { is: FRESH } : null;
}
