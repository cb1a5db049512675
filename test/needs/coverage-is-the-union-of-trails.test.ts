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
