import { expect, test } from "vitest";
import { DEFAULT_SELECTORS, readSelectors } from "../../src/collect/selectors.ts";

const answer = (selectors: object) => ({ $metadata: {}, ...selectors });

test("what a basic selector leaves out is AWS's default", () => {
  expect(readSelectors(answer({ EventSelectors: [{}] }), {})).toEqual(DEFAULT_SELECTORS);
});

test("both lists empty: the default only where AWS says that nothing was selected", () => {
  expect(readSelectors(answer({}), { HasCustomEventSelectors: false })).toEqual(DEFAULT_SELECTORS);
  const none = { basic: [], advanced: [] };
  expect(readSelectors(answer({}), { HasCustomEventSelectors: true })).toEqual(none);
  expect(readSelectors(answer({}), {})).toEqual(none);
});

test("every operator of an advanced selector is kept", () => {
  const FieldSelectors = [
    { Field: "eventCategory", Equals: ["Management"] },
    { Field: "eventSource", NotEquals: ["kms.amazonaws.com"], NotStartsWith: ["r"] },
  ];
  const read = readSelectors(answer({ AdvancedEventSelectors: [{ FieldSelectors }] }), {});
  expect(read.advanced).toEqual([
    {
      name: null,
      fieldSelectors: [
        { field: "eventCategory", equals: ["Management"] },
        { field: "eventSource", notEquals: ["kms.amazonaws.com"], notStartsWith: ["r"] },
      ],
    },
  ]);
});

test("a condition whose operator the SDK does not know is unsupported, not empty", () => {
  const read = readSelectors(
    answer({ AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventName" }] }] }),
    {},
  );
  expect(read.advanced[0]?.fieldSelectors).toEqual([
    { field: "eventName", unsupported: ["not known to the SDK"] },
  ]);
});
