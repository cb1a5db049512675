import { expect, test } from "vitest";
import type { BucketRecord, PublicAccessBlock } from "../../src/snapshot/resources/bucket.ts";
import { isPublic, isPublicAccessBlocked } from "../../src/subjects/public-access.ts";
import { aBucket, denied, shown } from "./a-snapshot.ts";

const block = (changes: Partial<PublicAccessBlock>): PublicAccessBlock => ({
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
  ...changes,
});
const everybody = [
  { grantee: "http://acs.amazonaws.com/groups/global/AllUsers", permission: "READ" },
];
const anyAccount = [
  { grantee: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers", permission: "WRITE" },
];
const byAcl = { aclGrants: everybody, objectOwnership: null };

test.each<[string, Partial<BucketRecord>, unknown]>([
  ["nothing public", {}, false],
  ["a public policy", { policyIsPublic: true }, true],
  [
    "a public policy that the bucket's block restricts",
    { policyIsPublic: true, publicAccessBlock: block({ restrictPublicBuckets: true }) },
    false,
  ],
  [
    "a public policy that the account's block restricts",
    {
      policyIsPublic: true,
      publicAccessBlock: block({}),
      accountPublicAccessBlock: block({ restrictPublicBuckets: true }),
    },
    false,
  ],
  [
    "a public policy from before blockPublicPolicy",
    { policyIsPublic: true, publicAccessBlock: block({ blockPublicPolicy: true }) },
    true,
  ],
  ["no policy, although its status was denied", { policy: null, policyIsPublic: denied }, false],
  ["a policy whose status was denied", { policyIsPublic: denied }, "?access-denied"],
  [
    "a policy whose status was denied, restricted",
    { policyIsPublic: denied, publicAccessBlock: block({ restrictPublicBuckets: true }) },
    false,
  ],
  [
    "a public policy under blocks that were denied",
    { policyIsPublic: true, publicAccessBlock: denied },
    "?access-denied",
  ],
  [
    "a public policy, the bucket's block denied, the account's on",
    {
      policyIsPublic: true,
      publicAccessBlock: denied,
      accountPublicAccessBlock: block({ restrictPublicBuckets: true }),
    },
    false,
  ],
  ["an ACL for everybody", byAcl, true],
  ["an ACL for any AWS account", { ...byAcl, aclGrants: anyAccount }, true],
  [
    "an ACL for its owner alone",
    { ...byAcl, aclGrants: [{ grantee: "canonical-id", permission: "FULL_CONTROL" }] },
    false,
  ],
  [
    "an ACL for log delivery",
    {
      ...byAcl,
      aclGrants: [
        { grantee: "http://acs.amazonaws.com/groups/s3/LogDelivery", permission: "WRITE" },
      ],
    },
    false,
  ],
  [
    "an ACL for everybody where ACLs are switched off",
    { ...byAcl, objectOwnership: "BucketOwnerEnforced" },
    false,
  ],
  [
    "an ACL for everybody under preferred ownership",
    { ...byAcl, objectOwnership: "BucketOwnerPreferred" },
    true,
  ],
  [
    "an ACL for everybody that is ignored",
    { ...byAcl, accountPublicAccessBlock: block({ ignorePublicAcls: true }) },
    false,
  ],
  [
    "an ACL for everybody from before blockPublicAcls",
    { ...byAcl, publicAccessBlock: block({ blockPublicAcls: true }) },
    true,
  ],
  ["an ACL that was denied", { ...byAcl, aclGrants: denied }, "?access-denied"],
  [
    "an ACL for everybody, ownership denied",
    { ...byAcl, objectOwnership: denied },
    "?access-denied",
  ],
  [
    "a public policy and an ACL that was denied",
    { policyIsPublic: true, aclGrants: denied, objectOwnership: null },
    true,
  ],
  ["no existence, whatever else was said", { exists: false, policyIsPublic: denied }, false],
])("whether a bucket is public that has %s", (_, changes, expected) => {
  expect(shown(isPublic(aBucket({ publicAccessBlock: null, ...changes })))).toBe(expected);
});

const all = block({
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
});
const acls = block({ blockPublicAcls: true, ignorePublicAcls: true });
const policies = block({ blockPublicPolicy: true, restrictPublicBuckets: true });

test.each<[string, BucketRecord["publicAccessBlock"], typeof denied | typeof all | null, unknown]>([
  ["no block at all", null, null, false],
  ["the bucket's", all, null, true],
  ["the account's", null, all, true],
  ["two of the bucket and two of the account", acls, policies, true],
  ["the same two twice", acls, acls, false],
  ["the account's, the bucket's denied", denied, all, true],
  ["two of the account, the bucket's denied", denied, acls, "?access-denied"],
  [
    "three, the account's denied",
    { ...all, restrictPublicBuckets: false },
    denied,
    "?access-denied",
  ],
])("all public access is blocked by %s", (_, publicAccessBlock, accountPublicAccessBlock, is) => {
  const bucket = aBucket({ publicAccessBlock, accountPublicAccessBlock });
  expect(shown(isPublicAccessBlocked(bucket))).toBe(is);
});
