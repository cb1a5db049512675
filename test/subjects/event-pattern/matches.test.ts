import { expect, test } from "vitest";
import {
  ABSENT,
  type EventFields,
  matches,
  VARIES,
} from "../../../src/subjects/event-pattern/matches.ts";
import { shown } from "../a-snapshot.ts";

const EVENT: EventFields = {
  source: "aws.cloudtrail",
  "detail-type": "AWS API Call via CloudTrail",
  id: VARIES,
  detail: {
    eventName: "StopLogging",
    readOnly: false,
    errorCode: ABSENT,
    userIdentity: { type: VARIES },
    sourceIPAddress: VARIES,
    vpcEndpointId: null,
  },
};

const asked = (pattern: unknown) => shown(matches(JSON.stringify(pattern), EVENT));
const named = (...eventName: unknown[]) => ({ detail: { eventName } });

test.for<[string, unknown, unknown]>([
  ["one of several exact values", named("DeleteTrail", "StopLogging"), true],
  ["other exact values alone", named("DeleteTrail"), false],
  ["a value in another case", named("stoplogging"), false],
  ["every field right", { source: ["aws.cloudtrail"], ...named("StopLogging") }, true],
  ["one field of two wrong", { source: ["aws.s3"], ...named("StopLogging") }, false],
  ["a boolean", { detail: { readOnly: [false] } }, true],
  ["a boolean as text", { detail: { readOnly: ["false"] } }, false],
  ["null where it is null", { detail: { vpcEndpointId: [null] } }, true],
  ["a prefix", named({ prefix: "Stop" }), true],
  ["a prefix it has not", named({ prefix: "Delete" }), false],
  ["a prefix in another case", named({ prefix: { "equals-ignore-case": "sTOP" } }), true],
  ["a suffix", named({ suffix: "Logging" }), true],
  ["a suffix it has not", named({ suffix: "Trail" }), false],
  ["a suffix in another case", named({ suffix: { "equals-ignore-case": "LOGGING" } }), true],
  [
    "a suffix longer than the value",
    named({ suffix: { "equals-ignore-case": "AStopLogging" } }),
    false,
  ],
  ["the value in any case", named({ "equals-ignore-case": "stopLOGGING" }), true],
  ["a wildcard", named({ wildcard: "St*Log*" }), true],
  ["a wildcard that does not fit", named({ wildcard: "St*Trail" }), false],
  ["anything but another value", named({ "anything-but": "DeleteTrail" }), true],
  ["anything but this value", named({ "anything-but": "StopLogging" }), false],
  ["anything but a list with it", named({ "anything-but": ["DeleteTrail", "StopLogging"] }), false],
  ["anything but its prefix", named({ "anything-but": { prefix: "Stop" } }), false],
  ["anything but other prefixes", named({ "anything-but": { prefix: ["Get", "List"] } }), true],
  ["anything but its suffix", named({ "anything-but": { suffix: "Logging" } }), false],
  [
    "anything but it in any case",
    named({ "anything-but": { "equals-ignore-case": ["stoplogging"] } }),
    false,
  ],
  ["anything but a wildcard", named({ "anything-but": { wildcard: "*Log*" } }), false],
  ["a field that is there", named({ exists: true }), true],
  ["a field that is not to be there", named({ exists: false }), false],
  ["an absent field that is not to be there", { detail: { errorCode: [{ exists: false }] } }, true],
  ["an absent field that is to be there", { detail: { errorCode: [{ exists: true }] } }, false],
  [
    "an absent field, anything but a value",
    { detail: { errorCode: [{ "anything-but": "x" }] } },
    false,
  ],
  [
    "a field below one that is absent",
    { detail: { errorCode: { deep: [{ exists: false }] } } },
    true,
  ],
  ["a field that varies, to be there", { detail: { sourceIPAddress: [{ exists: true }] } }, true],
  [
    "a field that varies, with a value",
    { detail: { userIdentity: { type: ["Root"] } } },
    "?unresolved",
  ],
  ["a field that varies, beside a wrong one", { id: ["1"], source: ["aws.s3"] }, false],
  ["a field that nobody described", { "detail-typ": ["x"] }, "?unresolved"],
  ["a field that nobody described, to be there", { other: [{ exists: true }] }, "?unresolved"],
  ["numbers for a text", named({ numeric: [">", 0] }), false],
  ["an address range for a name", named({ cidr: "10.0.0.0/8" }), false],
  ["one right branch of $or", { $or: [named("x"), named("StopLogging")] }, true],
  ["no right branch of $or", { $or: [named("x"), named("y")] }, false],
  ["a branch that varies beside a right one", { $or: [{ id: ["1"] }, named("StopLogging")] }, true],
  ["$or beside a wrong field", { source: ["aws.s3"], $or: [named("StopLogging")] }, false],
  ["an operator it does not know", named({ sounds: "like" }), "?unsupported"],
  ["an unknown operator beside the value", named({ sounds: "like" }, "StopLogging"), true],
  ["two operators in one", named({ prefix: "St", suffix: "ng" }), "?unsupported"],
  [
    "anything but an unknown operator",
    named({ "anything-but": { sounds: "like" } }),
    "?unsupported",
  ],
  ["a field whose pattern is no list", { source: "aws.cloudtrail" }, "?unsupported"],
  ["no alternative", named(), false],
  ["an empty pattern", {}, true],
])("%s: %j matches %s", ([, pattern, expected]) => {
  expect(asked(pattern)).toBe(expected);
});

test("a pattern that is no JSON object cannot be read", () => {
  for (const text of ["", "{", "[]", "null", '"x"']) {
    expect(shown(matches(text, EVENT)), text).toBe("?unsupported");
  }
});

test("a pattern that is too long or too deep cannot be read", () => {
  const deep = `${'{"$or":['.repeat(200)}{}${"]}".repeat(200)}`;
  expect(shown(matches(deep, EVENT))).toBe("?unsupported");
  expect(shown(matches(JSON.stringify(named("x".repeat(9000))), EVENT))).toBe("?unsupported");
});

test("a key that poses as the prototype is a field like others", () => {
  expect(shown(matches('{"__proto__":{"source":["aws.cloudtrail"]}}', EVENT))).toBe("?unresolved");
  expect(shown(matches('{"constructor":["x"]}', EVENT))).toBe("?unresolved");
});

test("a pattern of nothing but wildcards costs no more than its length times the value's", () => {
  const many = "*a".repeat(3000);
  const event: EventFields = { source: "a".repeat(2000) };
  expect(matches(JSON.stringify({ source: [{ wildcard: many }] }), event)).toBe(false);
});
