import { DescribeTrailsCommand, GetTrailStatusCommand } from "@aws-sdk/client-cloudtrail";
import { expect, test } from "vitest";
import { demoWorld } from "../../src/simulate/demo-world.ts";
import { DEFAULT_REGIONS, generatedAccountId, generateWorld } from "../../src/simulate/generate.ts";
import { indexed } from "../../src/simulate/indexed-world.ts";
import { readWorld } from "../../src/simulate/world.ts";
import { simulated } from "./simulated.ts";

test("a generated world is one that a file could hold", () => {
  const world = generateWorld({ accounts: 30, localTrails: 2 });
  expect(readWorld(JSON.stringify(world), "generated.yaml")).toEqual(world);
  expect(world.trails).toHaveLength(3);
  expect(world.logGroups?.[0]?.metricFilters).toHaveLength(15);
  expect(Object.keys(world.regions)).toHaveLength(17);
});

test("ten thousand accounts hold nothing per account and region", () => {
  const world = generateWorld({ accounts: 10_000 });
  expect(world.accounts).toHaveLength(10_000);
  expect(world.trails).toHaveLength(1);
  const bytes = JSON.stringify(world).length;
  expect(bytes / 10_000).toBeLessThan(60);
  expect(indexed(world).directory?.units.size).toBe(100);
});

test("the last of ten thousand accounts answers in each region for the organization's trail", async () => {
  const { as } = await simulated(generateWorld({ accounts: 10_000 }));
  const { cloudtrail } = as(generatedAccountId(9_999), DEFAULT_REGIONS.at(-1));
  const { trailList } = await cloudtrail.send(new DescribeTrailsCommand());
  expect(trailList).toHaveLength(1);
  const Name = trailList?.[0]?.TrailARN;
  expect((await cloudtrail.send(new GetTrailStatusCommand({ Name }))).IsLogging).toBe(true);
});

test("of one account the generated world keeps trail and bucket in it", () => {
  const { accounts, buckets } = generateWorld({ accounts: 1, regions: ["eu-west-1"] });
  expect([accounts.length, buckets?.[0]?.account, buckets?.[0]?.region]).toEqual([
    1,
    "100000000000",
    "eu-west-1",
  ]);
});

test("the demo is an organization of twenty-one accounts in several units, always the same", () => {
  const world = demoWorld();
  expect(world.accounts).toHaveLength(21);
  expect(new Set(world.accounts.map((each) => each.ou)).size).toBeGreaterThan(5);
  expect(demoWorld()).toEqual(world);
});
