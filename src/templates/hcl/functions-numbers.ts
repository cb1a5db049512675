import { type Builtin, ofNumbers } from "./builtin.ts";
import {
  booleanOf,
  failure,
  isOpaque,
  numberOf,
  settled,
  type Term,
  textOf,
  unresolved,
} from "./term.ts";

const range = ofNumbers((...args) => {
  const [first = 0, second, third] = args;
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const step = third ?? (to < from ? -1 : 1);
  const length = step === 0 ? Number.POSITIVE_INFINITY : Math.max(0, Math.ceil((to - from) / step));
  // The language's own limit.
  if (length > 1024) return failure("range() of more than 1024 numbers");
  return Array.from({ length }, (_, index) => from + index * step);
});

/** Null stays null, what is not known stays as it is. */
const converted =
  (convert: (term: Term) => Term): Builtin =>
  ([term = null]) => {
    const value = settled(term);
    return value === null || isOpaque(value) ? value : convert(value);
  };

const aggregate = (pick: (...numbers: number[]) => number) =>
  ofNumbers((...numbers) =>
    numbers.length === 0 || numbers.length > 1000
      ? unresolved("a minimum or maximum")
      : pick(...numbers),
  );

/** The functions of numbers, and conversions of single values. */
export const NUMBERS: readonly [string, Builtin][] = [
  ["range", range],
  ["min", aggregate(Math.min)],
  ["max", aggregate(Math.max)],
  ["abs", ofNumbers((number = 0) => Math.abs(number))],
  ["ceil", ofNumbers((number = 0) => Math.ceil(number))],
  ["floor", ofNumbers((number = 0) => Math.floor(number))],
  ["signum", ofNumbers((number = 0) => Math.sign(number))],
  [
    "tostring",
    converted((term) => (typeof term === "object" && isTextual(term) ? term : textOf(term))),
  ],
  ["tonumber", converted(numberOf)],
  ["tobool", converted(booleanOf)],
  ["sensitive", ([term = null]) => term],
  ["nonsensitive", ([term = null]) => term],
  ["ephemeralasnull", () => unresolved("ephemeralasnull()")],
];

/** What is a text already, although it is not known. */
const isTextual = (term: Term): boolean =>
  typeof term === "object" && term !== null && ("$reference" in term || "$text" in term);
