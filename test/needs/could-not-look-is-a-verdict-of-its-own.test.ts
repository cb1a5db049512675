import { expect, test } from "vitest";
import { causesBehind } from "../../src/evaluate/unknowns.ts";
import { judged } from "../whole-path/judged.ts";
import { organization } from "./worlds.ts";

// That every call denied in turn leaves exactly its dependents undecided: test/whole-path/denied-calls.test.ts.

const faults = [
  {
    operation: "cloudtrail:GetTrailStatus",
    account: "333333333333",
    region: "eu-west-1",
    kind: "access-denied" as const,
  },
];

test("an unknown names the call's account, region, error and the permission that would tell", async () => {
  const run = await judged(organization({ faults }));
  expect(run.of("trail-is-logging")["organization-trail@333333333333/eu-west-1"]).toBe("unknown");
  const [undecided] = run.verdicts.filter(({ verdict }) => verdict === "unknown");
  expect(undecided?.subject).toMatchObject({ account: "333333333333", region: "eu-west-1" });
  expect(undecided && causesBehind(undecided)[0]).toEqual({
    reason: "access-denied",
    action: "cloudtrail:GetTrailStatus",
    detail: expect.stringContaining("AccessDenied"),
  });
});

test.for([
  { unknownFailsAt: "high", exitCode: 3 },
  { unknownFailsAt: "none", exitCode: 3 },
] as const)(
  "what was not read makes the run incomplete (--unknown-fails-at $unknownFailsAt)",
  async ({ unknownFailsAt, exitCode }) => {
    const run = await judged(organization({ faults }), { unknownFailsAt });
    expect(run.exitCode).toBe(exitCode);
    expect(run.report.complete).toBe(false);
  },
);

test("a separate switch decides whether an unknown about a log key gates", async () => {
  const world = organization({
    faults: [{ operation: "kms:DescribeKey", kind: "access-denied" }],
  });
  expect((await judged(world)).exitCode).toBe(3);
  expect((await judged(world, { unknownFailsAt: "none" })).exitCode).toBe(0);
});
