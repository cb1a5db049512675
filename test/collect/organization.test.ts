import { expect, test } from "vitest";
import { AuditError } from "../../src/errors.ts";
import type { World } from "../../src/simulate/world.ts";
import { worldFile } from "../simulate/world-files.ts";
import { reasonOf, scanned } from "./scanned.ts";

const eleven = worldFile("eleven-accounts");
const kinds = worldFile("every-kind-of-resource");
const states = [
  "accounts-with-only-state",
  "accounts-with-only-status",
  "accounts-with-state-and-status",
];

const skipped = (scan: Awaited<ReturnType<typeof scanned>>) =>
  Object.fromEntries(scan.organization().accounts.map((each) => [each.id.slice(-2), each.skipped]));
const codeOf = (error: unknown) => (error instanceof AuditError ? error.code : error);

test.for(states)(
  "%s: the accounts that work are expected, the others listed with their state",
  async (name) => {
    const { organization, records } = await scanned(name);
    const expected = organization().accounts.filter((each) => each.skipped === null);
    expect(expected.length).toBeGreaterThan(0);
    for (const { state } of expected) expect(["ACTIVE", "PENDING_CLOSURE", null]).toContain(state);
    for (const { state, skipped: why } of organization().accounts) {
      if (why !== null) expect(why).toBe(`state ${state}`);
    }
    expect(records.filter(({ kind }) => kind === "account")).toHaveLength(expected.length);
  },
);

test("accounts with neither State nor Status end the run: nobody can tell which to audit", async () => {
  const { error, records } = await scanned("accounts-with-neither-state-nor-status");
  expect(codeOf(error)).toBe("cannot-list-accounts");
  expect(records.map(({ kind }) => kind)).toEqual(["header"]);
});

test("no active account ends the run", async () => {
  const { error } = await scanned("no-active-account");
  expect(codeOf(error)).toBe("no-accounts");
});

test("a page that is empty and not the last hides no account", async () => {
  const accounts = Array.from({ length: 45 }, (_, n) => ({ id: String(100_000_000_000 + n) }));
  const world: World = {
    now: "2026-11-01T06:00:00Z",
    regions: { "us-east-1": "ENABLED_BY_DEFAULT" },
    organization: { managementAccount: "100000000000", emptyPages: [1] },
    accounts,
  };
  const { organization, records } = await scanned(world);
  expect(organization().accounts).toHaveLength(45);
  expect(records.filter(({ kind }) => kind === "account")).toHaveLength(45);
});

test.for([
  { operation: "organizations:ListAccounts", code: "cannot-list-accounts" },
  { operation: "sts:GetCallerIdentity", code: "no-credentials" },
])("$operation refused ends the run with $code and a cure", async ({ operation, code }) => {
  const faults = [{ operation, kind: "access-denied" as const }];
  const { error } = await scanned({ ...eleven, faults });
  expect(codeOf(error)).toBe(code);
  expect(error instanceof AuditError && error.cure).toMatch(/credentials/i);
});

test("a list of accounts that breaks off ends the run: it must not shrink silently", async () => {
  const accounts = Array.from({ length: 25 }, (_, n) => ({ id: String(100_000_000_000 + n) }));
  const { error } = await scanned({
    ...eleven,
    accounts,
    organization: { managementAccount: "100000000000" },
    trails: [],
    buckets: [],
    keys: [],
    faults: [{ operation: "organizations:ListAccounts", kind: "access-denied", after: 1 }],
  });
  expect(codeOf(error)).toBe("cannot-list-accounts");
});

test("credentials that cannot be had end the run", async () => {
  const credentials = () => Promise.reject(new Error("no profile"));
  const { error } = await scanned(eleven, {}, { connection: { credentials } });
  expect(codeOf(error)).toBe("no-credentials");
});

test("eleven accounts: two suspended are skipped, one is unreachable, a closing one is audited", async () => {
  const scan = await scanned("eleven-accounts");
  expect(scan.organization().accounts).toHaveLength(11);
  expect(skipped(scan)).toMatchObject({
    "07": "state SUSPENDED",
    "08": "state SUSPENDED",
    "09": null,
  });
  expect(reasonOf(scan.account("100000000010").unreachable)).toBe("account-unreachable");
  expect(scan.account("100000000009").unreachable).toBeNull();
});

test("options narrow the accounts, and each left out says by which", async () => {
  const scan = await scanned(eleven, {
    accounts: ["100000000001", "100000000002", "100000000003", "100000000008"],
    excludeAccounts: ["100000000003"],
  });
  expect(skipped(scan)).toMatchObject({
    "01": null,
    "02": null,
    "03": "--exclude-accounts",
    "04": "not in --accounts",
    "08": "state SUSPENDED",
  });
  expect(scan.records.filter(({ kind }) => kind === "account")).toHaveLength(2);
});

test("an account asked for that is not in the organization is a bad option", async () => {
  const { error } = await scanned(eleven, { accounts: ["999999999999"] });
  expect(codeOf(error)).toBe("bad-option");
});

test.for([
  { ou: "Root/Security", expected: ["222222222222", "333333333333"] },
  { ou: "Root", expected: ["111111111111", "222222222222", "333333333333"] },
])("the unit $ou holds $expected, with and without Paths in the list", async ({ ou, expected }) => {
  for (const listsPaths of [true, false]) {
    const world = { ...kinds, organization: { managementAccount: "111111111111", listsPaths } };
    const { organization } = await scanned(world, { ous: [ou] });
    const asked = organization().accounts.filter((each) => each.skipped === null);
    expect(asked.map(({ id }) => id)).toEqual(expected);
    expect(organization().accounts.map(({ ouPath }) => ouPath)).toEqual([
      "Root",
      "Root/Security",
      "Root/Security",
    ]);
  }
});

test("units that cannot be read end a run that was to be narrowed by them", async () => {
  const faults = [{ operation: "organizations:ListRoots", kind: "access-denied" as const }];
  const { error } = await scanned({ ...kinds, faults }, { ous: ["Root/Security"] });
  expect(codeOf(error)).toBe("cannot-list-accounts");
});

const HUB = "444444444444";
const hubWorld = (trusts: string[]): World => ({
  ...kinds,
  accounts: [
    ...kinds.accounts.map((each) =>
      each.id === "111111111111"
        ? { ...each, roles: [{ name: "OrganizationReader", trusts: [HUB] }] }
        : { ...each, roles: [{ name: "TrailproofAuditor", trusts }] },
    ),
    { id: HUB, name: "hub" },
  ],
});

test.for([
  { who: "the hub", trusts: [HUB], role: "OrganizationReader" },
  { who: "the management account", trusts: ["111111111111"], role: "OrganizationReader" },
  {
    who: "the hub, by the role's ARN",
    trusts: [HUB],
    role: "arn:aws:iam::111111111111:role/OrganizationReader",
  },
])(
  "an entry account that is neither reaches all through --organization-role where members trust $who",
  async ({ trusts, role }) => {
    const { error, account } = await scanned(
      hubWorld(trusts),
      { organizationRole: role },
      { entry: HUB },
    );
    expect(error).toBeNull();
    for (const id of ["111111111111", "222222222222", "333333333333", HUB]) {
      expect(account(id).unreachable).toBeNull();
    }
  },
);

test("an --organization-role that cannot be used ends the run", async () => {
  const { error } = await scanned(hubWorld([HUB]), { organizationRole: "Nobody" }, { entry: HUB });
  expect(codeOf(error)).toBe("cannot-list-accounts");
});

test("a role with an external id is assumed with it, and not without", async () => {
  const world = { ...kinds, roles: [{ name: "audit/Reader", externalId: "secret-word" }] };
  const named = { role: "audit/Reader" };
  const without = await scanned(world, named);
  expect(reasonOf(without.account("222222222222").unreachable)).toBe("account-unreachable");
  const withId = await scanned(world, { ...named, externalId: "secret-word" });
  expect(withId.account("222222222222").unreachable).toBeNull();
});

test("a list of accounts without organization is entered by role, the caller's own by itself", async () => {
  const { account, count, organization } = await scanned(kinds, {
    scope: "accounts",
    accounts: ["111111111111", "333333333333"],
  });
  expect(organization().accounts.map(({ id }) => id)).toEqual(["111111111111", "333333333333"]);
  expect(account("333333333333").unreachable).toBeNull();
  expect(count("sts:AssumeRole")).toBe(1);
  expect(count("organizations:*")).toBe(0);
});
