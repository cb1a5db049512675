import { expect, test } from "vitest";
import type { AccountRecord } from "../../src/snapshot/account-record.ts";
import type { OrganizationRecord } from "../../src/snapshot/organization-record.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { isUnknown, unknown, unknownMore } from "../../src/snapshot/unknown.ts";
import {
  ARCHIVE,
  aListed,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  MANAGEMENT,
  ORG_TRAIL,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

async function organization(
  accounts: AccountRecord[],
  {
    trail = aTrail(),
    changes = {},
  }: { trail?: TrailRecord; changes?: Partial<OrganizationRecord> } = {},
) {
  const all = { accounts: [aListed(MANAGEMENT), aListed(WORKLOAD)], ...changes };
  const records = aSnapshot({ resources: [trail], accounts, organization: all });
  return only(await subjectsOf(records), "organization");
}

const fine = anAccount(MANAGEMENT);
const stopped = { isLogging: false };
const without = anAccount(WORKLOAD, [aRegion("us-east-1", [])]);
const unreachable = anAccount(WORKLOAD, [], {
  unreachable: unknown("account-unreachable", { action: "sts:AssumeRole" }),
});

test.each<[string, AccountRecord, unknown, unknown[]]>([
  [
    "logs in one of its regions",
    anAccount(WORKLOAD, [aRegion("us-east-1"), aRegion("eu-west-1", [sees(ORG_TRAIL, stopped)])]),
    true,
    [],
  ],
  [
    "logs in none of its regions",
    anAccount(WORKLOAD, [aRegion("us-east-1", [sees(ORG_TRAIL, stopped)])]),
    false,
    [WORKLOAD],
  ],
  ["is not there", without, false, [WORKLOAD]],
  [
    "may be there unseen",
    anAccount(WORKLOAD, [aRegion("us-east-1", [unknownMore(denied)])]),
    "?access-denied",
    ["?access-denied"],
  ],
  [
    "does something that was not told",
    anAccount(WORKLOAD, [aRegion("us-east-1", [{ arn: ORG_TRAIL, status: denied }])]),
    "?access-denied",
    ["?access-denied"],
  ],
  ["could not be asked for", unreachable, "?account-unreachable", ["?account-unreachable"]],
])("an organization with a member where its trail %s", async (_, member, expected, uncovered) => {
  const subject = await organization([fine, member]);
  expect(shown(subject.coversEveryAccount)).toBe(expected);
  expect(subject.uncoveredAccounts.map(shown)).toEqual(uncovered);
});

test("one uncovered account decides, whatever is not known of another", async () => {
  const accounts = [aListed(MANAGEMENT), aListed(WORKLOAD), aListed(ARCHIVE)];
  const subject = await organization([fine, without, { ...unreachable, id: ARCHIVE }], {
    changes: { accounts },
  });
  expect(subject.coversEveryAccount).toBe(false);
  expect(subject.uncoveredAccounts.map(shown)).toEqual([WORKLOAD, "?account-unreachable"]);
});

test("an expected account without a record is not covered as far as anybody knows", async () => {
  const subject = await organization([fine]);
  expect(shown(subject.coversEveryAccount)).toBe("?not-collected");
});

test("an account that options leave out may be uncovered: that is outside what was asked", async () => {
  const accounts = [aListed(MANAGEMENT), aListed(WORKLOAD, { skipped: "--exclude-accounts" })];
  const subject = await organization([fine], { changes: { accounts } });
  expect(shown(subject.coversEveryAccount)).toBe("?outside-scope");
  expect(subject.uncoveredAccounts.map(shown)).toEqual(["?outside-scope"]);
});

test("an account that its state closes is not expected", async () => {
  const accounts = [aListed(MANAGEMENT), aListed(WORKLOAD, { skipped: "state SUSPENDED" })];
  expect((await organization([fine], { changes: { accounts } })).coversEveryAccount).toBe(true);
});

test.each<[string, Partial<TrailRecord>, AccountRecord[], unknown]>([
  ["was seen", {}, [fine, anAccount(WORKLOAD)], true],
  [
    "is a trail of one account now",
    { isOrganizationTrail: false },
    [fine, anAccount(WORKLOAD)],
    false,
  ],
  ["may be one", { isOrganizationTrail: denied }, [fine, anAccount(WORKLOAD)], "?access-denied"],
  [
    "may exist where nobody could look",
    { isOrganizationTrail: false },
    [fine, unreachable],
    "?account-unreachable",
  ],
])("whether there is an organization trail that %s", async (_, changes, accounts, expected) => {
  const subject = await organization(accounts, { trail: aTrail(changes) });
  expect(shown(subject.hasOrganizationTrail)).toBe(expected);
});

test("of many uncovered accounts the first twenty by id are named", async () => {
  const ids = Array.from({ length: 30 }, (_, index) => String(500000000000 + index));
  const accounts = ids.toReversed().map((id) => ({ ...without, id }));
  const subject = await organization([fine, ...accounts], {
    changes: { accounts: [MANAGEMENT, ...ids].map((id) => aListed(id)) },
  });
  expect(subject.uncoveredAccounts).toEqual(ids.slice(0, 20));
});

test("an organization that would not say its id or its manager still has a subject", async () => {
  const subject = await organization([fine, anAccount(WORKLOAD)], {
    changes: { id: denied, managementAccountId: denied, trustedAccess: denied },
  });
  expect(subject.id).toBe("organization");
  expect([subject.accountId, subject.trustedAccess].every(isUnknown)).toBe(true);
});
