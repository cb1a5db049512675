import { expect, test } from "vitest";
import type { World } from "../../src/simulate/world.ts";
import type { ServiceControlPolicies } from "../../src/snapshot/organization-record.ts";
import { isUnknown } from "../../src/snapshot/unknown.ts";
import { worldFile } from "../simulate/world-files.ts";
import { reasonOf, scanned } from "./scanned.ts";

const kinds = worldFile("every-kind-of-resource");
const document = (Effect: string, Action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect, Action, Resource: "*" }],
});

type Organization = NonNullable<World["organization"]>;
const organized = (organization: Partial<Organization>): World => ({
  ...kinds,
  organization: { managementAccount: "111111111111", ...organization },
});

const ofRecord = (scan: Awaited<ReturnType<typeof scanned>>): ServiceControlPolicies => {
  const { serviceControlPolicies: read } = scan.organization();
  if (isUnknown(read)) throw new Error(JSON.stringify(read));
  return read;
};

test("policies are told with documents and targets, FullAWSAccess without where others deny alone", async () => {
  const scan = await scanned(kinds);
  const { enabled, policies } = ofRecord(scan);
  expect(enabled).toBe(true);
  expect(policies.map(({ name }) => name).sort()).toEqual(["FullAWSAccess", "protect-trails"]);
  const own = policies.find(({ name }) => name === "protect-trails");
  expect(own).toMatchObject({ content: expect.stringContaining("cloudtrail:StopLogging") });
  expect(own?.targets).toHaveLength(3);
  expect(scan.count("organizations:ListTargetsForPolicy")).toBe(1);
});

test("where another policy allows something, FullAWSAccess's targets are asked", async () => {
  const scan = await scanned(
    organized({
      serviceControlPolicies: [
        { name: "only-ec2", targets: ["Security"], policy: document("Allow", "ec2:*") },
      ],
    }),
  );
  const full = ofRecord(scan).policies.find(({ name }) => name === "FullAWSAccess");
  expect(full?.targets).toEqual(expect.arrayContaining(["r-root", "111111111111"]));
});

test("a policy that is attached to nothing is not asked for its document, and opens no question", async () => {
  const scan = await scanned(
    organized({
      serviceControlPolicies: [{ name: "idle", targets: [], policy: document("Allow", "ec2:*") }],
    }),
  );
  const idle = ofRecord(scan).policies.find(({ name }) => name === "idle");
  expect(idle).toMatchObject({ targets: [] });
  expect(reasonOf(idle?.content)).toBe("not-collected");
  expect(scan.count("organizations:DescribePolicy")).toBe(1);
  expect(scan.count("organizations:ListTargetsForPolicy")).toBe(1);
});

test.for(["DISABLED", "PENDING_ENABLE", "PENDING_DISABLE"] as const)(
  "a policy type that is %s binds nobody, and no policy is listed",
  async (serviceControlPolicyStatus) => {
    const scan = await scanned(organized({ serviceControlPolicyStatus }));
    expect(ofRecord(scan)).toEqual({ enabled: false, policies: [] });
    expect(scan.count("organizations:ListPolicies")).toBe(0);
  },
);

test("no audit waits for the organization's policies, whose record still comes first", async () => {
  const serviceControlPolicies = Array.from({ length: 6 }, (_, index) => ({
    name: `policy-${index}`,
    targets: ["root"],
    policy: document("Deny", "cloudtrail:StopLogging"),
  }));
  const { calls, records } = await scanned(organized({ serviceControlPolicies }));
  const operations = calls.map(({ operation }) => operation);
  expect(operations.indexOf("cloudtrail:GetTrailStatus")).toBeLessThan(
    operations.lastIndexOf("organizations:DescribePolicy"),
  );
  expect(records.map(({ kind }) => kind).slice(0, 2)).toEqual(["header", "organization"]);
});

test("no delegation policy is null, and one is kept as text", async () => {
  expect((await scanned(organized({}))).organization().delegationPolicy).toBeNull();
  expect((await scanned(kinds)).organization().delegationPolicy).toContain("333333333333:root");
});
