import type { EventClass } from "./event.ts";
import { LONGEST_PATTERN, Unreadable } from "./expression.ts";
import { holdsFresh } from "./glob.ts";
import { allOf, anyOf, type Outcome, opposite } from "./outcome.ts";

/** A pattern that looks for words in an event's text. */
export type Terms = { wanted: string[]; optional: string[]; unwanted: string[] };

const TERM = /\s*([-?]?)(?:"((?:[^"\\]|\\["\\])*)"|([\w-]+))(?=\s|$)/y;

/** Reads a pattern of words; throws `Unreadable` where it is none. */
export function parseTerms(text: string): Terms {
  if (text.length > LONGEST_PATTERN) throw new Unreadable("it is longer than AWS takes");
  if (holdsFresh(text)) throw new Unreadable("it has characters of the private use area");
  const terms: Terms = { wanted: [], optional: [], unwanted: [] };
  const whole = text.trim();
  TERM.lastIndex = 0;
  let at = 0;
  while (at < whole.length) {
    const [all, sign = "", quoted, bare] = TERM.exec(whole) ?? [];
    if (all === undefined) throw new Unreadable("it is neither a JSON pattern nor a list of words");
    listFor(terms, sign).push(quoted ?? bare ?? "");
    at += all.length;
  }
  return withoutIgnored(terms);
}

function listFor(terms: Terms, sign: string): string[] {
  if (sign === "?") return terms.optional;
  return sign === "-" ? terms.unwanted : terms.wanted;
}

/** AWS ignores optional words beside others. */
function withoutIgnored(terms: Terms): Terms {
  const hasOthers = terms.wanted.length + terms.unwanted.length > 0;
  return hasOthers ? { ...terms, optional: [] } : terms;
}

/** What a pattern of words makes of the events of a class. */
export function evaluateTerms(terms: Terms, event: EventClass): Outcome {
  const holds = (term: string) => holdsTerm(event, term);
  const wanted = terms.wanted.map(holds);
  const unwanted = terms.unwanted.map((term) => opposite(holds(term)));
  const optional = terms.optional.length === 0 ? [] : [anyOf(terms.optional.map(holds))];
  return allOf([...wanted, ...unwanted, ...optional]);
}

/** A word that is a whole value stands in the event's text; other words may stand there too. */
function holdsTerm({ fields }: EventClass, term: string): Outcome {
  const values = [...fields.values()].flatMap((field) => ("is" in field ? [String(field.is)] : []));
  if (values.includes(term)) return "each";
  const isWord = /^[A-Za-z0-9]{3,}$/.test(term);
  const isPart = [...values, ...fields.keys()].some((text) => text.includes(term));
  return isWord && !isPart ? "depends" : "unclear";
}
