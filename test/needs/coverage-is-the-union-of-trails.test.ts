import { expect, test } from "vitest";
import type { EventSelector, Trail } from "../../src/simulate/schema/trails.ts";
import { judged } from "../whole-path/judged.ts";
import { account } from "./worlds.ts";

const KMS = ["kms.amazonaws.com"];
const RDS = ["rdsdata.amazonaws.com"];

const selector = ([readWriteType, excluded]: readonly [
  NonNullable<EventSelector["readWriteType"]>,
  readonly string[],
]): Partial<Trail> => ({
  eventSelectors: [{ readWriteType, excludeManagementEventSources: [...excluded] }],
});

const recorded = "region-management-events-recorded";

/** Worked out by hand: recorded is what one of the two trails lets through, read and write, KMS and the rest. */
const COMBINATIONS = [
  { a: ["All", []], b: ["All", []], verdict: "pass" },
  { a: ["All", []], b: ["All", KMS], verdict: "pass" },
  { a: ["All", []], b: ["WriteOnly", []], verdict: "pass" },
  { a: ["All", []], b: ["WriteOnly", KMS], verdict: "pass" },
  { a: ["All", KMS], b: ["All", []], verdict: "pass" },
  { a: ["All", KMS], b: ["All", KMS], verdict: "fail" },
  { a: ["All", KMS], b: ["WriteOnly", []], verdict: "fail" },
  { a: ["All", KMS], b: ["WriteOnly", KMS], verdict: "fail" },
  { a: ["ReadOnly", []], b: ["All", []], verdict: "pass" },
  { a: ["ReadOnly", []], b: ["All", KMS], verdict: "fail" },
  { a: ["ReadOnly", []], b: ["WriteOnly", []], verdict: "pass" },
  { a: ["ReadOnly", []], b: ["WriteOnly", KMS], verdict: "fail" },
  { a: ["ReadOnly", KMS], b: ["All", []], verdict: "pass" },
  { a: ["ReadOnly", KMS], b: ["All", KMS], verdict: "fail" },
  { a: ["ReadOnly", KMS], b: ["WriteOnly", []], verdict: "fail" },
  { a: ["ReadOnly", KMS], b: ["WriteOnly", KMS], verdict: "fail" },
  // What one leaves out the other records.
  { a: ["All", KMS], b: ["All", RDS], verdict: "pass" },
  { a: ["All", RDS], b: ["All", RDS], verdict: "fail" },
  { a: ["ReadOnly", []], b: ["ReadOnly", []], verdict: "fail" },
] as const;

test.for(COMBINATIONS)(
  "$a and $b together: $verdict, whatever the trails are called",
  async ({ a, b, verdict }) => {
    const [first, second] = [selector(a), selector(b)];
    for (const names of [
      ["alpha", "beta"],
      ["zulu", "beta"],
    ] as const) {
      const world = account([
        { name: names[0], ...first },
        { name: names[1], ...second },
      ]);
      const run = await judged(world, { organization: false });
      expect(run.of(recorded)).toEqual({
        "111111111111/eu-west-1": verdict,
        "111111111111/us-east-1": verdict,
      });
    }
  },
);

test("a trail that is stopped, or delivers with an error, adds nothing to the union", async () => {
  for (const status of [{ isLogging: false }, { latestDeliveryError: "AccessDenied" }]) {
    const world = account([
      selector(["ReadOnly", []]),
      { ...selector(["WriteOnly", []]), status: [status] },
    ]);
    const run = await judged(world, { organization: false });
    expect(Object.values(run.of(recorded))).toEqual(["fail", "fail"]);
  }
});

test("a single-region trail adds to its own region's union alone", async () => {
  const world = account([
    selector(["ReadOnly", []]),
    { ...selector(["WriteOnly", []]), isMultiRegionTrail: false, homeRegion: "us-east-1" },
  ]);
  const run = await judged(world, { organization: false });
  expect(run.of(recorded)).toEqual({
    "111111111111/eu-west-1": "fail",
    "111111111111/us-east-1": "pass",
  });
});

/** The same question about objects: reads and writes, of every bucket or of one. */
const OBJECTS = [
  {
    a: ["ReadOnly", "arn:aws:s3"],
    b: ["WriteOnly", "arn:aws:s3:::"],
    reads: "pass",
    writes: "pass",
  },
  { a: ["All", "arn:aws:s3"], b: ["ReadOnly", "arn:aws:s3"], reads: "pass", writes: "pass" },
  { a: ["ReadOnly", "arn:aws:s3"], b: ["ReadOnly", "arn:aws:s3"], reads: "pass", writes: "fail" },
  { a: ["All", "arn:aws:s3:::a/"], b: ["All", "arn:aws:s3:::b/"], reads: "fail", writes: "fail" },
  { a: ["All", "arn:aws:s3:::a/"], b: ["WriteOnly", "arn:aws:s3"], reads: "fail", writes: "pass" },
] as const;

test.for(OBJECTS)(
  "objects by $a and $b: reads $reads, writes $writes, whatever the trails are called",
  async ({ a, b, reads, writes }) => {
    const objects = ([readWriteType, value]: typeof a | typeof b): Partial<Trail> => ({
      eventSelectors: [
        { readWriteType, dataResources: [{ type: "AWS::S3::Object", values: [value] }] },
      ],
    });
    for (const names of [
      ["alpha", "beta"],
      ["zulu", "beta"],
    ] as const) {
      const world = account([
        { name: names[0], ...objects(a) },
        { name: names[1], ...objects(b) },
      ]);
      const run = await judged(world, { organization: false });
      expect(Object.values(run.of("region-s3-object-reads-recorded"))).toEqual([reads, reads]);
      expect(Object.values(run.of("region-s3-object-writes-recorded"))).toEqual([writes, writes]);
    }
  },
);
