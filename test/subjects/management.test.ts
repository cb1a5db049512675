import { expect, test } from "vitest";
import type { EventSelectors, FieldSelector } from "../../src/snapshot/event-selectors.ts";
import type { Fact } from "../../src/snapshot/unknown.ts";
import { managementCoverage } from "../../src/subjects/management.ts";
import { trailEntry } from "../../src/subjects/trail-entry.ts";
import { aTrail, denied, management, shown } from "./a-snapshot.ts";

const KMS = "kms.amazonaws.com";
const RDS = "rdsdata.amazonaws.com";

const basic = (...selectors: Parameters<typeof management>[0][]): EventSelectors => ({
  basic: selectors.flatMap((changes) => management(changes).basic),
  advanced: [],
});
const category: FieldSelector = { field: "eventCategory", equals: ["Management"] };
const advanced = (...selectors: FieldSelector[][]): EventSelectors => ({
  basic: [],
  advanced: selectors.map((fields) => ({ name: null, fieldSelectors: [category, ...fields] })),
});
const readOnly = (value: string): FieldSelector => ({ field: "readOnly", equals: [value] });
const without = (...sources: string[]): FieldSelector => ({
  field: "eventSource",
  notEquals: sources,
});

test.each<[string, EventSelectors, unknown[]]>([
  ["All", basic({}), [true, true, true, []]],
  ["ReadOnly", basic({ readWriteType: "ReadOnly" }), [true, true, false, []]],
  ["WriteOnly", basic({ readWriteType: "WriteOnly" }), [true, false, true, []]],
  [
    "ReadOnly and WriteOnly",
    basic({ readWriteType: "ReadOnly" }, { readWriteType: "WriteOnly" }),
    [true, true, true, []],
  ],
  [
    "a readWriteType that is new",
    basic({ readWriteType: "Some" }),
    ["?unsupported", "?unsupported", "?unsupported", ["?unsupported"]],
  ],
  [
    "KMS and RDS left out",
    basic({ excludeManagementEventSources: [RDS, KMS] }),
    [true, true, true, [KMS, RDS]],
  ],
  [
    "KMS left out by one selector and recorded by another",
    basic({ excludeManagementEventSources: [KMS] }, {}),
    [true, true, true, []],
  ],
  [
    "KMS left out of writes alone",
    basic(
      { readWriteType: "ReadOnly" },
      { readWriteType: "WriteOnly", excludeManagementEventSources: [KMS] },
    ),
    [true, true, true, [KMS]],
  ],
  ["the category alone", advanced([]), [true, true, true, []]],
  ["readOnly true", advanced([readOnly("true")]), [true, true, false, []]],
  [
    "readOnly NotEquals true",
    advanced([{ field: "readOnly", notEquals: ["true"] }]),
    [true, false, true, []],
  ],
  [
    "readOnly true and readOnly false",
    advanced([readOnly("true")], [readOnly("false")]),
    [true, true, true, []],
  ],
  ["eventSource NotEquals KMS", advanced([without(KMS)]), [true, true, true, [KMS]]],
  [
    "eventSource NotEquals a third source",
    advanced([without("sts.amazonaws.com")]),
    [true, true, true, ["sts.amazonaws.com"]],
  ],
  [
    "eventSource Equals KMS",
    advanced([{ field: "eventSource", equals: [KMS] }]),
    [true, false, false, []],
  ],
  [
    "eventSource NotStartsWith k",
    advanced([{ field: "eventSource", notStartsWith: ["k"] }]),
    [true, "?unsupported", "?unsupported", ["?unsupported"]],
  ],
  [
    "one read left out, which may be called a write as well",
    advanced([{ field: "eventName", notEquals: ["Decrypt"] }]),
    [true, false, "?unsupported", ["?unsupported"]],
  ],
  [
    "one event name alone",
    advanced([{ field: "eventName", equals: ["StopLogging"] }]),
    [true, false, false, []],
  ],
  [
    "one identity left out",
    advanced([{ field: "userIdentity.arn", notEquals: ["arn:aws:iam::1:role/deploy"] }]),
    [true, false, false, []],
  ],
  [
    "one identity left out by one selector, and recorded by another",
    advanced(
      [{ field: "userIdentity.arn", notEquals: ["arn:aws:iam::1:role/deploy"] }],
      [{ field: "userIdentity.arn", equals: ["arn:aws:iam::1:role/deploy"] }],
    ),
    [true, true, true, []],
  ],
  [
    "console sessions left out",
    advanced([{ field: "sessionCredentialFromConsole", notEquals: ["true"] }]),
    [true, false, false, []],
  ],
  [
    "calls of AWS services left out",
    advanced([{ field: "eventType", notEquals: ["AwsServiceEvent"] }]),
    [true, false, false, []],
  ],
  [
    "one event name left out by one selector, and everything in another",
    advanced([{ field: "eventName", notEquals: ["Decrypt"] }], []),
    [true, true, true, []],
  ],
  [
    "data events alone",
    {
      basic: [],
      advanced: [{ name: null, fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] }],
    },
    [false, false, false, []],
  ],
])("management events of selectors with %s", (_, eventSelectors, expected) => {
  expect(answers(eventSelectors)).toEqual(expected);
});

test("selectors that were denied leave every answer open, and the list of exclusions too", () => {
  expect(answers(denied)).toEqual([
    "?access-denied",
    "?access-denied",
    "?access-denied",
    ["?access-denied"],
  ]);
});

function answers(eventSelectors: Fact<EventSelectors>) {
  const { sources, recorded, recordsManagement } = trailEntry(aTrail({ eventSelectors }), {
    index: 0,
    partition: "aws",
  });
  const { managementReads, managementWrites, excludedEventSources } = managementCoverage(
    sources,
    recorded,
  );
  return [
    shown(recordsManagement),
    shown(managementReads),
    shown(managementWrites),
    excludedEventSources.map(shown),
  ];
}
