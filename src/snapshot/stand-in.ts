import { type Fact, unknown } from "./unknown.ts";

// What a plan makes has no ARN yet, and its account may not be known. In ARNs, names and policy
// documents a stand-in takes the place of such a text: the same one wherever the text is the same.

const BEGIN = "\u{E004}";
const END = "\u{E005}";
const OPEN = "…";
const ONE = /\u{E004}[^\u{E005}]*\u{E005}/gu;

/** A text that stands for one that is not known; `about` says which, and makes it the same or another. */
export function standIn(about: string): string {
  return `${BEGIN}${about.slice(0, 300).replace(/[\u{E000}-\u{E00F}:*?$]/gu, "_")}${END}`;
}

/** A text of which nothing is known: in a policy it may hold wildcards, and be anybody. */
export const anyText = (about: string): string => standIn(`${OPEN}${about}`);

/** Stands for the id of the organization that an account is of; the account may be a stand-in itself. */
export const organizationOf = (account: string): string =>
  standIn(`the organization of ${withoutMarks(account)}`);

/** Whether a text, from its beginning, may be any text at all. */
export const isAnyText = (text: string): boolean => text.startsWith(`${BEGIN}${OPEN}`);

/** Whether part of the text, or all of it, is not known. */
export function hasStandIn(text: string): boolean {
  return text.includes(BEGIN);
}

/** Whether two texts of which not all is known may be one, by how they begin and end. */
export function mayBeSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => ({
    start: text.split(BEGIN, 1)[0] ?? "",
    end: text.slice(text.lastIndexOf(END) + 1),
  }));
  if (a === undefined || b === undefined) return true;
  const starts = a.start.startsWith(b.start) || b.start.startsWith(a.start);
  return starts && (a.end.endsWith(b.end) || b.end.endsWith(a.end));
}

/** Puts something else in the place of each stand-in. */
export function replaceStandIns(text: string, by: (standIn: string) => string): string {
  return text.replace(ONE, by);
}

/** The text as people may read it: each stand-in by what it is about. */
export function withoutMarks(text: string): string {
  return text.replace(/[\u{E004}\u{E005}]/gu, "");
}

/** The text where all of it is known. */
export function decided(text: string): Fact<string> {
  return hasStandIn(text) ? unknown("unresolved", { detail: withoutMarks(text) }) : text;
}
