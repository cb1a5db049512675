import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, judged } from "../whole-path/judged.ts";
import { keyArn, MANAGEMENT, organization, organizationTrail } from "./worlds.ts";

const OWNED = "trail-kms-key-owned-by-trail-account";
const NAMED = "555555555555";

/** A config that trusts one account with keys. */
function config(): string {
  const path = join(mkdtempSync(join(folder(), "config-")), "trailproof.yaml");
  writeFileSync(path, `named: [{ account: "${NAMED}", name: keys }]\n`);
  return path;
}

const multiRegion = keyArn(MANAGEMENT, "mrk-1234567890abcdef1234567890abcdef");

test.for([
  { says: "a key of the trail's account", key: keyArn(MANAGEMENT), owned: "pass", enabled: "pass" },
  { says: "a multi-region key of it", key: multiRegion, owned: "pass", enabled: "pass" },
  {
    says: "a key of another account of the organization",
    key: keyArn("222222222222"),
    owned: "fail",
    enabled: "pass",
  },
  { says: "a key of a stranger", key: keyArn("999999999999"), owned: "fail", enabled: "unknown" },
  {
    says: "a key of an account that the config names",
    key: keyArn(NAMED),
    owned: "pass",
    enabled: "unknown",
  },
  { says: "no key", key: undefined, owned: undefined, enabled: undefined },
])("$says: owner $owned, usable $enabled", async ({ key, owned, enabled }) => {
  const { kmsKeyId: _, ...trail } = organizationTrail;
  const run = await judged(
    organization({
      trails: [key === undefined ? trail : { ...trail, kmsKeyId: key }],
      keys: [keyArn(MANAGEMENT), multiRegion, keyArn("222222222222")].map((arn) => ({ arn })),
    }),
    { config: config() },
  );
  expect(run.of(OWNED)["organization-trail"]).toBe(owned);
  expect(run.of("trail-encrypted-with-kms")["organization-trail"]).toBe(
    key === undefined ? "fail" : "pass",
  );
  expect(Object.values(run.of("log-key-enabled"))).toEqual(enabled === undefined ? [] : [enabled]);
});

test("an alias is of the account in its ARN; what key it names is asked there", async () => {
  const alias = `arn:aws:kms:us-east-1:${MANAGEMENT}:alias/trail`;
  const run = await judged(organization({ trails: [{ ...organizationTrail, kmsKeyId: alias }] }));
  expect(run.of(OWNED)).toEqual({ "organization-trail": "pass" });
});

test("a key of another partition's ARN is its account's", async () => {
  const arn = `arn:aws-us-gov:kms:us-gov-west-1:${MANAGEMENT}:key/trail-key`;
  const world = organization({
    partition: "aws-us-gov",
    regions: { "us-gov-west-1": "ENABLED_BY_DEFAULT", "us-gov-east-1": "ENABLED_BY_DEFAULT" },
    trails: [
      {
        name: "organization-trail",
        account: MANAGEMENT,
        homeRegion: "us-gov-west-1",
        isOrganizationTrail: true,
        s3BucketName: "organization-logs",
        kmsKeyId: arn,
      },
    ],
    buckets: [{ name: "organization-logs", account: "222222222222", region: "us-gov-west-1" }],
    keys: [{ arn }],
    logGroups: [],
  });
  const run = await judged(world, {}, { connection: { region: "us-gov-west-1" } });
  expect(run.of(OWNED)).toEqual({ "organization-trail": "pass" });
  expect(Object.values(run.of("log-key-enabled"))).toEqual(["pass"]);
  expect(run.all("unknown")).toEqual([]);
  expect(new Set(run.calls.map(({ region }) => region))).toEqual(
    new Set(["us-gov-west-1", "us-gov-east-1"]),
  );
});

test("a key that may not be described is still its account's, and its state is not known", async () => {
  const run = await judged(
    organization({ faults: [{ operation: "kms:DescribeKey", kind: "access-denied" }] }),
  );
  expect(run.of(OWNED)).toEqual({ "organization-trail": "pass" });
  expect(Object.values(run.of("log-key-enabled"))).toEqual(["unknown"]);
});

test.for(["Disabled", "PendingDeletion"])(
  "our own key that is %s is no key that can be used",
  async (state) => {
    const run = await judged(organization({ keys: [{ arn: keyArn(MANAGEMENT), state }] }));
    expect(run.of(OWNED)).toEqual({ "organization-trail": "pass" });
    expect(Object.values(run.of("log-key-enabled"))).toEqual(["fail"]);
  },
);
