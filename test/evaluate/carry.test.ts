import { expect, test } from "vitest";
import type { Audit } from "../../src/evaluate/audit.ts";
import type { Earlier } from "../../src/evaluate/diff.ts";
import { DEFAULT_REGIONS } from "../../src/simulate/generate.ts";
import type { AccountRecord } from "../../src/snapshot/account-record.ts";
import type { OrganizationRecord } from "../../src/snapshot/organization-record.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import {
  aHeader,
  aListed,
  aLocalTrail,
  aTrail,
  MANAGEMENT,
  ORG_TRAIL,
} from "../subjects/a-snapshot.ts";
import { ACCOUNTS, judged, type World, worldOf } from "./eleven-worlds.ts";

const [, MEMBER = "", OTHER = ""] = ACCOUNTS;
const LISTED = ACCOUNTS.slice(0, 5);
const STOPPED: World = { accounts: 5, status: () => ({ isLogging: false }) };
const WELL: World = { accounts: 5 };
const DELIVERY: World = {
  accounts: 5,
  status: (account) => (account === MEMBER ? { latestDeliveryError: "AccessDenied" } : {}),
};

const denied = unknown("access-denied", { action: "cloudtrail:DescribeTrails" });

/** The same world, with an account that cannot be entered. */
const without = (world: World, account: string): World => ({
  ...world,
  account: (record) =>
    record.id !== account
      ? record
      : {
          ...record,
          regions: [],
          unreachable: unknown("account-unreachable", { action: "sts:AssumeRole" }),
        },
});

const earlier = ({ header, accounts, findings }: Audit, version = "1.0.0"): Earlier => ({
  version,
  startedAt: header.startedAt,
  accounts,
  findings,
});

/** Judges a world with what another showed before it. */
async function after(before: World, now: World, header: Partial<ReturnType<typeof aHeader>> = {}) {
  const past = earlier(await judged(worldOf(before)));
  const [, ...records] = worldOf(now);
  const told = await judged([aHeader({ ...header }), ...records], {
    past: { baseline: past, carry: past },
  });
  const plain = await judged([aHeader({ ...header }), ...records], {
    past: { baseline: past, carry: null },
  });
  return { past, told, plain };
}

const brief = (findings: Earlier["findings"]) =>
  findings
    .filter(({ verdict }) => verdict === "fail")
    .map(({ policy, subject }) => `${policy} ${subject.account}`);

test("a finding of an account that cannot be entered stands, with its age; without the option it is unseen", async () => {
  const { past, told, plain } = await after(DELIVERY, without(DELIVERY, MEMBER));
  expect(brief(past.findings)).toEqual([`trail-s3-delivery-working ${MEMBER}`]);
  expect(brief(plain.findings)).toEqual([]);
  expect(plain.change?.unseen).toEqual(past.findings);
  const [finding] = told.findings.filter(({ verdict }) => verdict === "fail");
  expect(finding).toEqual({
    ...past.findings[0],
    carriedFrom: { version: "1.0.0", at: past.startedAt },
    isNew: false,
  });
  expect(brief(told.change?.unchanged ?? [])).toEqual([`trail-s3-delivery-working ${MEMBER}`]);
  expect(told.verdicts).toEqual(plain.verdicts);
});

test("a finding whose verdict is now unknown stands, though its account was entered", async () => {
  const unread = (record: AccountRecord): AccountRecord =>
    record.id === MEMBER
      ? {
          ...record,
          regions: record.regions.map((region) =>
            "trails" in region && region.name === "eu-west-1"
              ? { ...region, trails: [{ $unknown: { ...denied.$unknown, more: true } }] }
              : region,
          ),
        }
      : record;
  const one: World = {
    accounts: 5,
    status: (account, region) =>
      account === MEMBER && region === "eu-west-1" ? { latestDeliveryError: "AccessDenied" } : {},
  };
  const { told } = await after(one, { ...WELL, account: unread });
  expect(brief(told.findings)).toEqual([`trail-s3-delivery-working ${MEMBER}`]);
  expect(told.findings.find(({ verdict }) => verdict === "fail")?.regions).toEqual(["eu-west-1"]);
  // Another region that cannot be read holds nothing up.
  const { told: mended } = await after(
    {
      ...one,
      status: (account, region) =>
        account === MEMBER && region === "us-east-2" ? { latestDeliveryError: "AccessDenied" } : {},
    },
    { ...WELL, account: unread },
  );
  expect(brief(mended.findings)).toEqual([]);
  expect(brief(mended.change?.fixed ?? [])).toEqual([`trail-s3-delivery-working ${MEMBER}`]);
});

test("what is carried still explains what fails because of it", async () => {
  const { past, told, plain } = await after(STOPPED, without(STOPPED, MANAGEMENT));
  expect(brief(past.findings)).toEqual([`trail-is-logging ${MANAGEMENT}`]);
  expect(brief(plain.findings).length).toBeGreaterThan(1);
  expect(brief(told.findings)).toEqual([`trail-is-logging ${MANAGEMENT}`]);
  const root = told.findings.find(({ verdict }) => verdict === "fail");
  expect(root?.affects).toEqual(past.findings[0]?.affects);
  expect(root?.gateSeverity).toBe("critical");
  const explained = told.explained.map(({ explainedBy }) => explainedBy);
  expect(new Set(explained)).toEqual(new Set([root?.fingerprint]));
});

test("what is seen again is not carried: fixed, or failing as it fails now", async () => {
  const { told: fixed } = await after(STOPPED, without(WELL, MEMBER));
  expect(brief(fixed.findings)).toEqual([]);
  expect(brief(fixed.change?.fixed ?? [])).toEqual([`trail-is-logging ${MANAGEMENT}`]);
  const { told: open } = await after(STOPPED, without(STOPPED, MEMBER));
  expect(brief(open.findings)).toEqual([`trail-is-logging ${MANAGEMENT}`]);
  expect(open.findings.some(({ carriedFrom }) => carriedFrom !== undefined)).toBe(false);
});

test("the age of what is carried again is that of the first time", async () => {
  const first = earlier(await judged(worldOf(DELIVERY)));
  const blind = worldOf(without(DELIVERY, MEMBER));
  const second = await judged(blind, { past: { baseline: null, carry: first } });
  const then = { ...earlier(second, "1.1.0"), startedAt: "2026-11-21T12:00:00.000Z" };
  const third = await judged(blind, { past: { baseline: null, carry: then } });
  expect(third.findings.map(({ carriedFrom }) => carriedFrom)).toContainEqual({
    version: "1.0.0",
    at: first.startedAt,
  });
  const seen = await judged(worldOf(DELIVERY), {
    past: { baseline: null, carry: earlier(third) },
  });
  expect(seen.findings.map((finding) => "carriedFrom" in finding)).toEqual([false]);
});

const listing = (changes: Record<string, string | null>): Partial<OrganizationRecord> => ({
  accounts: LISTED.filter((id) => changes[id] !== null).map((id) =>
    aListed(id, { skipped: changes[id] ?? null }),
  ),
});

test.for<{ what: string; skipped: string | null; becomes: "gone" | "unchanged" }>([
  { what: "left the organization", skipped: null, becomes: "gone" },
  { what: "is suspended", skipped: "state SUSPENDED", becomes: "gone" },
  { what: "is left out by an option", skipped: "--exclude-accounts", becomes: "unchanged" },
])("a finding of an account that $what is $becomes", async ({ skipped, becomes }) => {
  const [header, organization, ...records] = worldOf({
    ...WELL,
    organization: listing({ [MEMBER]: skipped }),
  });
  const past = earlier(await judged(worldOf(DELIVERY)));
  const now = records.filter((record) => record.kind !== "account" || record.id !== MEMBER);
  if (header === undefined || organization === undefined) throw new Error("no snapshot");
  const told = await judged([header, organization, ...now], {
    past: { baseline: past, carry: past },
  });
  expect(brief(told.change?.[becomes] ?? [])).toEqual([`trail-s3-delivery-working ${MEMBER}`]);
  expect(brief(told.findings).length).toBe(becomes === "gone" ? 0 : 1);
});

const LOCAL = "arn:aws:cloudtrail:eu-west-1:400000000000:trail/local";
const local = aLocalTrail({
  arn: LOCAL,
  accountId: MEMBER,
  kmsKeyArn: null,
  isMultiRegion: true,
  logFileValidationEnabled: false,
});
/** An account's own trail beside none of the organization's: it gates. */
const OWN: World = {
  accounts: 5,
  own: (id) => (id === MEMBER ? [local] : []),
  status: (account) => (account === MEMBER ? null : {}),
};
const DELETED: World = { ...OWN, own: () => [] };
const VALIDATION = `trail-log-file-validation-enabled ${MEMBER}`;

test("a trail that no longer exists is gone, not fixed, and is not carried", async () => {
  const { past, told } = await after(OWN, DELETED);
  expect(brief(past.findings)).toContain(VALIDATION);
  expect(brief(told.change?.gone ?? [])).toContain(VALIDATION);
  expect(brief(told.change?.fixed ?? [])).not.toContain(VALIDATION);
  expect(brief(told.findings)).not.toContain(VALIDATION);
});

test("a trail that was not met in an account that could not be entered is not gone", async () => {
  const { told } = await after(OWN, without(DELETED, MEMBER));
  expect(brief(told.findings)).toContain(VALIDATION);
});

test("a trail outside the regions that were asked for is not gone", async () => {
  const { told } = await after(OWN, DELETED, { arguments: { regions: ["us-east-1"] } });
  expect(brief(told.findings)).toContain(VALIDATION);
  const { told: asked } = await after(OWN, DELETED, { arguments: { regions: ["eu-west-1"] } });
  expect(brief(asked.findings)).not.toContain(VALIDATION);
});

test("a bucket is gone only where every account was audited that was to be before", async () => {
  const world: World = { ...WELL, resources: [aTrail({ kmsKeyArn: null, logGroupArn: null })] };
  const past = earlier(await judged(worldOf(world)));
  const bucket = {
    ...past,
    findings: past.findings.concat(
      past.findings.slice(0, 1).map((finding) => ({
        ...finding,
        policy: "log-bucket-versioning-enabled",
        verdict: "fail" as const,
        fingerprint: "v1:bucket",
        regions: [],
        subject: {
          ...finding.subject,
          kind: "bucket" as const,
          id: "arn:aws:s3:::old",
          account: OTHER,
        },
      })),
    ),
  };
  const judgedNow = (now: World) =>
    judged(worldOf(now), { past: { baseline: bucket, carry: null } });
  const whole = await judgedNow(WELL);
  expect(whole.change?.gone.map(({ subject }) => subject.id)).toContain("arn:aws:s3:::old");
  const part = await judgedNow(without(WELL, MEMBER));
  expect(part.change?.unseen.map(({ subject }) => subject.id)).toContain("arn:aws:s3:::old");
});

test("a finding of a policy that no longer judges is gone", async () => {
  const past = earlier(await judged(worldOf(DELIVERY)));
  const told = await judged(worldOf(without(WELL, MEMBER)), {
    policies: [],
    past: { baseline: past, carry: past },
  });
  expect(told.findings).toEqual([]);
  expect(brief(told.change?.gone ?? [])).toEqual([`trail-s3-delivery-working ${MEMBER}`]);
});

test("an earlier alert that another now explains still fails: covered, not fixed", async () => {
  const { told } = await after(DELIVERY, {
    accounts: 5,
    status: () => ({ latestDeliveryError: "AccessDenied" }),
  });
  expect(brief(told.findings)).toEqual([`trail-s3-delivery-working ${MANAGEMENT}`]);
  expect(brief(told.change?.covered ?? [])).toEqual([`trail-s3-delivery-working ${MEMBER}`]);
  expect(told.findings.map(({ isNew }) => isNew)).toEqual([true]);
});

test("what is carried can be waived", async () => {
  const past = earlier(await judged(worldOf(DELIVERY)));
  const told = await judged(worldOf(without(DELIVERY, MEMBER)), {
    past: { baseline: null, carry: past },
    accepting: {
      today: "2026-11-20",
      waivers: [
        {
          policies: ["trail-s3-delivery-working"],
          scope: { resources: [`${ORG_TRAIL}@${MEMBER}`] },
          reason: "Known.",
          owner: "alice@example.com",
          expires: "2026-12-31",
          at: "trailproof.yaml:2:5",
        },
      ],
    },
  });
  expect(brief(told.findings)).toEqual([]);
  const carried = told.waived.filter(({ carriedFrom }) => carriedFrom !== undefined);
  expect(carried.map(({ policy, regions }) => [policy, regions])).toEqual([
    ["trail-s3-delivery-working", DEFAULT_REGIONS],
  ]);
  expect(told.verdicts.fail).toBe(0);
});

test("causes of what could not be seen are this run's own: never carried", async () => {
  const past = earlier(await judged(worldOf(without(WELL, MEMBER))));
  expect(past.findings.map(({ policy }) => policy)).toEqual(["account-audited"]);
  const told = await judged(worldOf(WELL), { past: { baseline: past, carry: past } });
  expect(told.findings).toEqual([]);
  expect(told.change?.fixed.map(({ policy }) => policy)).toEqual(["account-audited"]);
});

test("how far it reached, and how bad it was, is not forgotten where less is seen", async () => {
  const wide = earlier(await judged(worldOf(DELIVERY)));
  const known = wide.findings.map((finding) => ({
    ...finding,
    gateSeverity: "critical" as const,
    affects: { accounts: 3, regions: 51, sample: [MEMBER] },
  }));
  const told = await judged(worldOf(without(DELIVERY, MEMBER)), {
    past: { baseline: null, carry: { ...wide, findings: known } },
  });
  const carried = told.findings.find(({ carriedFrom }) => carriedFrom !== undefined);
  expect(carried).toMatchObject({
    gateSeverity: "critical",
    affects: { accounts: 3, regions: 51 },
  });
});
