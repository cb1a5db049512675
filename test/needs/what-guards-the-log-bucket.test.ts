import { expect, test } from "vitest";
import type { Bucket } from "../../src/simulate/schema/buckets.ts";
import type { Fault } from "../../src/simulate/schema/faults.ts";
import { judged } from "../whole-path/judged.ts";
import { organization } from "./worlds.ts";

const NAME = "organization-logs";
const owner = { name: NAME, account: "222222222222", region: "us-east-1" };

/** The verdicts on the organization's bucket, which belongs to the log archive. */
async function verdicts(bucket: Partial<Bucket>, faults: Fault[] = []) {
  const run = await judged(organization({ buckets: [{ ...owner, ...bucket }], faults }));
  return (policy: string) => run.of(policy)[NAME];
}

const open = { publicAccessBlock: null, objectOwnership: null };
const group = (name: string) => ({
  grantee: `http://acs.amazonaws.com/groups/global/${name}`,
  permission: "READ",
});

test("an ACL that may not be read is not taken for one that grants nothing", async () => {
  const of = await verdicts(open, [{ operation: "s3:GetBucketAcl", kind: "access-denied" }]);
  expect(of("log-bucket-not-public")).toBe("unknown");
});

test.each<[string, Partial<Bucket>, string]>([
  [
    "to anyone with an AWS account, by ACL",
    { ...open, grants: [group("AuthenticatedUsers")] },
    "fail",
  ],
  ["to everyone, by ACL", { ...open, grants: [group("AllUsers")] }, "fail"],
  ["to everyone, by policy", { ...open, policy: "{}", policyIsPublic: true }, "fail"],
  [
    "by an ACL that ownership puts out of effect",
    { publicAccessBlock: null, grants: [group("AllUsers")] },
    "pass",
  ],
  ["by an ACL that is ignored", { objectOwnership: null, grants: [group("AllUsers")] }, "pass"],
])("a bucket opened %s is judged by what S3 does with that", async (_, bucket, verdict) => {
  expect((await verdicts(bucket))("log-bucket-not-public")).toBe(verdict);
});

test("MFA delete is not asked of a bucket with lifecycle rules, which S3 refuses together", async () => {
  const of = await verdicts({ lifecycle: [{ expirationDays: 400 }] });
  expect(of("log-bucket-mfa-delete-enabled")).toBeUndefined();
  const off = await verdicts({ lifecycle: [{ expirationDays: 400, enabled: false }] });
  expect(off("log-bucket-mfa-delete-enabled")).toBe("fail");
});

test("where it is not known whether there are lifecycle rules, a missing MFA delete is unknown", async () => {
  const faults: Fault[] = [
    { operation: "s3:GetBucketLifecycleConfiguration", kind: "access-denied" },
  ];
  const off = await verdicts({ mfaDelete: false }, faults);
  expect(off("log-bucket-mfa-delete-enabled")).toBe("unknown");
  expect((await verdicts({ mfaDelete: true }, faults))("log-bucket-mfa-delete-enabled")).toBe(
    "pass",
  );
});

const GUARDS = [
  "log-bucket-access-logging-enabled",
  "log-bucket-mfa-delete-enabled",
  "log-bucket-object-lock-enabled",
  "log-bucket-public-access-blocked",
  "log-bucket-acls-disabled",
  "log-bucket-replicated",
  "log-bucket-not-requester-pays",
  "log-bucket-retention-sufficient",
  "log-bucket-logs-immediately-available",
];

test("a bucket of an account that is not audited gets the same answer from every policy", async () => {
  const run = await judged(organization(), { organization: false }, { entry: "333333333333" });
  for (const policy of GUARDS) expect(run.of(policy), policy).toEqual({ [NAME]: "unknown" });
  expect(run.exitCode).toBe(0);
});

test("a bucket of the log archive is judged by what its owner is told, wherever the trail is", async () => {
  const of = await verdicts({
    mfaDelete: true,
    logging: { targetBucket: "access-logs", targetPrefix: "" },
    objectLock: { mode: "COMPLIANCE", days: 365 },
    replication: [{ destinationBucket: "arn:aws:s3:::copies", kmsEncrypted: true }],
  });
  for (const policy of GUARDS) expect(of(policy), policy).toBe("pass");
});

test("a bucket that was deleted fails for being gone, and for nothing else", async () => {
  const run = await judged(organization({ buckets: [] }));
  for (const policy of [...GUARDS, "log-bucket-history-present"]) {
    expect(run.of(policy), policy).toEqual({});
  }
  expect(run.of("log-bucket-owner-trusted")).toEqual({ [NAME]: "fail" });
});
