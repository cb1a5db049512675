import { expect, test } from "vitest";
import type { Judging } from "../../src/evaluate/audit.ts";
import type { SubjectVerdict } from "../../src/evaluate/verdict.ts";
import { type Waiver, type WaiverScope, waiversOn } from "../../src/evaluate/waiver.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { compilePolicy } from "../../src/policy/compile.ts";
import { DEFAULT_REGIONS } from "../../src/simulate/generate.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import { aTrail, everything, ORG_TRAIL } from "../subjects/a-snapshot.ts";
import { ACCOUNTS, judged, type World, worldOf } from "./eleven-worlds.ts";
import { subjectReference, verdictOf } from "./verdicts.ts";

const TODAY = "2026-11-20";
const [, MEMBER = "", OTHER = ""] = ACCOUNTS;

/** A waiver of stopped trails; name what differs. */
const waiver = (difference: Partial<Waiver> = {}): Waiver => ({
  policies: ["trail-is-logging"],
  scope: { resources: [ORG_TRAIL] },
  reason: "An experiment.",
  owner: "alice@example.com",
  expires: "2027-01-31",
  at: "trailproof.yaml:2:5",
  ...difference,
});

const accepting = (...waivers: Waiver[]): Pick<Judging, "accepting"> => ({
  accepting: { waivers, today: TODAY },
});

const small = (world: World) => worldOf({ accounts: 5, ...world });
const STOPPED: World = { status: () => ({ isLogging: false }) };

const region = (account: string, name: string, ouPath: string | null = "Root/Workloads/Shop") =>
  subjectReference({
    kind: "region",
    id: `${account}/${name}`,
    account,
    region: name,
    ouPath,
    arn: null,
  });
const replica = subjectReference({
  kind: "replica",
  id: `${ORG_TRAIL}@${MEMBER}/eu-west-1`,
  arn: ORG_TRAIL,
  account: MEMBER,
  region: "eu-west-1",
});

test.for<{ scope: WaiverScope; subject: SubjectVerdict["subject"]; covers: boolean }>([
  { scope: {}, subject: replica, covers: true },
  { scope: { accounts: [OTHER, MEMBER] }, subject: replica, covers: true },
  { scope: { accounts: [OTHER] }, subject: replica, covers: false },
  { scope: { regions: ["eu-west-1"] }, subject: replica, covers: true },
  { scope: { regions: ["eu-west-2"] }, subject: replica, covers: false },
  { scope: { accounts: [MEMBER], regions: ["eu-west-2"] }, subject: replica, covers: false },
  { scope: { ous: ["Root/Workloads"] }, subject: region(MEMBER, "eu-west-1"), covers: true },
  { scope: { ous: ["Root/Workloads/Shop"] }, subject: region(MEMBER, "eu-west-1"), covers: true },
  { scope: { ous: ["Root/Work"] }, subject: region(MEMBER, "eu-west-1"), covers: false },
  { scope: { ous: ["null"] }, subject: region(MEMBER, "eu-west-1", null), covers: false },
  { scope: { resources: [ORG_TRAIL] }, subject: replica, covers: true },
  { scope: { resources: [replica.id] }, subject: replica, covers: true },
  { scope: { resources: [`${ORG_TRAIL}@${MEMBER}`] }, subject: replica, covers: true },
  { scope: { resources: [`${ORG_TRAIL}@${OTHER}`] }, subject: replica, covers: false },
  { scope: { resources: [MEMBER] }, subject: region(MEMBER, "eu-west-1"), covers: true },
  { scope: { resources: [ORG_TRAIL.slice(0, -1)] }, subject: replica, covers: false },
])("the scope $scope on $subject.id: $covers", ({ scope, subject, covers }) => {
  const waivers = waiversOn([waiver({ scope })], TODAY);
  const verdict = verdictOf({ policy: "trail-is-logging", subject });
  expect(waivers.match(verdict).live !== null).toBe(covers);
  expect(waivers.match({ ...verdict, policy: "trail-is-multi-region" }).live).toBe(null);
});

test.for([
  ["2026-11-19", false],
  ["2026-11-20", true],
  ["2026-11-21", true],
])("a waiver until %s holds on 2026-11-20: %s", ([expires, holds]) => {
  const one = waiver({ scope: {}, expires: String(expires) });
  const match = waiversOn([one], TODAY).match(verdictOf({ policy: "trail-is-logging" }));
  expect(match).toEqual(holds ? { live: one, expired: null } : { live: null, expired: one });
});

test("a waiver of a root alone: what fails because of it becomes findings of its own", async () => {
  const without = await judged(small(STOPPED));
  expect(without.findings.map(({ policy }) => policy)).toEqual(["trail-is-logging"]);
  const told = await judged(small(STOPPED), accepting(waiver()));
  expect(told.waived.map(({ policy, explainedBy }) => [policy, explainedBy])).toEqual(
    ACCOUNTS.slice(0, 5).map(() => ["trail-is-logging", null]),
  );
  expect(told.waived[0]).toMatchObject({ verdict: "fail", waiver: { owner: "alice@example.com" } });
  expect(told.findings.map(({ policy }) => policy).sort()).toEqual([
    ...ACCOUNTS.slice(0, 5).map(() => "account-has-multi-region-trail-logging"),
    "organization-trail-covers-every-account",
  ]);
  // An account's own flaw explains that of its regions, as ever.
  const after = told.explained.map(({ explainedBy }) => explainedBy);
  const accounts = told.findings.filter(({ policy }) => policy.startsWith("account-"));
  expect(new Set(after)).toEqual(new Set(accounts.map(({ fingerprint }) => fingerprint)));
});

/** One for management events, five for the data events that are asked of a region. */
const OF_REGIONS = [
  "region-management-events-recorded",
  "region-bedrock-activity-recorded",
  "region-dynamodb-item-events-recorded",
  "region-lambda-invocations-recorded",
  "region-s3-object-reads-recorded",
  "region-s3-object-writes-recorded",
];
const NAMED = [
  "trail-is-logging",
  "account-has-multi-region-trail-logging",
  "organization-trail-covers-every-account",
  "trail-global-service-events-recorded",
  ...OF_REGIONS,
];

test("a waiver of a root covers what follows for the policies it names, though its scope is the root's", async () => {
  const told = await judged(small(STOPPED), accepting(waiver({ policies: NAMED })));
  expect(told.findings).toEqual([]);
  expect(told.explained).toEqual([]);
  const own = told.waived.filter(({ explainedBy }) => explainedBy === null);
  expect(new Set(own.map(({ policy }) => policy))).toEqual(new Set(["trail-is-logging"]));
  const roots = own.map(({ fingerprint }) => fingerprint);
  const followers = told.waived.filter(({ explainedBy }) => explainedBy !== null);
  expect(followers.filter(({ explainedBy }) => !roots.includes(explainedBy ?? ""))).toEqual([]);
  expect(followers.length).toBe(5 + 5 * OF_REGIONS.length + 1);
});

test("verdicts are counted as waived, each once, and each can be asked", async () => {
  const verdicts: SubjectVerdict[] = [];
  const open = await judged(small(STOPPED));
  const told = await judged(small(STOPPED), {
    ...accepting(waiver({ policies: NAMED })),
    each: (verdict) => void verdicts.push(verdict),
  });
  expect(told.verdicts).toEqual({ ...open.verdicts, fail: 0, waived: open.verdicts.fail });
  const waived = verdicts.filter((each) => told.waiverOf(each) !== null);
  expect(waived.length).toBe(told.verdicts.waived);
  expect(waived.every(({ verdict }) => verdict === "fail")).toBe(true);
});

test("a waiver hides nothing that has a cause of its own", async () => {
  const world: World = {
    status: (account) => (account === MEMBER ? { latestDeliveryError: "AccessDenied" } : {}),
    trail: { logFileValidationEnabled: false },
  };
  const open = await judged(small(world));
  const told = await judged(
    small(world),
    accepting(waiver({ policies: ["trail-log-file-validation-enabled"] })),
  );
  expect(open.findings.length - told.findings.length).toBe(1);
  expect(told.findings.map(({ policy, subject }) => `${policy} ${subject.account}`)).toContain(
    `trail-s3-delivery-working ${MEMBER}`,
  );
});

test("where an accepted cause and an open one are needed together, the open one stays the cause", async () => {
  const world: World = {
    ...STOPPED,
    trail: {
      eventSelectors: everything({ field: "eventSource", notEquals: ["kms.amazonaws.com"] }),
    },
  };
  const ids = [
    "trail-is-logging",
    "trail-management-events-not-excluded",
    "region-management-events-recorded",
  ];
  const policies = builtinPolicies().filter(({ id }) => ids.includes(id));
  const told = await judged(small(world), {
    ...accepting(waiver({ policies: NAMED })),
    policies: policies.map((policy) => compilePolicy(policy, {})),
  });
  const root = told.findings.find(
    ({ policy }) => policy === "trail-management-events-not-excluded",
  );
  const regions = told.explained.filter(
    ({ policy }) => policy === "region-management-events-recorded",
  );
  expect(regions.map(({ explainedBy }) => explainedBy)).toEqual(
    regions.map(() => root?.fingerprint),
  );
  expect(regions.length).toBe(5);
  expect(told.findings.map(({ policy }) => policy)).not.toContain(
    "region-management-events-recorded",
  );
});

test("an accepted effect of an open cause is waived itself, and hides the cause from nobody", async () => {
  const accepted = waiver({
    policies: ["region-management-events-recorded"],
    scope: { accounts: [MEMBER] },
  });
  const told = await judged(small(STOPPED), accepting(accepted));
  expect(told.findings.map(({ policy }) => policy)).toEqual(["trail-is-logging"]);
  expect(told.waived.map(({ policy, subject }) => `${policy} ${subject.id}`)).toEqual([
    `region-management-events-recorded ${MEMBER}`,
  ]);
  expect(told.waived[0]?.regions).toEqual(DEFAULT_REGIONS);
});

test("a waiver of some regions leaves the others a finding of the same fingerprint", async () => {
  const world: World = {
    status: (account) => (account === MEMBER ? { latestDeliveryError: "AccessDenied" } : {}),
  };
  const scope = { accounts: [MEMBER], regions: ["eu-west-1", "eu-west-2"] };
  const told = await judged(
    small(world),
    accepting(waiver({ policies: ["trail-s3-delivery-working"], scope })),
  );
  const of = (list: readonly { policy: string; regions: string[] }[]) =>
    list.find(({ policy }) => policy === "trail-s3-delivery-working")?.regions;
  expect(of(told.waived)).toEqual(["eu-west-1", "eu-west-2"]);
  expect(of(told.findings)?.length).toBe(DEFAULT_REGIONS.length - 2);
});

const BLIND: World = {
  account: (record) =>
    record.id !== MEMBER
      ? record
      : {
          ...record,
          regions: [],
          unreachable: unknown("account-unreachable", { action: "sts:AssumeRole" }),
        },
};

test("an undecided verdict that is accepted counts as no unknown, and stays visible", async () => {
  const open = await judged(small(BLIND));
  const policies = open.unknowns.flatMap((group) => group.policies);
  expect(open.findings.map(({ policy }) => policy)).toEqual(["account-audited"]);
  const told = await judged(
    small(BLIND),
    accepting(waiver({ policies: [...new Set(policies)], scope: { accounts: [MEMBER] } })),
  );
  const left = told.unknowns.flatMap((group) => group.places).filter((at) => at.includes(MEMBER));
  expect(left).toEqual([]);
  expect(told.verdicts.waived).toBeGreaterThan(5);
  expect(told.verdicts.unknown + told.verdicts.waived).toBe(open.verdicts.unknown);
  const one = told.waived.find(({ policy }) => policy === "account-has-multi-region-trail-logging");
  expect(one).toMatchObject({
    verdict: "unknown",
    message: "not known: account-unreachable (sts:AssumeRole)",
    subject: { id: MEMBER },
  });
  // What is accepted is not seen all the same.
  expect(told.accounts.find(({ id }) => id === MEMBER)?.state).toBe("unreachable");
});

test("after its last day the finding is back, and marked", async () => {
  const old = waiver({ expires: "2026-11-19" });
  const told = await judged(small(STOPPED), accepting(old));
  const [finding] = told.findings;
  expect(finding).toMatchObject({
    policy: "trail-is-logging",
    expiredWaiver: { reason: old.reason, owner: old.owner, expires: old.expires },
  });
  expect(told.waived).toEqual([]);
  const renewed = await judged(
    small(STOPPED),
    accepting(old, waiver({ at: "trailproof.yaml:9:5" })),
  );
  expect(renewed.findings.filter((each) => each.expiredWaiver !== undefined)).toEqual([]);
});

test("findings of redundant trails can be waived too", async () => {
  const arn = `arn:aws:cloudtrail:us-east-1:${MEMBER}:trail/own`;
  const own = aTrail({
    arn,
    name: "own",
    accountId: MEMBER,
    isOrganizationTrail: false,
    kmsKeyArn: null,
  });
  const world: World = { own: (id) => (id === MEMBER ? [own] : []) };
  const open = await judged(small(world));
  expect(open.additional.map(({ policy }) => policy)).toContain("trail-encrypted-with-kms");
  const told = await judged(
    small(world),
    accepting(waiver({ policies: ["trail-encrypted-with-kms"], scope: { resources: [arn] } })),
  );
  expect(told.additional.length).toBe(open.additional.length - 1);
  expect(told.waived.map(({ policy }) => policy)).toEqual(["trail-encrypted-with-kms"]);
});
