import { expect, test } from "vitest";
import { observationOf } from "../../src/snapshot/observation.ts";
import { worldFile } from "../simulate/world-files.ts";
import { markers, reasonOf, scanned } from "./scanned.ts";

const kinds = worldFile("every-kind-of-resource");
const STORE =
  "arn:aws:cloudtrail:us-east-1:111111111111:eventdatastore/00000000-0000-4000-8000-000000000001";
const regionOf = (scan: Awaited<ReturnType<typeof scanned>>, account: string, name: string) =>
  scan.account(account).regions.find((each) => Reflect.get(each, "name") === name);

test("an event data store is told once, by its owner, wherever it is listed", async () => {
  const scan = await scanned(kinds);
  expect(scan.eventDataStore("0001")).toMatchObject({
    arn: STORE,
    name: "all-events",
    accountId: "111111111111",
    exists: true,
    status: "ENABLED",
    isOrganization: true,
    retentionDays: 2557,
    terminationProtected: true,
    kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/trail-key",
    eventSelectors: { basic: [], advanced: [{ fieldSelectors: [{ equals: ["Management"] }] }] },
    policy: expect.stringContaining("cloudtrail:StartQuery"),
  });
  // A delegated administrator lists the organization's too.
  for (const account of ["111111111111", "333333333333"]) {
    expect(regionOf(scan, account, "us-east-1")).toMatchObject({ eventDataStores: [STORE] });
  }
  expect(regionOf(scan, "222222222222", "us-east-1")).toMatchObject({ eventDataStores: [] });
  const told = observationOf(scan.eventDataStore("0001"), "/policy");
  expect(told).toMatchObject({
    operation: "cloudtrail:GetResourcePolicy",
    accountId: "111111111111",
    outcome: "ok",
  });
});

test("whoever lists another account's event data store asks for it where its owner cannot be asked", async () => {
  const scan = await scanned(kinds, { scope: "accounts" }, { entry: "333333333333" });
  expect(scan.eventDataStore("0001")).toMatchObject({ accountId: "111111111111", exists: true });
});

test("an event data store without a policy of its own has none", async () => {
  const [store] = kinds.eventDataStores ?? [];
  if (store === undefined) throw new Error("the world has an event data store");
  const { policy: _, ...open } = store;
  const { eventDataStore } = await scanned({ ...kinds, eventDataStores: [open] });
  expect(eventDataStore("0001").policy).toBeNull();
});

test("a channel that partners use is asked for its policy; an AWS service's own is not", async () => {
  const channel = { name: "partner", account: "222222222222", region: "us-east-1" };
  const scan = await scanned({ ...kinds, channels: [...(kinds.channels ?? []), channel] });
  expect(regionOf(scan, "222222222222", "us-east-1")).toMatchObject({
    channels: [{ name: "partner", policy: null }],
  });
  const service = regionOf(scan, "222222222222", "eu-west-1");
  expect(JSON.stringify(service)).toContain("aws-service-channel/resource-explorer-2/default");
  expect(scan.count("cloudtrail:GetResourcePolicy")).toBe(2);
});

test.for(["access-denied", "error"] as const)(
  "Lake refused in one region (%s) opens that region's lists alone",
  async (kind) => {
    const at = { account: "222222222222", region: "eu-west-1", kind };
    const faults = ["cloudtrail:ListEventDataStores", "cloudtrail:ListChannels"].map(
      (operation) => ({ operation, ...at }),
    );
    const scan = await scanned({ ...kinds, faults });
    const reason = kind === "error" ? "unsupported" : kind;
    expect(scan.records.flatMap((each) => markers(each))).toEqual([
      `/regions/0/eventDataStores/0 ${reason}`,
      `/regions/0/channels/0 ${reason}`,
    ]);
    const [region] = scan.account("222222222222").regions;
    expect(region).toMatchObject({ eventDataStores: [{ $unknown: { more: true } }] });
    expect(reasonOf(region)).toBeNull();
  },
);
