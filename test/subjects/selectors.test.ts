import { expect, test } from "vitest";
import type { FieldSelector } from "../../src/snapshot/event-selectors.ts";
import { recordsEvery } from "../../src/subjects/event-class.ts";
import {
  ANY_OTHER,
  type EventClass,
  normalised,
  type Selector,
} from "../../src/subjects/selectors.ts";
import { shown } from "./a-snapshot.ts";

const records = (selectors: Selector[], event: EventClass) =>
  recordsEvery([{ selectors, counts: true }], event, { partition: "aws" });
const advanced = (...selectors: FieldSelector[][]) =>
  normalised({
    basic: [],
    advanced: selectors.map((fieldSelectors) => ({ name: null, fieldSelectors })),
  });
const data: FieldSelector = { field: "eventCategory", equals: ["Data"] };
const s3: FieldSelector = { field: "resources.type", equals: ["AWS::S3::Object"] };
const arn = (conditions: Omit<FieldSelector, "field">) => ({
  field: "resources.ARN",
  ...conditions,
});
const object = "arn:aws:s3:::logs/2026/a.gz";
const event = {
  eventCategory: "Data",
  readOnly: "false",
  eventSource: "s3.amazonaws.com",
  eventName: "DeleteObject",
  "resources.type": "AWS::S3::Object",
  "resources.ARN": object,
};

test.each<[string, FieldSelector[][], unknown]>([
  ["no selector of its class", [[{ field: "eventCategory", equals: ["Management"] }]], false],
  ["its category alone", [[data]], true],
  ["another type", [[data, { field: "resources.type", equals: ["AWS::Lambda::Function"] }]], false],
  ["a field that fails beside one that holds", [[data, s3, arn({ equals: ["other"] })]], false],
  ["a prefix of its ARN", [[data, s3, arn({ startsWith: ["arn:aws:s3:::logs/"] })]], true],
  [
    "a prefix or an equal, one of which holds",
    [[data, arn({ equals: ["x"], startsWith: ["arn"] })]],
    true,
  ],
  ["a suffix of its ARN", [[data, arn({ endsWith: [".gz"] })]], true],
  ["a refused equal", [[data, arn({ notEquals: [object] })]], false],
  [
    "a refused prefix",
    [[data, arn({ startsWith: ["arn"], notStartsWith: ["arn:aws:s3:::logs"] })]],
    false,
  ],
  ["a refused suffix", [[data, arn({ notEndsWith: [".gz"] })]], false],
  ["refusals that do not hold", [[data, arn({ notEquals: ["x"], notEndsWith: [".txt"] })]], true],
  [
    "two selectors, of which the second holds",
    [
      [data, arn({ equals: ["x"] })],
      [data, s3],
    ],
    true,
  ],
  ["an operator that is new", [[data, arn({ unsupported: ["matches"] })]], "?unsupported"],
  [
    "an operator that is new beside one that fails",
    [[data, arn({ equals: ["x"], unsupported: ["matches"] })]],
    false,
  ],
  ["a field that is new", [[data, { field: "resources.tag", equals: ["a"] }]], "?unsupported"],
  [
    "a new field in one selector, and another that holds",
    [[data, { field: "new", equals: ["a"] }], [data]],
    true,
  ],
  ["no category, which AWS does not allow", [[s3]], "?unsupported"],
])("an event, asked of selectors with %s", (_, selectors, expected) => {
  expect(shown(records(advanced(...selectors), event))).toBe(expected);
});

test("a class of events is not recorded by a selector that takes a part of it", () => {
  const selectors = advanced([data, { field: "eventName", equals: ["DeleteObject"] }]);
  expect(records(selectors, { eventCategory: "Data" })).toBe(false);
  expect(records(selectors, { eventCategory: "Management" })).toBe(false);
});

test("every other value of a field meets an equality never, and a prefix nobody knows", () => {
  const other: EventClass = { eventCategory: "Data", eventSource: ANY_OTHER };
  const source = (conditions: Omit<FieldSelector, "field">) =>
    shown(records(advanced([data, { field: "eventSource", ...conditions }]), other));
  expect(source({ equals: ["s3.amazonaws.com"] })).toBe(false);
  expect(source({ notEquals: ["s3.amazonaws.com"] })).toBe(true);
  expect(source({ notStartsWith: ["s3"] })).toBe("?unsupported");
});

test("a trail that shows no selectors of either form may record anything", () => {
  expect(shown(records(normalised({ basic: [], advanced: [] }), event))).toBe("?unsupported");
});

test.each<[string, string, string, unknown]>([
  ["AWS::S3::Object", "arn:aws:s3", object, true],
  ["AWS::S3::Object", "arn:aws:s3:::", object, true],
  ["AWS::S3::Object", "arn:aws:s3:::logs/", object, true],
  ["AWS::S3::Object", "arn:aws:s3:::logs/2025", object, false],
  ["AWS::S3::Object", "arn:aws:s3:::log", object, false],
  ["AWS::Lambda::Function", "arn:aws:lambda", "arn:aws:lambda:eu-west-1:1:function:pay", true],
  [
    "AWS::Lambda::Function",
    "arn:aws:lambda:eu-west-1:1:function:pay",
    "arn:aws:lambda:eu-west-1:1:function:pay",
    true,
  ],
  [
    "AWS::Lambda::Function",
    "arn:aws:lambda:eu-west-1:1:function:pay",
    "arn:aws:lambda:eu-west-1:1:function:pay2",
    false,
  ],
])("a basic selector of %s %s for %s", (type, value, resource, expected) => {
  const selectors = normalised({
    basic: [
      {
        readWriteType: "WriteOnly",
        includeManagementEvents: false,
        excludeManagementEventSources: [],
        dataResources: [
          { type, values: [value] },
          { type, values: [] },
        ],
      },
    ],
    advanced: [],
  });
  const write = { ...event, "resources.type": type, "resources.ARN": resource };
  expect(records(selectors, write)).toBe(expected);
  expect(records(selectors, { ...write, readOnly: "true" })).toBe(false);
  expect(records(selectors, { ...write, eventCategory: "Management" })).toBe(false);
});
