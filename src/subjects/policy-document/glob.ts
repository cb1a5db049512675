import type { Truth } from "../../snapshot/logic.ts";
import { hasStandIn, isAnyText, replaceStandIns, withoutMarks } from "../../snapshot/stand-in.ts";
import { unknown } from "../../snapshot/unknown.ts";
import { ALL, both, type Extent, NONE, SOME, same } from "./extent.ts";

/**
 * Stands in a request for any text, the empty one too: `arn:aws:s3:::logs/${ANY}` is the set of all
 * objects. A character for private use, so that a `*` in an object key is only a `*`.
 */
export const ANY = "\u{E000}";
/** Stands in a request for any text without a colon, such as a part of an ARN. */
export const ANY_PART = "\u{E003}";
const ONE = "\u{E001}";
/** Stands in a pattern for any text but the one that stands in a request for what no document names. */
const NAMED = "\u{E006}";
const UNNAMED = "\u{E002}";

const ARN_PARTS = 6;

/** How far a text with the wildcards `*` and `?` matches a set of texts. */
export function globExtent(pattern: string, set: string): Extent {
  if (pattern === "*") return ALL;
  if (hasStandIn(pattern) || hasStandIn(set)) return undecidedExtent(pattern, set, globExtent);
  if (!/[*?]/.test(pattern)) return textExtent(pattern, set);
  const encoded = pattern.replace(/\*+/g, ANY).replaceAll("?", ONE);
  if (!meets(encoded, set, false)) return NONE;
  if (!isSet(set) || meets(encoded, set, true)) return ALL;
  // `?*` covers `*?`, which the walk below does not see.
  return encoded.includes(ONE) ? { always: unclear(pattern), ever: true } : SOME;
}

/** How far a text without wildcards equals the texts of a set. */
export function textExtent(text: string, set: string): Extent {
  if (hasStandIn(text) || hasStandIn(set)) return undecidedExtent(text, set, textExtent);
  if (!isSet(set)) return same(text === set);
  return meets(text, set, false) ? SOME : NONE;
}

/**
 * Where a part of either is not known, but fixed: what holds with the same letter for the same part
 * holds whatever it is; what fails with any text in its place, fails; anything else is not known.
 */
function undecidedExtent(
  pattern: string,
  set: string,
  extent: (pattern: string, set: string) => Extent,
): Extent {
  const letters = new Map<string, string>();
  const letter = (each: string) => {
    const known = letters.get(each) ?? String.fromCodePoint(FIRST_LETTER + letters.size);
    letters.set(each, known);
    return known;
  };
  const named = extent(replaceStandIns(pattern, letter), replaceStandIns(set, letter));
  if (letters.size > MOST_LETTERS) return same(unclear(withoutMarks(pattern)));
  if (named.always === true) return ALL;
  const loose = extent === globExtent ? pattern.replace(/\*+/g, ANY).replaceAll("?", ONE) : pattern;
  const anything = (each: string) => (isAnyText(each) ? ANY : NAMED);
  const widest = replaceStandIns(set, () => ANY);
  if (!meets(replaceStandIns(loose, anything), widest, false)) return NONE;
  const marker = unclear(withoutMarks(pattern));
  return { always: marker, ever: named.ever === true ? true : marker };
}

/** Letters for private use that stand for texts of any length: no `?` is one of them. */
const FIRST_LETTER = 0xe100;
const MOST_LETTERS = 6000;
const isFixed = (letter: string): boolean => letter >= "\u{E100}" && letter <= "\u{F8FF}";

/**
 * How far an ARN with wildcards matches a set of ARNs. Whether a wildcard reaches over a colon is not
 * the same in every element and service, so an answer that hangs on it is not known.
 */
export function arnExtent(pattern: string, set: string): Extent {
  if (pattern === "*") return ALL;
  const parts = arnParts(pattern);
  if (parts.length < ARN_PARTS) return same(unclear(pattern));
  const whole = globExtent(pattern, set);
  const own = arnParts(set);
  if (own.length < ARN_PARTS) return whole;
  const apart = both(parts.map((part, index) => globExtent(part, own[index] ?? "")));
  return {
    always: agreed(whole.always, apart.always, pattern),
    ever: agreed(whole.ever, apart.ever, pattern),
  };
}

function agreed(one: Truth, other: Truth, pattern: string): Truth {
  return one === other ? one : unclear(pattern);
}

const unclear = (pattern: string) =>
  unknown("unsupported", { detail: `what the pattern ${pattern.slice(0, 200)} matches` });

/** Its partition, service, region, account and resource; colons in the resource stay in it. */
function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= ARN_PARTS
    ? parts
    : [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(":")];
}

const isSet = (text: string): boolean => text.includes(ANY) || text.includes(ANY_PART);
const isAny = (letter: string | undefined): boolean => letter === ANY || letter === ANY_PART;

/** Whether a pattern and a set have a text in common; `whole`: whether all of the set is in the pattern. */
function meets(pattern: string, set: string, whole: boolean): boolean {
  const from = sameBeginning(pattern, set);
  return from !== null && walk(pattern.slice(from), set.slice(from), whole);
}

/** How many letters both begin with alike; null: they differ before either leaves anything open. */
function sameBeginning(pattern: string, set: string): number | null {
  let at = 0;
  while (isLetter(pattern[at]) && isLetter(set[at])) {
    if (pattern[at] !== set[at]) return null;
    at += 1;
  }
  return at;
}

/** Nothing for private use, with which all that stands for other texts is written. */
const isLetter = (char: string | undefined): boolean =>
  char !== undefined && (char < "\u{E000}" || char > "\u{F8FF}");

/**
 * Goes through both side by side over every pair of places they can be in together, so the work is at
 * most length times length, whatever the wildcards.
 */
function walk(pattern: string, set: string, whole: boolean): boolean {
  let row = new Uint8Array(set.length + 2);
  let next = new Uint8Array(set.length + 2);
  row[0] = 1;
  for (let index = 0; index < pattern.length; index += 1) {
    if (!step(pattern.charAt(index), { set, whole, row, next })) return false;
    [row, next] = [next, row.fill(0)];
  }
  for (let at = 0; at < set.length; at += 1) {
    if (row[at] === 1 && isAny(set[at]) && !whole) row[at + 1] = 1;
  }
  return row[set.length] === 1;
}

type Walk = { set: string; whole: boolean; row: Uint8Array; next: Uint8Array };

/** Takes one letter of the pattern; whether any place is left. */
function step(letter: string, { set, whole, row, next }: Walk): boolean {
  let isAlive = false;
  for (let at = 0; at <= set.length; at += 1) {
    if (row[at] === 0) continue;
    const own = set[at];
    if (letter === ANY || letter === NAMED) {
      next[at] = 1;
      if (at < set.length && (letter === ANY || own !== UNNAMED)) row[at + 1] = 1;
    } else if (isAny(own)) {
      if (whole) continue;
      if (own === ANY || letter !== ":") next[at] = 1;
      row[at + 1] = 1;
    } else if (own !== undefined && (letter === own || (letter === ONE && !isFixed(own)))) {
      next[at + 1] = 1;
    } else continue;
    isAlive = true;
  }
  return isAlive;
}
