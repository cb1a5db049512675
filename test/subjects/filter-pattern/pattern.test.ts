import { expect, test } from "vitest";
import { successfulCall } from "../../../src/subjects/alarms-events.ts";
import { eventClass } from "../../../src/subjects/filter-pattern/event.ts";
import { globContains, globMatches } from "../../../src/subjects/filter-pattern/glob.ts";
import { parseJsonPattern } from "../../../src/subjects/filter-pattern/parse.ts";
import {
  catchesEvery,
  catchesSome,
  readPattern,
} from "../../../src/subjects/filter-pattern/pattern.ts";
import { samples } from "../../../src/subjects/filter-pattern/witness.ts";

const stop = successfulCall("cloudtrail", "StopLogging");

test("a pattern of every kind of comparison is read as AWS describes it", () => {
  const pattern = `{ $.a = "x y" && $.b-c_d != 1.5* || ($.e[0].f >= 3 && $.['g.h'] IS NULL)
    || $["i"] IS TRUE || $.j NOT   EXISTS || $.k[*] = %a\\d+% || $.l=*x* }`;
  const read = (operator: string, path: string[], value = "", isRegex = false) => ({
    kind: "comparison",
    path,
    operator,
    value,
    isRegex,
  });
  expect(parseJsonPattern(pattern)).toEqual({
    kind: "or",
    parts: [
      { kind: "and", parts: [read("=", ["a"], "x y"), read("!=", ["b-c_d"], "1.5*")] },
      { kind: "and", parts: [read(">=", ["e", "0", "f"], "3"), read("IS NULL", ["g.h"])] },
      read("IS TRUE", ["i"]),
      read("NOT EXISTS", ["j"]),
      read("=", ["k", "*"], "a\\d+", true),
      read("=", ["l"], "*x*"),
    ],
  });
});

test.each([
  ["", "it does not begin with a brace"],
  ["{}", "a field was expected"],
  ["{ $ = a }", "a field has no name"],
  ["{ $.a }", "an operator is not known"],
  ["{ $.a ~ b }", "an operator is not known"],
  ["{ $.a IS NOT NULL }", "an operator is not known"],
  ["{ $.a not exists }", "an operator is not known"],
  ["{ $.a = }", "a value was expected"],
  ["{ $.a = 'b' }", "a value was expected"],
  ['{ $.a = "b }', "a value was expected"],
  ["{ ($.a = b }", "a bracket is not closed"],
  ["{ $.a = b & $.c = d }", "it goes on where it should end"],
  ["{ $.a = b", "it goes on where it should end"],
  ["{ $.a = \uE000 }", "it has characters of the private use area"],
  [`{ $.a = ${"b".repeat(1024)} }`, "it is longer than AWS takes"],
  [`{${"(".repeat(65)}$.a = b${")".repeat(65)}}`, "its brackets are nested too deeply"],
  [`{${"(".repeat(900)}`, "its brackets are nested too deeply"],
])("%s is not read: %s", (text, why) => {
  expect(() => parseJsonPattern(text)).toThrow(why);
});

test("brackets may be nested as deeply as anybody writes them", () => {
  const text = `{${"(".repeat(64)}$.eventName = StopLogging${")".repeat(64)}}`;
  expect(catchesEvery(readPattern(text), stop)).toBe("every");
});

test("a pattern of a million characters costs nothing", () => {
  for (const text of ["{".repeat(1e6), `{${"(".repeat(1e6)}`, `${"a ".repeat(5e5)}`]) {
    expect(readPattern(text)).toEqual({ kind: "unreadable", why: "it is longer than AWS takes" });
  }
});

test("the worst pattern that AWS takes is tried with a bounded number of events", () => {
  const conditions = Array.from({ length: 90 }, (_, index) => `$.f${index}=*a*`);
  const texts = [
    `{${conditions
      .join("||")
      .slice(0, 1000)
      .replace(/\|\|[^|]*$/, "")}}`,
    `{${Array.from({ length: 70 }, (_, i) => `$.userAgent!=*${i}`)
      .join("&&")
      .slice(0, 1000)
      .replace(/&&[^&]*$/, "")}}`,
  ];
  for (const text of texts) {
    const expression = parseJsonPattern(text);
    expect([...samples(expression, stop)].length).toBeLessThanOrEqual(99);
  }
});

test("a value made of wildcards is compared without going back and forth", () => {
  const hostile = `${"*a".repeat(500)}b`;
  expect(globMatches(hostile, "a".repeat(100_000))).toBe(false);
});

test.each([
  ["a*c", "abc", true],
  ["a*c", "ac", true],
  ["a*a", "a", false],
  ["*", "", true],
  ["a**b", "ab", true],
  ["*b*", "abc", true],
  ["*b*c*b", "abcb", true],
  ["*b*c*b", "abc", false],
  ["abc", "abcd", false],
])("%s against %s: %s", (pattern, text, matches) => {
  expect(globMatches(pattern, text)).toBe(matches);
});

test("a pattern contains another only where each text of it matches", () => {
  expect(globContains("Access*", "AccessDenied*")).toBe(true);
  expect(globContains("*", "*")).toBe(true);
  expect(globContains("AccessDenied*", "Access*")).toBe(false);
  expect(globContains("AccessDenied", "AccessDenied*")).toBe(false);
});

test.each([
  ["StopLogging", "every"],
  ['"StopLogging"', "every"],
  ["?StopLogging ?DeleteTrail", "every"],
  ["cloudtrail.amazonaws.com", { unclear: "it is neither a JSON pattern nor a list of words" }],
  ['"cloudtrail.amazonaws.com" StopLogging', "every"],
  ["DeleteTrail", "not every"],
  ["StopLogging DeleteTrail", "not every"],
  ["-StopLogging", "not every"],
  ["-deployer", "not every"],
  ["", "every"],
  ["Logging", { unclear: "it compares in a way that cannot be followed" }],
  [
    '"\\"eventName\\":\\"StopLogging\\""',
    { unclear: "it compares in a way that cannot be followed" },
  ],
  ["?StopLogging DeleteTrail", "not every"],
  ["?DeleteTrail StopLogging", "every"],
  [
    "[ip, user, name = StopLogging]",
    { unclear: "it is neither a JSON pattern nor a list of words" },
  ],
])("the words %s catch StopLogging: %s", (text, answer) => {
  expect(catchesEvery(readPattern(text), stop)).toEqual(answer);
});

test("a field that may not be there need not differ from a value that it never has", () => {
  const type = { differs: true, except: ["Root"], optional: true } as const;
  const others = eventClass("others' events", { "userIdentity.type": type });
  const pattern = readPattern("{ $.userIdentity.type != Root }");
  expect(catchesEvery(pattern, others)).toBe("not every");
});

test("a pattern catches some of a class where one event shows it", () => {
  const some = (text: string) => catchesSome(readPattern(text), stop);
  expect(some("{ $.awsRegion = eu-west-1 }")).toBe(true);
  expect(some("{ $.awsRegion = eu-west-1 && $.eventName = DeleteTrail }")).toBe(false);
  expect(some("DeleteTrail")).toBe(true);
  expect(some("{ $.eventName = %Stop% }")).toMatchObject({ unclear: expect.any(String) });
  expect(some("{")).toMatchObject({ unclear: "a field was expected" });
});
