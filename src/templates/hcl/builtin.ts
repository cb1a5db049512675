import { isReference, isText } from "../value.ts";
import {
  failure,
  isList,
  isMap,
  isOpaque,
  numberOf,
  settled,
  type Term,
  textOf,
  whyOpen,
} from "./term.ts";

/** A function of the language, over what its arguments give; failures never reach it. */
export type Builtin = (args: readonly Term[]) => Term;

/** A function of texts alone. */
export function ofTexts(apply: (...texts: string[]) => Term): Builtin {
  return (args) => {
    const texts = args.map(textOf);
    const open = texts.find((each) => typeof each !== "string");
    return open ?? apply(...texts.filter((each) => typeof each === "string"));
  };
}

/** A function of numbers alone. */
export function ofNumbers(apply: (...numbers: number[]) => Term): Builtin {
  return (args) => {
    const numbers = args.map(numberOf);
    const open = numbers.find((each) => typeof each !== "number");
    return open ?? apply(...numbers.filter((each) => typeof each === "number"));
  };
}

/** The items of a list or set, or what stands in the way of them. */
export function itemsOf(term: Term | undefined): { items: readonly Term[] } | { instead: Term } {
  const value = settled(term ?? null);
  if (isList(value)) return { items: value };
  if (isOpaque(value)) return { instead: value };
  if (isReference(value) || isText(value)) return { instead: whyOpen(value) };
  return { instead: failure("no list") };
}

/** The entries of a map or object, or what stands in the way of them. */
export function entriesOf(
  term: Term | undefined,
): { map: ReadonlyMap<string, Term> } | { instead: Term } {
  const value = settled(term ?? null);
  if (isMap(value)) return { map: value };
  if (isOpaque(value)) return { instead: value };
  return { instead: failure("no map") };
}
