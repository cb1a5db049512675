import { isRecord, type Judge, type Keyword, type Place } from "../node.ts";
import { safePattern } from "../pattern.ts";
import { PolicyFault } from "../refusal.ts";
import { decided, PASS } from "../ternary.ts";

type TypeTest = (value: unknown) => boolean;

const TYPES = new Map<unknown, TypeTest>([
  ["null", (value) => value === null],
  ["boolean", (value) => typeof value === "boolean"],
  ["number", (value) => typeof value === "number"],
  ["integer", (value) => Number.isInteger(value)],
  ["string", (value) => typeof value === "string"],
  ["array", Array.isArray],
  ["object", isRecord],
]);

const type: Keyword = (place) => {
  const given = Array.isArray(place.given) ? place.given : [place.given];
  const tests = given.map((name) => {
    const test = TYPES.get(name);
    if (test === undefined) throw notA(place, "a type, or a list of types");
    return test;
  });
  const [only] = tests;
  const holds = tests.length === 1 && only ? only : (v: unknown) => tests.some((test) => test(v));
  return { kind: "leaf", judge: (value) => decided(holds(value)) };
};

const constant: Keyword = (place) => {
  const expected = scalar(place, place.given);
  return { kind: "leaf", judge: (value) => decided(value === expected) };
};

const enumeration: Keyword = (place) => {
  if (!Array.isArray(place.given)) throw notA(place, "a list of values");
  const values = new Set<unknown>(place.given.map((value) => scalar(place, value)));
  return { kind: "leaf", judge: (value) => decided(values.has(value)) };
};

function scalar(place: Place, value: unknown): unknown {
  if (typeof value === "object" && value !== null) {
    throw notA(place, "a text, a number, true, false or null");
  }
  return value;
}

const pattern: Keyword = (place) => {
  const expression = compiled(place);
  return text((value) => expression.test(value));
};

function compiled(place: Place): RegExp {
  if (typeof place.given !== "string") throw notA(place, "a regular expression");
  try {
    return safePattern(place.given);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PolicyFault(
      place.pointer,
      `the pattern is refused: ${error.message}`,
      "Write a regular expression of at most 200 characters, without repetition inside repetition.",
    );
  }
}

function text(holds: (value: string) => boolean): { kind: "leaf"; judge: Judge } {
  return {
    kind: "leaf",
    judge: (value) => (typeof value === "string" ? decided(holds(value)) : PASS),
  };
}

function number(holds: (value: number, bound: number) => boolean): Keyword {
  return (place) => {
    const bound = numberOf(place);
    return {
      kind: "leaf",
      judge: (value) => (typeof value === "number" ? decided(holds(value, bound)) : PASS),
    };
  };
}

/** Characters are code points here, as JSON Schema counts them. */
function length(holds: (value: number, bound: number) => boolean): Keyword {
  return (place) => {
    const bound = countOf(place);
    return text((value) => holds([...value].length, bound));
  };
}

/** The keyword's value where it is a number; a fault of the policy where it is not. */
export function numberOf(place: Place): number {
  const { given } = place;
  if (typeof given !== "number" || !Number.isFinite(given)) throw notA(place, "a number");
  return given;
}

/** The keyword's value where it is a whole number from 0; a fault of the policy where it is not. */
export function countOf(place: Place): number {
  const count = numberOf(place);
  if (!Number.isInteger(count) || count < 0) throw notA(place, "a whole number from 0");
  return count;
}

/** The fault of a keyword whose value is of another kind than it takes. */
export function notA(place: Place, wanted: string): PolicyFault {
  return new PolicyFault(place.pointer, `this is not ${wanted}`, `Write ${wanted} here.`);
}

/** Keywords about a value that has no parts. */
export const VALUE_KEYWORDS: Record<string, Keyword> = {
  type,
  const: constant,
  enum: enumeration,
  pattern,
  minLength: length((value, bound) => value >= bound),
  maxLength: length((value, bound) => value <= bound),
  minimum: number((value, bound) => value >= bound),
  maximum: number((value, bound) => value <= bound),
  exclusiveMinimum: number((value, bound) => value > bound),
  exclusiveMaximum: number((value, bound) => value < bound),
};
