import { expect, test } from "vitest";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { generateWorld } from "../../src/simulate/generate.ts";
import { worldFile } from "../simulate/world-files.ts";
import { markers, reasonOf, scanned } from "./scanned.ts";

test("each account is entered once, through a regional endpoint", async () => {
  const { calls } = await scanned("eleven-accounts");
  const assumed = calls.filter(
    ({ operation, outcome }) => operation === "sts:AssumeRole" && outcome === "ok",
  );
  // Seven members, and one of them a second time because its session ends on the way.
  expect(assumed).toHaveLength(8);
});

test("a session that ends on the way is renewed, and nothing is lost", async () => {
  const { account } = await scanned("eleven-accounts");
  const record = account("100000000011");
  expect(markers(record)).toEqual([]);
  const renewals = record.observations.filter(({ operation }) => operation === "sts:AssumeRole");
  expect(renewals).toHaveLength(2);
});

test("a session that ends and is not renewed leaves its facts unknown, and says so", async () => {
  const { account } = await scanned("eleven-accounts-renewal-refused");
  const record = account("100000000011");
  expect(record.unreachable).toBeNull();
  const found = markers(record);
  expect(found.length).toBeGreaterThan(0);
  expect(found.every((each) => each.endsWith("access-denied"))).toBe(true);
  expect(JSON.stringify(record)).toContain("the session ended and could not be renewed");
});

test("each request carries the credentials of its own account, whoever else is being asked", async () => {
  const world = generateWorld({ accounts: 40, regions: ["us-east-1", "eu-west-1", "eu-west-2"] });
  const { calls, account, records } = await scanned(world);
  const views = calls.filter(({ operation }) => operation === "cloudtrail:DescribeTrails");
  for (const { id } of world.accounts) {
    expect(views.filter(({ accountId }) => accountId === id)).toHaveLength(3);
    expect(
      new Set(
        account(id)
          .observations.slice(1)
          .map(({ accountId }) => accountId),
      ),
    ).toEqual(new Set([id]));
  }
  expect(records.flatMap((each) => markers(each))).toEqual([]);
});

test("opt-in regions take the tokens of a regional endpoint; a disabled region is not asked", async () => {
  const { account, calls } = await scanned("opt-in-region-needs-regional-tokens");
  expect(markers(account("222222222222"))).toEqual([]);
  expect(calls.some(({ region }) => region === "af-south-1")).toBe(false);
});

test("an entry token of the global endpoint is refused in an enabled opt-in region, with the cure", async () => {
  const credentials = async () => entryCredentials("111111111111", { issuedBy: "global" });
  const { account } = await scanned(
    "opt-in-region-needs-regional-tokens",
    { scope: "accounts", accounts: ["111111111111"] },
    { connection: { credentials } },
  );
  const region = account("111111111111").regions.find(
    (each) => "name" in each && each.name === "me-south-1",
  );
  expect(JSON.stringify(region)).toContain("AWS_STS_REGIONAL_ENDPOINTS=regional");
  expect(JSON.stringify(region)).toContain('"reason":"access-denied"');
});

test("a token refused in a region that only the operator named means that it is disabled", async () => {
  const world = worldFile("opt-in-region-needs-regional-tokens");
  const faults = ["account:ListRegions", "ec2:DescribeRegions"].map((operation) => ({
    operation,
    kind: "access-denied" as const,
  }));
  const { account } = await scanned({ ...world, faults }, { regions: ["af-south-1"] });
  expect(account("222222222222").regions).toMatchObject([
    { trails: [{ $unknown: { reason: "region-disabled" } }] },
  ]);
});

test("entry credentials that end and are not replaced leave the rest unreachable or denied", async () => {
  const faults = [{ operation: "sts:AssumeRole", kind: "expired-token" as const }];
  const { account, error } = await scanned({ ...worldFile("every-kind-of-resource"), faults });
  expect(error).toBeNull();
  const { unreachable } = account("222222222222");
  expect(reasonOf(unreachable)).toBe("account-unreachable");
  expect(JSON.stringify(unreachable)).toContain("the entry credentials are still the same");
});
