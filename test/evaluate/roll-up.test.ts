import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { audit, type Judging } from "../../src/evaluate/audit.ts";
import type { ScopedFramework } from "../../src/evaluate/roll-up-scope.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { compilePolicy } from "../../src/policy/compile.ts";
import type { Framework, Strength } from "../../src/policy/framework.ts";
import { builtinFrameworks } from "../../src/policy/frameworks.ts";
import { resolveParameters } from "../../src/policy/parameters.ts";
import { FrameworkRollUpSchema } from "../../src/report/framework-schema.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import {
  aBucket,
  aKey,
  aListed,
  aLocalTrail,
  aLogGroup,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  CONTEXT,
  denied,
  LOCAL_TRAIL,
  MANAGEMENT,
  ORG_TRAIL,
  sees,
  WORKLOAD,
} from "../subjects/a-snapshot.ts";

const builtin = builtinPolicies();
const parameters = resolveParameters(builtin, {});
const POLICIES = builtin.map((policy) => compilePolicy(policy, parameters));

/** A framework with one control, `1`, and these policies. */
function asking(...mapped: [string, Strength][]): Framework {
  const policies = mapped.map(([policy, strength]) => ({
    ...{ policy, strength },
    ...{ shows: "this", doesNotShow: "that", source: "own reading" },
  }));
  const control = { id: "1", paraphrase: "It is so.", policies };
  return { id: "fw", title: "FW", published: "2026", reference: "", controls: [control] };
}

async function told(
  records: readonly SnapshotRecord[],
  frameworks: readonly Framework[],
  judging: Partial<Judging> = {},
) {
  async function* stream() {
    yield* records;
  }
  const scoped: ScopedFramework[] = frameworks.map((framework) => ({ framework, scope: null }));
  const all = { policies: POLICIES, subjects: CONTEXT, frameworks: scoped, ...judging };
  return audit(stream(), all);
}

/** By account, the state of the one control. */
async function states(
  records: readonly SnapshotRecord[],
  framework: Framework,
  judging: Partial<Judging> = {},
) {
  const [rolled] = (await told(records, [framework], judging)).frameworks;
  const rows = rolled?.controls[0]?.accounts ?? [];
  return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
}

const both = (management: string, workload: string) => ({
  [MANAGEMENT]: management,
  [WORKLOAD]: workload,
});

describe("an account inherits the verdicts", () => {
  const broken: [string, string, Parameters<typeof aSnapshot>[0]][] = [
    [
      "of the trail that records it",
      "trail-log-file-validation-enabled",
      { resources: [aTrail({ logFileValidationEnabled: false }), aBucket(), aKey(), aLogGroup()] },
    ],
    [
      "of its trail's bucket",
      "log-bucket-versioning-enabled",
      { resources: [aTrail(), aBucket({ versioning: null }), aKey(), aLogGroup()] },
    ],
    [
      "of its trail's key",
      "log-key-enabled",
      { resources: [aTrail(), aBucket(), aKey({ enabled: false }), aLogGroup()] },
    ],
    [
      "of the organization",
      "organization-trusted-access-enabled",
      { organization: { trustedAccess: false } },
    ],
  ];
  test.each(broken)("%s", async (_, policy, changes) => {
    const framework = asking([policy, "direct"]);
    expect(await states(aSnapshot(), framework)).toEqual(both("supported", "supported"));
    const found = await states(aSnapshot(changes), framework);
    expect(found).toEqual(both("contradicted", "contradicted"));
  });

  test("of its own regions and copies, and of no other account's", async () => {
    const stopped = aRegion("eu-west-1", [sees(ORG_TRAIL, { isLogging: false })]);
    const snapshot = aSnapshot({
      accounts: [anAccount(MANAGEMENT), anAccount(WORKLOAD, [aRegion("us-east-1"), stopped])],
    });
    for (const policy of ["trail-is-logging", "region-management-events-recorded"]) {
      const found = await states(snapshot, asking([policy, "direct"]));
      expect(found).toEqual(both("supported", "contradicted"));
    }
  });

  test("of no trail that does not record it", async () => {
    const snapshot = aSnapshot({
      resources: [
        ...[aTrail(), aLocalTrail({ isMultiRegion: true, logFileValidationEnabled: false })],
        ...[aBucket(), aKey(), aLogGroup()],
      ],
      accounts: [
        anAccount(MANAGEMENT),
        anAccount(WORKLOAD, [
          aRegion("us-east-1", [sees(LOCAL_TRAIL)]),
          aRegion("eu-west-1", [sees(LOCAL_TRAIL)]),
        ]),
      ],
    });
    const found = await states(snapshot, asking(["trail-log-file-validation-enabled", "direct"]));
    expect(found).toEqual(both("supported", "contradicted"));
  });
});

test("the row names the verdict that made the state, its subject, and the trails", async () => {
  const records = aSnapshot({
    resources: [aTrail(), aBucket({ versioning: null }), aKey(), aLogGroup()],
  });
  const framework = asking(
    ["trail-is-logging", "direct"],
    ["log-bucket-versioning-enabled", "partial"],
  );
  const [rolled] = (await told(records, [framework])).frameworks;
  expect(rolled).toMatchObject({ id: "fw", title: "FW", scope: null, accounts: 2 });
  expect(rolled?.controls[0]).toMatchObject({
    state: "contradicted",
    rollUp: { contradicted: 2, supported: 0 },
  });
  expect(rolled?.controls[0]?.accounts[1]).toEqual({
    id: WORKLOAD,
    name: "account 222",
    state: "contradicted",
    trails: [ORG_TRAIL],
    because: [
      {
        policy: "log-bucket-versioning-enabled",
        strength: "partial",
        verdict: "fail",
        subject: "arn:aws:s3:::example-trail-logs",
      },
    ],
  });
});

describe("what was not seen is never support", () => {
  const unreachable = anAccount(WORKLOAD, [denied], { unreachable: denied, regionsFrom: null });
  const everything = builtinFrameworks().flatMap(({ controls }) => controls);

  test("an account that could not be reached supports no control of any framework", async () => {
    const records = aSnapshot({ accounts: [anAccount(MANAGEMENT), unreachable] });
    const { frameworks } = await told(records, builtinFrameworks());
    const rows = frameworks.flatMap(({ controls }) =>
      controls.flatMap(({ accounts }) => accounts.filter(({ id }) => id === WORKLOAD)),
    );
    const assessed = everything.filter(({ policies }) => policies !== undefined);
    expect(rows).toHaveLength(assessed.length);
    expect([...new Set(rows.map(({ state }) => state))].sort()).toEqual([
      "incomplete",
      "not-assessed",
    ]);
  });

  test("nor does one that is expected and that the snapshot says nothing about", async () => {
    const records = aSnapshot({ accounts: [anAccount(MANAGEMENT)] });
    const found = await states(records, asking(["trail-is-logging", "direct"]));
    expect(found).toEqual(both("supported", "incomplete"));
  });

  test("a trail that does not say where it delivers leaves its bucket undecided", async () => {
    const records = aSnapshot({
      resources: [aTrail({ bucketName: denied }), aKey(), aLogGroup()],
    });
    const found = await states(records, asking(["log-bucket-not-public", "direct"]));
    expect(found).toEqual(both("incomplete", "incomplete"));
  });

  test("a bucket that the snapshot does not describe is undecided too", async () => {
    const records = aSnapshot({ resources: [aTrail(), aKey(), aLogGroup()] });
    const found = await states(records, asking(["log-bucket-not-public", "direct"]));
    expect(found).toEqual(both("incomplete", "incomplete"));
  });

  test("a trail without a key has no verdict about keys, which supports nothing", async () => {
    const records = aSnapshot({ resources: [aTrail({ kmsKeyArn: null }), aBucket(), aLogGroup()] });
    const found = await states(records, asking(["log-key-enabled", "direct"]));
    expect(found).toEqual(both("not-assessed", "not-assessed"));
  });

  test("an account without a trail has no verdict about trails", async () => {
    const records = aSnapshot({
      accounts: [anAccount(MANAGEMENT), anAccount(WORKLOAD, [aRegion("us-east-1", [])])],
    });
    const found = await states(records, asking(["trail-encrypted-with-kms", "direct"]));
    expect(found).toEqual(both("supported", "not-assessed"));
  });

  test("a policy that was left out of the run leaves its controls incomplete", async () => {
    const framework = asking(["trail-is-logging", "direct"], ["log-key-enabled", "partial"]);
    const policies = POLICIES.filter(({ policy }) => policy.id !== "log-key-enabled");
    const [rolled] = (await told(aSnapshot(), [framework], { policies })).frameworks;
    expect(rolled?.controls[0]?.accounts[0]).toMatchObject({
      state: "incomplete",
      because: [{ policy: "log-key-enabled", verdict: "not-judged", subject: null }],
    });
  });
});

test("regions hidden by service control policies count as the account's outcome does", async () => {
  const scp = unknown("denied-by-scp", { action: "cloudtrail:DescribeTrails" });
  const hidden = (action: string) =>
    aRegion("eu-west-1", [{ arn: ORG_TRAIL, status: unknown("denied-by-scp", { action }) }]);
  const snapshot = (region: ReturnType<typeof aRegion>, stopped = false) =>
    aSnapshot({
      accounts: [
        anAccount(MANAGEMENT),
        anAccount(WORKLOAD, [
          aRegion("us-east-1", [sees(ORG_TRAIL, { isLogging: !stopped })]),
          region,
        ]),
      ],
    });
  const framework = asking(["trail-is-logging", "direct"]);
  const proven = await states(snapshot(hidden("cloudtrail:GetTrailStatus")), framework);
  expect(proven).toEqual(both("supported", "supported"));
  const open = await states(snapshot(aRegion("eu-west-1", [scp])), framework);
  expect(open).toEqual(both("supported", "supported"));
  const refused = aRegion("eu-west-1", [{ arn: ORG_TRAIL, status: denied }]);
  expect(await states(snapshot(refused), framework)).toEqual(both("supported", "incomplete"));
  const stopped = await states(snapshot(hidden("cloudtrail:GetTrailStatus"), true), framework);
  expect(stopped).toEqual(both("supported", "contradicted"));
  const key = aSnapshot({ resources: [aTrail(), aBucket(), aKey({ enabled: scp }), aLogGroup()] });
  const keys = await states(key, asking(["log-key-enabled", "direct"]));
  expect(keys).toEqual(both("incomplete", "incomplete"));
});

test("an account that the organization trail covers is not contradicted by one that it does not", async () => {
  const records = aSnapshot({
    accounts: [anAccount(MANAGEMENT), anAccount(WORKLOAD, [aRegion("us-east-1", [])])],
  });
  const framework = asking(["organization-trail-covers-every-account", "direct"]);
  expect(await states(records, framework)).toEqual(both("supported", "contradicted"));
});

test("a flaw of a trail that only repeats others moves nothing", async () => {
  const local = { isMultiRegion: true, logFileValidationEnabled: false };
  const records = aSnapshot({
    resources: [aTrail(), aLocalTrail(local), aBucket(), aKey(), aLogGroup()],
    accounts: [
      anAccount(MANAGEMENT),
      anAccount(WORKLOAD, [
        aRegion("us-east-1", [sees(), sees(LOCAL_TRAIL)]),
        aRegion("eu-west-1", [sees(), sees(LOCAL_TRAIL)]),
      ]),
    ],
  });
  const found = await states(records, asking(["trail-log-file-validation-enabled", "direct"]));
  expect(found).toEqual(both("supported", "supported"));
});

describe("what somebody accepted", () => {
  const waiver = (policies: string[], scope = {}) => ({
    waivers: [{ policies, scope, reason: "r", owner: "o", expires: "2027-01-01", at: "x:1:1" }],
    today: "2026-11-20",
  });
  const stopped = [aRegion("us-east-1", [sees(ORG_TRAIL, { isLogging: false })])];
  const records = aSnapshot({ accounts: [anAccount(MANAGEMENT), anAccount(WORKLOAD, stopped)] });

  test("makes a control excepted, never supported", async () => {
    const framework = asking(["trail-is-logging", "direct"]);
    const accepting = waiver(["trail-is-logging"], { accounts: [WORKLOAD] });
    expect(await states(records, framework)).toEqual(both("supported", "contradicted"));
    expect(await states(records, framework, { accepting })).toEqual(both("supported", "excepted"));
  });

  test("covers what follows from it where the waiver names that policy too", async () => {
    const framework = asking(["region-management-events-recorded", "direct"]);
    const local = aLocalTrail({ isMultiRegion: true });
    const own = sees(LOCAL_TRAIL, { isLogging: false });
    const stoppedAtHome = aSnapshot({
      header: { scope: "accounts" },
      resources: [aTrail(), local, aBucket(), aKey(), aLogGroup()],
      accounts: [anAccount(MANAGEMENT), anAccount(WORKLOAD, [aRegion("eu-west-1", [own])])],
    });
    const scope = { resources: [`${LOCAL_TRAIL}@${WORKLOAD}`] };
    const alone = waiver(["trail-is-logging"], scope);
    const found = await states(stoppedAtHome, framework, { accepting: alone });
    expect(found).toEqual(both("supported", "contradicted"));
    const following = [
      "account-has-multi-region-trail-logging",
      "region-management-events-recorded",
    ];
    const accepting = waiver(["trail-is-logging", ...following], scope);
    const covered = await states(stoppedAtHome, framework, { accepting });
    expect(covered).toEqual(both("supported", "excepted"));
  });

  test("does not help once its last day is over", async () => {
    const accepting = { ...waiver(["trail-is-logging"]), today: "2027-01-02" };
    const found = await states(records, asking(["trail-is-logging", "direct"]), { accepting });
    expect(found).toEqual(both("supported", "contradicted"));
  });
});

test("accounts collected in any order give the same roll-up", async () => {
  const stopped = [aRegion("eu-west-1", [sees(ORG_TRAIL, { isLogging: false })])];
  const accounts = [anAccount(MANAGEMENT), anAccount(WORKLOAD, stopped)];
  const one = await told(aSnapshot({ accounts }), builtinFrameworks());
  const other = await told(aSnapshot({ accounts: accounts.toReversed() }), builtinFrameworks());
  expect(other.frameworks).toEqual(one.frameworks);
});

test("10,000 accounts of which most fail take less than 2 MB of results, the worst twenty shown", async () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => String(100_000_000_000 + index));
  const stopped = [aRegion("us-east-1", [sees(ORG_TRAIL, { isLogging: false })])];
  const records = aSnapshot({
    organization: { accounts: [aListed(MANAGEMENT), ...ids.map((id) => aListed(id))] },
    accounts: [anAccount(MANAGEMENT), ...ids.map((id) => anAccount(id, stopped))],
  });
  const byDefault = builtinFrameworks().filter((each) => each.byDefault);
  const { frameworks } = await told(records, byDefault);
  const pci = frameworks.find(({ id }) => id === "pci-dss-4.0.1");
  const logging = pci?.controls.find(({ id }) => id === "10.2.1");
  expect(logging?.rollUp).toMatchObject({ contradicted: 10_000, supported: 1 });
  expect(logging?.accounts).toHaveLength(20);
  expect(logging?.accounts.every(({ state }) => state === "contradicted")).toBe(true);
  expect(JSON.stringify(frameworks, null, 2).length).toBeLessThan(2_000_000);
  const isWellFormed = new Ajv2020({ strict: false }).compile(FrameworkRollUpSchema);
  for (const each of frameworks) expect(isWellFormed(each), each.id).toBe(true);
});
