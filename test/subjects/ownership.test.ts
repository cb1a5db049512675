import { expect, test } from "vitest";
import type { ListedAccount } from "../../src/snapshot/organization-record.ts";
import type { HeaderRecord } from "../../src/snapshot/records.ts";
import type { BucketRecord } from "../../src/snapshot/resources/bucket.ts";
import { addOrganization, newJoin } from "../../src/subjects/join.ts";
import {
  bucketAccount,
  bucketExists,
  bucketOwner,
  keyOwner,
  leastTrusted,
} from "../../src/subjects/ownership.ts";
import {
  ARCHIVE,
  aBucket,
  aHeader,
  aListed,
  anOrganization,
  CONTEXT,
  denied,
  MANAGEMENT,
  STRANGER,
  shown,
} from "./a-snapshot.ts";

function aJoin(
  scope: HeaderRecord["scope"] = "organization",
  { named = [], archive = {} }: { named?: string[]; archive?: Partial<ListedAccount> } = {},
) {
  const join = newJoin(aHeader({ scope }), { ...CONTEXT, named });
  const accounts = [aListed(MANAGEMENT), aListed(ARCHIVE, archive)];
  addOrganization(join, anOrganization({ accounts }));
  return join;
}

test.each<[string, ReturnType<typeof aJoin>, string, unknown]>([
  ["the trail's own account", aJoin(), MANAGEMENT, "trail-account"],
  ["a named account", aJoin("organization", { named: [STRANGER] }), STRANGER, "named-account"],
  [
    "a named account of the organization",
    aJoin("organization", { named: [ARCHIVE] }),
    ARCHIVE,
    "named-account",
  ],
  ["an active account of the organization", aJoin(), ARCHIVE, "organization-account"],
  [
    "an account pending closure",
    aJoin("organization", { archive: { state: "PENDING_CLOSURE" } }),
    ARCHIVE,
    "organization-account",
  ],
  [
    "a closed account of the organization",
    aJoin("organization", { archive: { state: "CLOSED" } }),
    ARCHIVE,
    "other-account",
  ],
  ["an account that is not listed", aJoin(), STRANGER, "other-account"],
  [
    "a listed account of a scan that knows no organization",
    aJoin("accounts"),
    ARCHIVE,
    "other-account",
  ],
  ["no account at all", aJoin(), "alias/aws", "?unresolved"],
])("a key of %s", (_, join, account, expected) => {
  expect(shown(keyOwner(join, MANAGEMENT, account))).toBe(expected);
});

test.each<[string, ReturnType<typeof aJoin>, Partial<BucketRecord>, unknown]>([
  ["the trail's own account", aJoin(), { accountId: MANAGEMENT }, "trail-account"],
  [
    "an active account of the organization",
    aJoin(),
    { accountId: ARCHIVE },
    "organization-account",
  ],
  ["a stranger", aJoin(), { accountId: STRANGER }, "other-account"],
  ["none of the organization's accounts", aJoin(), { accountId: "elsewhere" }, "other-account"],
  [
    "none of them, where a named account was never asked",
    aJoin("organization", { named: [STRANGER] }),
    { accountId: "elsewhere" },
    "?outside-scope",
  ],
  [
    "none of the asked accounts, without an organization",
    aJoin("accounts"),
    { accountId: "elsewhere" },
    "?outside-scope",
  ],
  [
    "another account, without an organization",
    aJoin("accounts"),
    { accountId: ARCHIVE },
    "?outside-scope",
  ],
  [
    "a named account, without an organization",
    aJoin("accounts", { named: [ARCHIVE] }),
    { accountId: ARCHIVE },
    "named-account",
  ],
  [
    "nobody, because it does not exist",
    aJoin(),
    { exists: false, accountId: denied },
    "other-account",
  ],
  ["an owner who was not told", aJoin(), { accountId: denied }, "?access-denied"],
])("a bucket of %s", (_, join, changes, expected) => {
  expect(shown(bucketOwner(join, MANAGEMENT, aBucket(changes)))).toBe(expected);
});

test("a bucket that no record describes has an owner that was not collected", () => {
  expect(shown(bucketOwner(aJoin(), MANAGEMENT, undefined))).toBe("?not-collected");
});

test("a bucket with a known owner exists, one that is elsewhere need not", () => {
  expect(bucketExists(aBucket({ exists: denied }))).toBe(true);
  expect(bucketExists(aBucket({ exists: false, accountId: denied }))).toBe(false);
  expect(shown(bucketExists(aBucket({ exists: denied, accountId: "elsewhere" })))).toBe(
    "?access-denied",
  );
});

test("a bucket that nobody owns belongs to no account", () => {
  expect(bucketAccount(aBucket({ accountId: "elsewhere" }))).toBeNull();
  expect(bucketAccount(aBucket({ exists: false, accountId: denied }))).toBeNull();
  expect(bucketAccount(aBucket())).toBe(ARCHIVE);
});

test("of those who share a resource the least trusted counts, and an unknown one may be worse", () => {
  expect(leastTrusted(["trail-account", "organization-account"])).toBe("organization-account");
  expect(leastTrusted(["named-account", "trail-account"])).toBe("named-account");
  expect(shown(leastTrusted(["organization-account", denied]))).toBe("?access-denied");
  expect(leastTrusted([denied, "other-account"])).toBe("other-account");
  expect(shown(leastTrusted([]))).toBe("?not-collected");
});
