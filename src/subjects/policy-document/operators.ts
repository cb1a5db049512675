import { type Unknown, unknown } from "../../snapshot/unknown.ts";
import { type Extent, same } from "./extent.ts";
import { ANY, arnExtent, globExtent, textExtent } from "./glob.ts";

/** What an operator says of one value of the policy and the texts that a key can be. */
export type Match = (wanted: string, given: string) => Extent;

/** An operator without its prefix and suffix. A negated one holds where no value matches. */
export type Operator = { match: Match; negated: boolean };

const plain = (match: Match): Operator => ({ match, negated: false });
const negated = (match: Match): Operator => ({ match, negated: true });

const ignoringCase: Match = (wanted, given) =>
  textExtent(wanted.toLowerCase(), given.toLowerCase());

const compared =
  (parse: (text: string) => number | null, holds: (given: number, wanted: number) => boolean) =>
  (wanted: string, given: string): Extent => {
    const [limit, value] = [parse(wanted), given.includes(ANY) ? null : parse(given)];
    return same(limit === null || value === null ? unclear(wanted) : holds(value, limit));
  };

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["StringEquals", plain(textExtent)],
  ["StringNotEquals", negated(textExtent)],
  ["StringEqualsIgnoreCase", plain(ignoringCase)],
  ["StringNotEqualsIgnoreCase", negated(ignoringCase)],
  ["StringLike", plain(globExtent)],
  ["StringNotLike", negated(globExtent)],
  // For IAM the two ways to compare ARNs are one.
  ["ArnEquals", plain(arnExtent)],
  ["ArnLike", plain(arnExtent)],
  ["ArnNotEquals", negated(arnExtent)],
  ["ArnNotLike", negated(arnExtent)],
  ["Bool", plain(ignoringCase)],
  ["IpAddress", plain(inRange)],
  ["NotIpAddress", negated(inRange)],
  ...comparisons("Numeric", numeric),
  ...comparisons("Date", date),
]);

/** The operator of that name as AWS spells it; null: none that is known. */
export function operatorOf(name: string): Operator | null {
  return OPERATORS.get(name) ?? null;
}

function comparisons(kind: string, parse: (text: string) => number | null): [string, Operator][] {
  const equal = compared(parse, (given, wanted) => given === wanted);
  return [
    [`${kind}Equals`, plain(equal)],
    [`${kind}NotEquals`, negated(equal)],
    [`${kind}LessThan`, plain(compared(parse, (given, wanted) => given < wanted))],
    [`${kind}LessThanEquals`, plain(compared(parse, (given, wanted) => given <= wanted))],
    [`${kind}GreaterThan`, plain(compared(parse, (given, wanted) => given > wanted))],
    [`${kind}GreaterThanEquals`, plain(compared(parse, (given, wanted) => given >= wanted))],
  ];
}

function numeric(text: string): number | null {
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
}

function date(text: string): number | null {
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  const isIso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const time = isIso ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** Version 4 only; of version 6 it says nothing. */
function inRange(range: string, given: string): Extent {
  const [base = "", bits = "32", ...rest] = range.split("/");
  const [network, address] = [ipv4(base), ipv4(given)];
  if (network === null || address === null || rest.length > 0 || !/^\d{1,2}$/.test(bits)) {
    return same(unclear(range));
  }
  const size = 2 ** (32 - Number(bits));
  if (size < 1) return same(unclear(range));
  return same(Math.floor(network / size) === Math.floor(address / size));
}

function ipv4(text: string): number | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  const numbers = parts.map(Number);
  return numbers.some((each) => each > 255)
    ? null
    : numbers.reduce((sum, each) => sum * 256 + each, 0);
}

const unclear = (wanted: string): Unknown =>
  unknown("unresolved", { detail: `the condition on ${wanted.slice(0, 100)}` });
