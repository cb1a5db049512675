import { not, or, type Truth } from "../../snapshot/logic.ts";
import { type Json, unknown } from "../../snapshot/unknown.ts";
import { wildcardMatches } from "./wildcard.ts";

/** A value of an event that is known and the same in every event. */
export type Value = string | boolean | null;

/** Whether one alternative of an EventBridge pattern accepts the value; unknown for what it does not know. */
export function accepts(wanted: Json, value: Value): Truth {
  if (typeof wanted !== "object" || wanted === null) return wanted === value;
  const entries = Object.entries(wanted);
  const [[operator, operand] = []] = entries;
  if (Array.isArray(wanted) || entries.length !== 1) return unsupported("more than one operator");
  if (operator === undefined || operand === undefined) return unsupported("an empty operator");
  if (operator === "anything-but") return anythingBut(operand, value);
  return applied(operator, operand, value);
}

const unsupported = (what: string) =>
  unknown("unsupported", { detail: `an event pattern holds ${what.slice(0, 80)}` });

type Test = (operand: string, value: string) => boolean;

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const TESTS: Record<string, Test> = {
  prefix: (operand, value) => value.startsWith(operand),
  suffix: (operand, value) => value.endsWith(operand),
  "equals-ignore-case": same,
  wildcard: wildcardMatches,
};

/** `{"prefix": {"equals-ignore-case": …}}` and the like. */
const CASELESS: Record<string, Test> = {
  prefix: (operand, value) => same(value.slice(0, operand.length), operand),
  suffix: (operand, value) =>
    operand.length <= value.length && same(value.slice(value.length - operand.length), operand),
};

/** Operators on numbers and addresses, which hold for no value that is known here. */
const NEVER_ON_TEXT = new Set(["numeric", "cidr"]);

function applied(operator: string, operand: Json, value: Value): Truth {
  if (NEVER_ON_TEXT.has(operator)) return neverOnText(operator, value);
  const caseless = caselessOperand(operand);
  const tests = caseless === null ? TESTS : CASELESS;
  const text = caseless ?? operand;
  const test = Object.hasOwn(tests, operator) ? tests[operator] : undefined;
  if (test === undefined || typeof text !== "string")
    return unsupported(`the operator ${operator}`);
  return typeof value === "string" && test(text, value);
}

/** An address is text too: whether this one is in the range nobody has to know here. */
function neverOnText(operator: string, value: Value): Truth {
  const isNoAddress = typeof value !== "string" || /[^0-9a-fA-F.:]/.test(value);
  return isNoAddress ? false : unsupported(`the operator ${operator}`);
}

function caselessOperand(operand: Json): string | null {
  if (typeof operand !== "object" || operand === null || Array.isArray(operand)) return null;
  const [[name, text] = []] = Object.entries(operand);
  return name === "equals-ignore-case" && typeof text === "string" ? text : null;
}

/** Of a value, a list of values, or one of the operators above over one text or a list. */
function anythingBut(operand: Json, value: Value): Truth {
  if (Array.isArray(operand)) return not(or(...operand.map((each) => plainly(each, value))));
  if (typeof operand !== "object" || operand === null) return not(plainly(operand, value));
  const entries = Object.entries(operand);
  const [[operator, refused] = []] = entries;
  if (operator === undefined || refused === undefined || entries.length !== 1)
    return unsupported("anything-but with more than one operator");
  const all = Array.isArray(refused) ? refused : [refused];
  return not(or(...all.map((each) => applied(operator, each, value))));
}

const plainly = (refused: Json, value: Value): Truth =>
  typeof refused === "object" && refused !== null
    ? unsupported("anything-but of an object in a list")
    : refused === value;
