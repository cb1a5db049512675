import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";
import { organization } from "./worlds.ts";

const silent = (operation: string) => ({
  faults: [{ operation, account: "333333333333", kind: "never-answers" as const }],
});

test("an endpoint that accepts and never answers costs its own facts; the run is incomplete", async () => {
  const run = await judged(
    organization(silent("cloudtrail:GetTrailStatus")),
    {},
    {
      connection: { requestTimeoutMs: 1000 },
    },
  );
  expect(run.exitCode).toBe(3);
  expect(run.report.audit.accounts.map(({ state }) => state)).toEqual([
    "audited",
    "audited",
    "partial",
  ]);
  expect(run.report.audit.unknowns).toMatchObject([
    { reason: "timeout", action: "cloudtrail:GetTrailStatus", counted: true },
  ]);
});

test("the deadline ends the wait; the report is whole and says what is missing", async () => {
  const run = await judged(
    organization(silent("cloudtrail:DescribeTrails")),
    { deadline: 2 / 60 },
    { connection: { requestTimeoutMs: 600_000 } },
  );
  expect(run.exitCode).toBe(3);
  expect(run.report.audit.accounts.map(({ state }) => state)).toEqual([
    "audited",
    "audited",
    "partial",
  ]);
  expect(run.of("account-has-multi-region-trail-logging")).toEqual({
    "111111111111": "pass",
    "222222222222": "pass",
    "333333333333": "unknown",
  });
});
