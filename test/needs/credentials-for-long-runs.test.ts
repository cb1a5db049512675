import { expect, test } from "vitest";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { generateWorld } from "../../src/simulate/generate.ts";
import { judged } from "../whole-path/judged.ts";
import { MANAGEMENT, organization } from "./worlds.ts";

test("each account's role is assumed once, and the entry account's not at all", async () => {
  const run = await judged(generateWorld({ accounts: 8, regions: ["us-east-1", "eu-west-1"] }));
  expect(run.report.complete).toBe(true);
  expect(run.count("sts:AssumeRole")).toBe(7);
});

test("sessions that end on the way are renewed, and no fact is lost", async () => {
  const world = organization();
  const sessionCalls: Record<string, number> = { "222222222222": 25, "333333333333": 8 };
  world.accounts = world.accounts.map((each) => {
    const calls = sessionCalls[each.id];
    return calls === undefined ? each : { ...each, sessionCalls: calls };
  });
  const run = await judged(world);
  expect(run.exitCode).toBe(0);
  expect(run.all("unknown")).toEqual([]);
  expect(run.count("sts:AssumeRole")).toBeGreaterThan(2);
});

test("entry credentials that end, and cannot be renewed, leave a whole report that is incomplete", async () => {
  const faults = [
    { operation: "*:*", account: MANAGEMENT, kind: "expired-token" as const, after: 8 },
    { operation: "sts:AssumeRole", kind: "expired-token" as const },
  ];
  const run = await judged(organization({ faults }));
  expect(run.exitCode).toBe(3);
  expect(run.report.complete).toBe(false);
  expect(run.report.audit.accounts).toHaveLength(3);
  expect(run.all("fail")).toEqual([]);
});

test("entry credentials that end are fetched again, and the run goes on", async () => {
  let issued = 0;
  const credentials = async (options?: { forceRefresh?: boolean }) => {
    if (options?.forceRefresh) issued += 1;
    const serial = String(issued);
    return {
      ...entryCredentials(MANAGEMENT, { issuedBy: "regional" }),
      accessKeyId: `ASIASIM${MANAGEMENT}${serial}`,
    };
  };
  const faults = [
    { operation: "cloudtrail:*", account: MANAGEMENT, kind: "expired-token" as const, times: 1 },
  ];
  const run = await judged(organization({ faults }), {}, { connection: { credentials } });
  expect(run.exitCode).toBe(0);
  expect(run.all("unknown")).toEqual([]);
  expect(issued).toBe(1);
});
