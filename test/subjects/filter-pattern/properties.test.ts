import fc from "fast-check";
import { expect, test } from "vitest";
import { ALARM_EVENTS, successfulCall } from "../../../src/subjects/alarms-events.ts";
import type { Comparison, Expression } from "../../../src/subjects/filter-pattern/expression.ts";
import { parseJsonPattern } from "../../../src/subjects/filter-pattern/parse.ts";
import { catchesEvery, readPattern } from "../../../src/subjects/filter-pattern/pattern.ts";
import { CIS_ALARMS, type CisAlarm } from "../../../src/subjects/schema/cis-alarms.ts";
import { SECURITY_HUB } from "./cis-patterns.ts";

const alarms = Object.keys(CIS_ALARMS) as CisAlarm[];
const anAlarm = fc.constantFrom(...alarms);

/** Choices that a rewriting takes one after the other. */
type Dice = (sides: number) => number;
const dice = fc.array(fc.nat(999), { minLength: 97, maxLength: 97 }).map((rolls): Dice => {
  let turn = 0;
  return (sides) => (rolls[turn++ % rolls.length] ?? 0) % sides;
});

const space = (roll: Dice) => ["", " ", "  ", "\n", "\t"][roll(5)] ?? "";

function shuffled<T>(items: readonly T[], roll: Dice): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(roll(left.length), 1));
}

/** The same expression in other words: parts in any order, regrouped, with brackets and space. */
function rewritten(expression: Expression, roll: Dice): string {
  const text =
    expression.kind === "comparison"
      ? comparison(expression, roll)
      : grouped(
          shuffled(expression.parts, roll).map((part) => rewritten(part, roll)),
          expression.kind === "and" ? "&&" : "||",
          roll,
        );
  const isBare = expression.kind === "comparison" && roll(2) === 0;
  return isBare ? text : `${space(roll)}(${space(roll)}${text}${space(roll)})${space(roll)}`;
}

function grouped(parts: string[], sign: string, roll: Dice): string {
  if (parts.length < 3 || roll(2) === 0) return parts.join(`${space(roll)}${sign}${space(roll)}`);
  const cut = 1 + roll(parts.length - 1);
  const halves = [parts.slice(0, cut), parts.slice(cut)];
  return halves.map((half) => `(${grouped(half, sign, roll)})`).join(sign);
}

function comparison({ path, operator, value }: Comparison, roll: Dice): string {
  const field = `$.${path.join(".")}`;
  if (value === "") return `${field} ${operator} `;
  const isWord = /^[\w.*]+$/.test(value);
  const shown = isWord && roll(2) === 0 ? value : `"${value}"`;
  return `${field}${space(roll)}${operator}${space(roll)}${shown}`;
}

/** The expression without any comparison that the test picks. */
function without(expression: Expression, drop: (each: Comparison) => boolean): Expression[] {
  if (expression.kind === "comparison") return drop(expression) ? [] : [expression];
  return [{ ...expression, parts: expression.parts.flatMap((part) => without(part, drop)) }];
}

const answers = (alarm: CisAlarm, text: string) => {
  const pattern = readPattern(text);
  return ALARM_EVENTS[alarm].events.map((event) => [event.name, catchesEvery(pattern, event)]);
};

test("in any order, grouping and spacing, a pattern that catches an alarm's events still does", () => {
  fc.assert(
    fc.property(anAlarm, dice, (alarm, roll) => {
      const text = `{${rewritten(parseJsonPattern(SECURITY_HUB[alarm]), roll)}}`;
      fc.pre(text.length <= 1024);
      expect(answers(alarm, text).filter(([, answer]) => answer !== "every")).toEqual([]);
    }),
    { numRuns: 600, seed: 11 },
  );
});

const lists = alarms.filter((alarm) => ALARM_EVENTS[alarm].others[0]?.name === "another call");

test("with any one event left out, that one is missing and no other", () => {
  expect(lists).toHaveLength(11);
  fc.assert(
    fc.property(fc.constantFrom(...lists), fc.nat(99), dice, (alarm, pick, roll) => {
      const { events } = ALARM_EVENTS[alarm];
      const dropped = events[pick % events.length]?.name;
      const [rest] = without(
        parseJsonPattern(SECURITY_HUB[alarm]),
        ({ value }) => value === dropped,
      );
      if (rest === undefined) throw new Error("nothing is left");
      const text = `{${rewritten(rest, roll)}}`;
      fc.pre(text.length <= 1024);
      const missed = answers(alarm, text).filter(([, answer]) => answer !== "every");
      expect(missed).toEqual([[dropped, "not every"]]);
    }),
    { numRuns: 600, seed: 12 },
  );
});

test("with any sign of its structure lost, a pattern catches nothing for certain", () => {
  fc.assert(
    fc.property(anAlarm, fc.nat(9999), (alarm, pick) => {
      const text = SECURITY_HUB[alarm];
      const places = [...text.matchAll(/[{}()&|$"]/g)].map(({ index }) => index);
      const place = places[pick % places.length] ?? 0;
      const damaged = text.slice(0, place) + text.slice(place + 1);
      expect(answers(alarm, damaged).filter(([, answer]) => answer === "every")).toEqual([]);
    }),
    { numRuns: 600, seed: 13 },
  );
});

const soup = fc
  .array(
    fc.constantFrom(
      ...["{", "}", "(", ")", "&&", "||", "$.eventName", "$.", "=", "!=", "StopLogging", '"', "*"],
      ...[" ", "NOT EXISTS", "IS NULL", "%", "[", "]", "\\", "$.a['b']", "?", "-", "\u0000", "é"],
    ),
    { maxLength: 200 },
  )
  .map((parts) => parts.join(""));

test("whatever a pattern says, reading it throws nothing", () => {
  const event = successfulCall("cloudtrail", "StopLogging");
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ maxLength: 2000 })), (text) => {
      const answer = catchesEvery(readPattern(text), event);
      expect(["every", "not every", "object"]).toContain(
        typeof answer === "string" ? answer : typeof answer,
      );
    }),
    { numRuns: 3000, seed: 14 },
  );
});

const FIELDS = ["eventName", "awsRegion", "errorCode", "userIdentity.userName"] as const;
const VALUES = ["StopLogging", "Stop*", "*Logging", "eu-west-1", "eu-*", "deployer", "*", "x"];

const aComparison: fc.Arbitrary<Comparison> = fc
  .record({
    field: fc.constantFrom(...FIELDS),
    operator: fc.constantFrom("=", "!=", "=", "!=", "NOT EXISTS", "EXISTS" as const),
    value: fc.constantFrom(...VALUES),
  })
  .map(({ field, operator, value }) => ({
    kind: "comparison",
    path: field.split("."),
    operator,
    value: operator.endsWith("EXISTS") ? "" : value,
    isRegex: false,
  }));

const { tree: anExpression } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    aComparison,
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      parts: fc.array(tie("tree"), { minLength: 1, maxLength: 4 }),
    }),
  ),
}));

type Concrete = Partial<Record<(typeof FIELDS)[number], string>>;

/** What AWS does with one event, written down a second time and simply. */
function matches(expression: Expression, event: Concrete): boolean {
  if (expression.kind !== "comparison") {
    const { kind, parts } = expression;
    const one = (part: Expression) => matches(part, event);
    return kind === "and" ? parts.every(one) : parts.some(one);
  }
  const is = event[expression.path.join(".") as keyof Concrete];
  if (expression.operator === "EXISTS") return is !== undefined;
  if (expression.operator === "NOT EXISTS") return is === undefined;
  if (is === undefined) return false;
  const pattern = new RegExp(`^${expression.value.replaceAll("*", ".*")}$`, "u");
  return pattern.test(is) === (expression.operator === "=");
}

/** Every value that a pattern here can tell from another, and one that it cannot name. */
const TOLD = ["deployer", "eu-west-1", "eu-", "StopLogging", "Stop", "Logging", "x", "who"];

const EVENTS: Concrete[] = TOLD.flatMap((awsRegion) =>
  [undefined, ...TOLD].map((userName) => ({
    eventName: "StopLogging",
    awsRegion,
    ...(userName === undefined ? {} : { "userIdentity.userName": userName }),
  })),
);

test("what is caught for certain is caught event by event, and of what is missed there is an event", () => {
  const event = successfulCall("cloudtrail", "StopLogging");
  const seen = { every: 0, "not every": 0, unclear: 0 };
  fc.assert(
    fc.property(anExpression, (expression) => {
      const answer = catchesEvery({ kind: "json", expression }, event);
      seen[typeof answer === "string" ? answer : "unclear"] += 1;
      const isMissed = EVENTS.some((each) => !matches(expression, each));
      if (answer === "every") expect(isMissed).toBe(false);
      if (answer === "not every") expect(isMissed).toBe(true);
    }),
    { numRuns: 4000, seed: 15 },
  );
  // A test that saw one answer alone would show nothing.
  expect(seen.every).toBeGreaterThan(300);
  expect(seen["not every"]).toBeGreaterThan(2000);
  expect(seen.unclear).toBeLessThan(200);
});
