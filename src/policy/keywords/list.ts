import { isOpenEnd } from "../../snapshot/unknown.ts";
import type { Judge, Keyword, Node, Place } from "../node.ts";
import { PolicyFault } from "../refusal.ts";
import { both, FAIL, PASS, type Ternary, UNKNOWN } from "../ternary.ts";
import { countOf, notA } from "./value.ts";

/** How many items are certainly there; where the list is open, none or more may follow them. */
export function certainLength(list: readonly unknown[]): number {
  return isOpen(list) ? list.length - 1 : list.length;
}

/** Whether more items may follow those that are shown. */
export function isOpen(list: readonly unknown[]): boolean {
  return isOpenEnd(list.at(-1));
}

function list(judge: (value: readonly unknown[]) => Ternary): Judge {
  return (value) => (Array.isArray(value) ? judge(value) : PASS);
}

const items: Keyword = ({ given, compile }) => {
  const child = compile(given, "items");
  const judge = list((value) => {
    let verdict: Ternary = isOpen(value) && !child.trivial ? UNKNOWN : PASS;
    const length = certainLength(value);
    for (let i = 0; i < length && verdict !== FAIL; i += 1) {
      verdict = both(verdict, child.judge(value[i]));
    }
    return verdict;
  });
  return { kind: "items", judge, child };
};

const minItems: Keyword = (place) => {
  const bound = countOf(place);
  return {
    kind: "length",
    judge: list((value) => judgeBetween(certainLength(value) >= bound, isOpen(value))),
  };
};

const maxItems: Keyword = (place) => {
  const bound = countOf(place);
  return {
    kind: "length",
    judge: list((value) => {
      const possible = certainLength(value) <= bound;
      return judgeBetween(possible && !isOpen(value), possible);
    }),
  };
};

const contains: Keyword = (place) => {
  const { minimum, maximum } = containsBounds(place);
  const child = place.compile(place.given, "contains");
  const judge = list((value) => {
    const [certain, possible] = counts(value, child);
    const open = isOpen(value);
    const enough = judgeBetween(certain >= minimum, possible >= minimum || open);
    const fewEnough = judgeBetween(possible <= maximum && !open, certain <= maximum);
    return both(enough, maximum === Infinity ? PASS : fewEnough);
  });
  return { kind: "contains", judge, child };
};

function judgeBetween(certainly: boolean, possibly: boolean): Ternary {
  if (certainly) return PASS;
  return possibly ? UNKNOWN : FAIL;
}

/** How many items certainly satisfy a schema, and how many at most; an open end is not counted. */
function counts(value: readonly unknown[], child: Node): [certain: number, possible: number] {
  let certain = 0;
  let possible = 0;
  const length = certainLength(value);
  for (let i = 0; i < length; i += 1) {
    const verdict = child.judge(value[i]);
    if (verdict === PASS) certain += 1;
    if (verdict !== FAIL) possible += 1;
  }
  return [certain, possible];
}

function containsBounds(place: Place): { minimum: number; maximum: number } {
  const { minContains: least = 1, maxContains: most } = place.schema;
  const minimum = countOf({ ...place, given: least });
  const maximum = most === undefined ? Infinity : countOf({ ...place, given: most });
  if (minimum > maximum) throw notA(place, "a range of counts: minContains is over maxContains");
  if (minimum === 0 && maximum === Infinity) {
    throw new PolicyFault(
      place.pointer,
      "contains accepts every list where minContains is 0 and maxContains is left out",
      "Add maxContains, or a minContains from 1.",
    );
  }
  return { minimum, maximum };
}

/** `contains` reads the bounds; alone they would say nothing. */
const boundOfContains: Keyword = ({ schema, pointer }) => {
  if (Object.hasOwn(schema, "contains")) return null;
  throw new PolicyFault(
    pointer,
    "minContains and maxContains say nothing without contains",
    "Add contains beside it.",
  );
};

/** Keywords about a list, whose last item may say that more may follow. */
export const LIST_KEYWORDS: Record<string, Keyword> = {
  items,
  minItems,
  maxItems,
  contains,
  minContains: boundOfContains,
  maxContains: boundOfContains,
};
