import { describe, expect, test } from "vitest";
import { type Audited, audit } from "../../src/evaluate/audit.ts";
import { outcomeOf } from "../../src/evaluate/outcome.ts";
import { membersOf, type Scope } from "../../src/evaluate/scope.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { compilePolicy } from "../../src/policy/compile.ts";
import { builtinFrameworks } from "../../src/policy/frameworks.ts";
import { resolveParameters } from "../../src/policy/parameters.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import {
  ARCHIVE,
  aBucket,
  aKey,
  aListed,
  aLocalTrail,
  aLogGroup,
  anAccount,
  anOrganization,
  aRegion,
  aSnapshot,
  aTrail,
  CONTEXT,
  denied,
  itsResources,
  LOCAL_TRAIL,
  MANAGEMENT,
  ORG_TRAIL,
  sees,
  WORKLOAD,
} from "../subjects/a-snapshot.ts";

const organization = anOrganization({
  accounts: [
    aListed(MANAGEMENT),
    aListed(WORKLOAD, { ouPath: "Root/Payments/Prod" }),
    aListed(ARCHIVE, { ouPath: "Root/PaymentsOld" }),
    aListed("444444444444", { ouPath: "Root/Payments", skipped: "state SUSPENDED" }),
  ],
});

describe("in a scope are", () => {
  test.each<[string, Omit<Scope, "name">, string[]]>([
    ["all accounts, where it names none", {}, [MANAGEMENT, WORKLOAD, ARCHIVE, "444444444444"]],
    ["the accounts that it names", { accounts: [WORKLOAD] }, [WORKLOAD]],
    [
      "those below its units, by whole names",
      { ous: ["Root/Payments"] },
      [WORKLOAD, "444444444444"],
    ],
    ["both together", { ous: ["Root/PaymentsOld"], accounts: [MANAGEMENT] }, [MANAGEMENT, ARCHIVE]],
    [
      "less the excepted, even where they are named",
      { ous: ["Root"], accounts: [WORKLOAD], exceptAccounts: [WORKLOAD, "444444444444"] },
      [MANAGEMENT, ARCHIVE],
    ],
  ])("%s", (_, scope, expected) => {
    expect([...membersOf({ name: "s", ...scope }, organization)]).toEqual(expected);
  });
});

describe("a scope is refused", () => {
  const unlisted = anOrganization({
    accounts: [aListed(MANAGEMENT), aListed(WORKLOAD, { ouPath: denied })],
  });
  test.each<[string, Omit<Scope, "name">, typeof organization, string, string]>([
    [
      "that matches no account to audit",
      { accounts: ["444444444444"] },
      organization,
      "no-accounts",
      'scope "s": no account',
    ],
    [
      "that names a stranger",
      { accounts: [WORKLOAD, "999999999999"] },
      organization,
      "bad-config",
      "account 999999999999 is not in the organization",
    ],
    [
      "one of whose units holds nothing",
      { ous: ["Root/Payments", "Root/Paiments"] },
      organization,
      "bad-config",
      'no account is below "Root/Paiments"',
    ],
    [
      "by units where an account's is not known",
      { ous: ["Root"] },
      unlisted,
      "cannot-list-accounts",
      `account ${WORKLOAD} is not known`,
    ],
  ])("%s", (_, scope, record, code, message) => {
    expect(() => membersOf({ name: "s", ...scope }, record)).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringContaining(message),
        cure: expect.stringMatching(/./),
      }),
    );
  });

  test("not for units that are not known of accounts that it names or leaves out by id", () => {
    const scope = { name: "s", ous: ["Root"], exceptAccounts: [WORKLOAD] };
    expect([...membersOf(scope, unlisted)]).toEqual([MANAGEMENT]);
    const named = { name: "s", ous: ["Root"], accounts: [WORKLOAD] };
    expect([...membersOf(named, unlisted)]).toEqual([MANAGEMENT, WORKLOAD]);
  });

  test("not for the units of what was not to be audited, nor for units that may be theirs", () => {
    const skipped = aListed(ARCHIVE, { ouPath: denied, skipped: "--exclude-accounts" });
    const record = anOrganization({ accounts: [aListed(MANAGEMENT), skipped] });
    const scope = { name: "s", ous: ["Root", "Root/Archive"] };
    expect([...membersOf(scope, record)]).toEqual([MANAGEMENT]);
  });

  test("not for naming accounts that a scan of single accounts does not list", () => {
    const single = anOrganization({
      id: unknown("outside-scope"),
      accounts: [aListed(WORKLOAD, { ouPath: unknown("outside-scope") })],
    });
    const scope = { name: "s", accounts: [WORKLOAD, "999999999999"] };
    expect([...membersOf(scope, single)]).toEqual([WORKLOAD]);
  });
});

const builtin = builtinPolicies();
const policies = builtin.map((each) => compilePolicy(each, resolveParameters(builtin, {})));
const FRAMEWORKS = builtinFrameworks().filter(({ byDefault }) => byDefault === true);
const GATES = { failOn: "medium", unknownFailsAt: "high" } as const;

async function judged(
  records: readonly SnapshotRecord[],
  scope: Omit<Scope, "name"> | null,
  ofFrameworks: Scope | null = null,
) {
  async function* stream() {
    yield* records;
  }
  const places: string[] = [];
  const told = await audit(stream(), {
    policies,
    subjects: CONTEXT,
    scope: scope === null ? null : { name: "s", ...scope },
    frameworks: FRAMEWORKS.map((framework) => ({ framework, scope: ofFrameworks })),
    each: ({ subject: { kind, id } }) => void places.push(`${kind} ${id}`),
  });
  return { told, places: new Set(places), outcome: outcomeOf(told, GATES) };
}

const failing = ({ findings }: Audited) =>
  findings.map(({ policy, subject: { id } }) => `${policy} ${id}`);
const WORK = { accounts: [WORKLOAD] };
const MINE = { accounts: [MANAGEMENT] };

describe("a run limited to a scope", () => {
  const own = aLocalTrail({
    bucketName: "other-logs",
    logFileValidationEnabled: false,
    ...{ kmsKeyArn: null, logGroupArn: null, logsRoleArn: null, topicArn: null },
  });
  const flawed = aSnapshot({
    resources: [
      ...[aTrail(), own, ...itsResources()],
      aBucket({ arn: "arn:aws:s3:::other-logs", name: "other-logs", versioning: null }),
    ],
    accounts: [
      anAccount(MANAGEMENT),
      anAccount(WORKLOAD, [
        aRegion("us-east-1", []),
        aRegion("eu-west-1", [sees(LOCAL_TRAIL, { isLogging: false })]),
      ]),
    ],
  });

  test("tells nothing of accounts outside: no finding, gate, coverage, count or row", async () => {
    const all = await judged(flawed, null);
    expect(all.outcome).toBe("fail");
    const { told, places, outcome } = await judged(flawed, MINE);
    expect(outcome).toBe("fail");
    // The organization's own finding stays; nothing else of the other account does.
    expect(failing(told)).toEqual(["organization-trail-covers-every-account o-exampleorgid"]);
    expect([...places].filter((each) => each.includes(WORKLOAD))).toEqual([]);
    expect([...places].filter((each) => each.includes("other-logs"))).toEqual([]);
    expect(told.accounts.map(({ id }) => id)).toEqual([MANAGEMENT]);
    expect(told.coverage.flatMap(({ accounts }) => accounts.map(({ id }) => id))).toEqual([
      MANAGEMENT,
    ]);
    expect(told.frameworks.map(({ scope, accounts }) => ({ scope, accounts }))).toEqual([
      { scope: "s", accounts: 1 },
      { scope: "s", accounts: 1 },
    ]);
    expect(all.told.frameworks[0]).toMatchObject({ scope: null, accounts: 2 });
  });

  test("an account outside that could not be entered makes no run incomplete", async () => {
    const records = aSnapshot({
      accounts: [
        anAccount(MANAGEMENT),
        anAccount(WORKLOAD, [denied], { unreachable: denied, regionsFrom: null }),
      ],
    });
    expect((await judged(records, WORK)).outcome).toBe("incomplete");
    const { told } = await judged(records, MINE);
    // What the organization can say of every account is still not known, and says so; nor is
    // whether bucket and key let in the trails that the other account may have.
    expect(told.unknowns.flatMap((group) => group.policies)).toEqual([
      "log-bucket-admits-cloudtrail",
      "log-key-admits-cloudtrail",
      "organization-trail-covers-every-account",
    ]);
    expect(told.accounts.map(({ state }) => state)).toEqual(["audited"]);
  });

  test("keeps the trail of another account that records it, its root, bucket and key", async () => {
    const stopped = [aRegion("us-east-1", [sees(ORG_TRAIL, { isLogging: false })])];
    const records = aSnapshot({
      organization: { trustedAccess: false },
      resources: [aTrail(), aBucket({ versioning: null }), aKey({ enabled: false }), aLogGroup()],
      accounts: [anAccount(MANAGEMENT, stopped), anAccount(WORKLOAD, stopped)],
    });
    const { told, places } = await judged(records, WORK);
    expect(failing(told)).toEqual(failing((await judged(records, null)).told));
    expect(failing(told)).toContain(`trail-is-logging ${ORG_TRAIL}@${MANAGEMENT}`);
    expect(places).toContain(`trail ${ORG_TRAIL}`);
    expect(places).not.toContain(`account ${MANAGEMENT}`);
    expect(places).not.toContain(`region ${MANAGEMENT}/us-east-1`);
  });

  test("leaves out an organization trail that does not reach it", async () => {
    const records = aSnapshot({
      accounts: [anAccount(MANAGEMENT), anAccount(WORKLOAD, [aRegion("us-east-1", [])])],
    });
    const { places } = await judged(records, WORK);
    expect([...places].filter((each) => each.startsWith("trail "))).toEqual([]);
    expect([...places].filter((each) => each.startsWith("bucket "))).toEqual([]);
  });

  test("keeps what belongs to it and serves others", async () => {
    const { places } = await judged(
      aSnapshot({
        organization: { accounts: [aListed(MANAGEMENT), aListed(WORKLOAD), aListed(ARCHIVE)] },
        accounts: [
          anAccount(MANAGEMENT),
          anAccount(WORKLOAD),
          anAccount(ARCHIVE, [aRegion("us-east-1", [])]),
        ],
      }),
      { accounts: [ARCHIVE] },
    );
    expect(places).toContain("bucket arn:aws:s3:::example-trail-logs");
    expect(places).not.toContain(`key ${aKey().arn}`);
  });

  test("keeps a trail that nothing comes after", async () => {
    const bare = aTrail({ bucketName: null, kmsKeyArn: null, logGroupArn: null });
    const records = aSnapshot({ header: { scope: "accounts" }, resources: [bare] });
    expect((await judged(records, WORK)).places).toContain(`trail ${ORG_TRAIL}`);
  });
});

test("a framework is asked about the accounts of its own scope, within that of the run", async () => {
  const scope = { name: "cde", accounts: [WORKLOAD] };
  const summary = ({ told }: { told: Audited }) =>
    told.frameworks.map(({ scope: name, accounts, controls }) => ({
      ...{ name, accounts },
      rows: [...new Set(controls.flatMap((each) => each.accounts.map(({ id }) => id)))],
    }));
  const alone = await judged(aSnapshot(), null, scope);
  const one = { name: "cde", accounts: 1, rows: [WORKLOAD] };
  expect(summary(alone)).toEqual([one, one]);
  expect(alone.told.accounts.filter(({ state }) => state !== "skipped")).toHaveLength(2);
  const within = { name: "cde and s", accounts: 1, rows: [WORKLOAD] };
  expect(summary(await judged(aSnapshot(), {}, scope))).toEqual([within, within]);
  const none = { name: "cde and s", accounts: 0, rows: [] };
  const outside = await judged(aSnapshot(), MINE, scope);
  expect(summary(outside)).toEqual([none, none]);
  const states = outside.told.frameworks.flatMap(({ controls }) =>
    controls.map((each) => each.state),
  );
  expect(new Set(states)).toEqual(new Set(["not-assessed"]));
});
