import { expect, test } from "vitest";
import { evaluate } from "../../../src/subjects/filter-pattern/evaluate.ts";
import { ABSENT, eventClass, type Field } from "../../../src/subjects/filter-pattern/event.ts";
import { keepsAll } from "../../../src/subjects/filter-pattern/narrower.ts";
import { readPattern } from "../../../src/subjects/filter-pattern/pattern.ts";

const ANY = eventClass("any event", {});
const [STOP, PUT, KMS] = ["StopLogging", "PutEventSelectors", "DisableKey"].map(
  (name) => `$.eventName = ${name}`,
);

test.each<[name: string, was: string, now: string, wanted: unknown]>([
  ["nothing changes", "[a, b = 5*]", "[a, b = 5*]", "all"],
  ["blanks around it", "[a, b = 5*]", " [a, b = 5*]\n", "all"],
  ["other blanks", `{ ${STOP} }`, '{  $.eventName="StopLogging"}', "all"],
  ["another order", `{ ${STOP} || ${PUT} }`, `{ (${PUT}) || (${STOP}) }`, "all"],
  ["one more", `{ ${STOP} }`, `{ ${STOP} || ${PUT} }`, "all"],
  ["one less", `{ ${STOP} || ${PUT} }`, `{ ${PUT} }`, "less"],
  ["another", `{ ${STOP} }`, `{ ${PUT} }`, "less"],
  ["one more condition", `{ ${STOP} }`, `{ ${STOP} && $.errorCode NOT EXISTS }`, "less"],
  ["one condition less", `{ ${STOP} && $.errorCode NOT EXISTS }`, `{ ${STOP} }`, "all"],
  [
    "a wildcard",
    `{ ${STOP} || ${PUT} }`,
    "{ $.eventName = *Logging || $.eventName = Put* }",
    "all",
  ],
  ["no wildcard", "{ $.eventName = Put* }", `{ ${PUT} }`, "less"],
  ["a wider refusal", "{ $.eventName != Get* }", "{ $.eventName != G* }", "less"],
  ["a narrower refusal", "{ $.eventName != G* }", "{ $.eventName != Get* }", "all"],
  ["any that is there", `{ ${STOP} }`, "{ $.eventName EXISTS }", "all"],
  ["any but another", `{ ${STOP} }`, `{ $.eventName != "Get*" }`, "all"],
  ["every event", `{ ${STOP} }`, "", "all"],
  [
    "brackets worked out",
    `{ $.eventSource = cloudtrail* && (${STOP} || ${PUT}) }`,
    `{ ($.eventSource = cloudtrail* && ${STOP}) || ($.eventSource = cloudtrail* && ${PUT}) }`,
    "all",
  ],
  [
    "brackets worked out, and one is gone",
    `{ ($.eventSource = cloudtrail* && (${STOP} || ${PUT})) || ($.eventSource = kms* && ${KMS}) }`,
    `{ ($.eventSource = cloudtrail* && ${STOP}) || ($.eventSource = cloudtrail* && ${PUT}) }`,
    "less",
  ],
  ["a word less", "ERROR fatal", "ERROR", "all"],
  ["a word more", "ERROR", "ERROR fatal", { unclear: expect.any(String) }],
  ["a word that must not be there", "ERROR", "ERROR -test", { unclear: expect.any(String) }],
  ["one word of more", "?ERROR ?WARN", "?ERROR ?WARN ?INFO", "all"],
  ["one word of less", "?ERROR ?WARN", "?ERROR", { unclear: expect.any(String) }],
  ["one of several words for the one", "ERROR", "?ERROR ?WARN", "all"],
  ["columns", "[a, b = 5*]", "[a, b = 50*]", { unclear: expect.any(String) }],
  ["words for fields", `{ ${STOP} }`, "StopLogging", { unclear: expect.any(String) }],
  [
    "a regular expression",
    `{ ${STOP} }`,
    "{ $.eventName = %Stop.*% }",
    { unclear: expect.any(String) },
  ],
  ["numbers", "{ $.size > 5 }", "{ $.size > 6 }", { unclear: expect.any(String) }],
])("a pattern that becomes %s: what it goes on to catch", (_, was, now, wanted) => {
  expect(keepsAll(was, now, ANY)).toEqual(wanted);
});

test("what only refused calls show is no miss among those that succeed", () => {
  const succeeded = eventClass("a call that succeeded", { errorCode: ABSENT });
  const told = keepsAll(`{ ${STOP} }`, `{ ${STOP} && $.errorCode NOT EXISTS }`, succeeded);
  expect(told).not.toBe("less");
});

test("a pattern of many brackets is given up, not worked out for ever", () => {
  const part = (index: number) => `($.a${index} = x || $.b${index} = x)`;
  const many = Array.from({ length: 30 }, (_, index) => part(index)).join(" && ");
  expect(keepsAll(`{ ${many} }`, "{ $.c = x && ($.d = x || $.e = x) }", ANY)).toEqual({
    unclear: expect.any(String),
  });
});

test("of what is said to go on being caught no event is missed", () => {
  const parts = [STOP, PUT, "$.eventName != Put*", "$.errorCode EXISTS", "$.errorCode = A*"];
  const patterns = parts.flatMap((one) =>
    parts.flatMap((other) => [`(${one}) && (${other} || ${STOP})`, `${one} || ${other}`]),
  );
  const names = ["StopLogging", "PutEventSelectors", "PutObject", "Get"].map(
    (is): Field => ({ is }),
  );
  const codes: Field[] = [ABSENT, { is: "AccessDenied" }, { is: "Other" }];
  const events = names.flatMap((eventName) =>
    codes.map((errorCode) => eventClass("one event", { eventName, errorCode })),
  );
  const catches = (text: string) => {
    const pattern = readPattern(`{ ${text} }`);
    if (pattern.kind !== "json") throw new Error(`not read: ${text}`);
    return events.map((event) => evaluate(pattern.expression, event) === "each");
  };
  const told = { all: 0, less: 0, unclear: 0 };
  for (const was of patterns) {
    for (const now of patterns) {
      const keeps = keepsAll(`{ ${was} }`, `{ ${now} }`, ANY);
      const caught = catches(now);
      const isMissed = catches(was).some((each, index) => each && !caught[index]);
      if (keeps === "all") expect(isMissed, `${was} -> ${now}`).toBe(false);
      if (keeps === "less") expect(isMissed, `${was} -> ${now}`).toBe(true);
      told[typeof keeps === "string" ? keeps : "unclear"] += 1;
    }
  }
  expect(told.unclear).toBeLessThan(told.all / 10);
});
