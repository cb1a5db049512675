import { describe, expect, test } from "vitest";
import type { TrailRecord } from "../../../src/snapshot/resources/trail.ts";
import {
  aKey,
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  KEY,
  LOCAL_TRAIL,
  MANAGEMENT,
  only,
  STRANGER,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "../a-snapshot.ts";
import { keyPolicy, olderKeyPolicy, ownerOnly, policyOf } from "./documented.ts";

async function keyOf(policy: string | null, trails: readonly TrailRecord[] = [aTrail()]) {
  const regions = [
    aRegion(
      "us-east-1",
      trails.map((trail) => sees(trail.arn)),
    ),
  ];
  const accounts = [anAccount(MANAGEMENT, regions), anAccount(WORKLOAD, regions)];
  const resources = [...trails, aKey({ policy })];
  const key = only(await subjectsOf(aSnapshot({ resources, accounts })), "key");
  return [key.isPublic, key.admitsCloudTrail, key.boundToTrails]
    .map(shown)
    .concat([key.foreignUsers.map(shown)]);
}

const encrypt = {
  Effect: "Allow",
  Principal: { Service: "cloudtrail.amazonaws.com" },
  Action: "kms:GenerateDataKey*",
  Resource: "*",
};
const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
const OTHER = `arn:aws:iam::${STRANGER}:root`;
const when = (operator: string, key: string, value: string) => ({
  Condition: { [operator]: { [key]: value } },
});

describe("a key policy: public, admits CloudTrail, bound, strangers", () => {
  test.for<[string, string | null, unknown[]]>([
    ["AWS's own", keyPolicy(), [false, true, true, []]],
    ["AWS's for another trail", keyPolicy(LOCAL_TRAIL), [false, false, true, []]],
    ["bound by the encryption context alone", olderKeyPolicy, [false, true, true, []]],
    ["the owner's alone", ownerOnly, [false, false, true, []]],
    ["bound to nothing", policyOf(encrypt), [false, true, false, []]],
    [
      "in other letters",
      policyOf({ ...encrypt, Action: "KMS:generatedatakey" }),
      [false, true, false, []],
    ],
    ["for another key", policyOf({ ...encrypt, Resource: `${KEY}0` }), [false, false, true, []]],
    [
      "for decryption alone",
      policyOf({ ...encrypt, Action: "kms:Decrypt" }),
      [false, false, true, []],
    ],
    [
      "bound to the account",
      policyOf({ ...encrypt, ...when("StringEquals", "aws:SourceAccount", MANAGEMENT) }),
      [false, true, true, []],
    ],
    [
      "for the encryption context of another account's trails",
      policyOf({
        ...encrypt,
        ...when(
          "StringLike",
          "kms:EncryptionContext:aws:cloudtrail:arn",
          `arn:aws:cloudtrail:*:${WORKLOAD}:trail/*`,
        ),
      }),
      [false, false, true, []],
    ],
    ["open to all", policyOf(encrypt, { ...decrypt, Principal: "*" }), [true, true, false, []]],
    [
      "open to all with an encryption context of their choice",
      policyOf({
        ...decrypt,
        Principal: "*",
        ...when("StringLike", "kms:EncryptionContext:aws:cloudtrail:arn", "arn:*"),
      }),
      [true, false, true, []],
    ],
    [
      "open to all through S3 in the owner's account",
      policyOf({
        ...decrypt,
        Principal: { AWS: "*" },
        Condition: {
          StringEquals: {
            "kms:CallerAccount": MANAGEMENT,
            "kms:ViaService": "s3.us-east-1.amazonaws.com",
          },
        },
      }),
      [false, false, true, []],
    ],
    [
      "open to all through S3",
      policyOf({
        ...decrypt,
        Principal: { AWS: "*" },
        ...when("StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com"),
      }),
      [true, false, true, []],
    ],
    [
      "open to all in the organization",
      policyOf({
        ...decrypt,
        Principal: "*",
        ...when("StringEquals", "aws:PrincipalOrgID", "o-exampleorgid"),
      }),
      [false, false, true, []],
    ],
    [
      "open to all at some address",
      policyOf({
        ...decrypt,
        Principal: "*",
        ...when("IpAddress", "aws:SourceIp", "192.0.2.0/24"),
      }),
      ["?unresolved", false, true, []],
    ],
    [
      "a stranger who decrypts",
      policyOf({ ...decrypt, Principal: { AWS: OTHER } }),
      [false, false, true, [OTHER]],
    ],
    [
      "a stranger who only looks",
      policyOf({ ...decrypt, Action: "kms:DescribeKey", Principal: { AWS: OTHER } }),
      [false, false, true, []],
    ],
    [
      "a stranger's right to do all but a little",
      policyOf({
        Effect: "Allow",
        NotAction: "kms:Decrypt",
        Resource: "*",
        Principal: { AWS: STRANGER },
      }),
      [false, false, true, [STRANGER]],
    ],
    ["a member", policyOf({ ...decrypt, Principal: { AWS: WORKLOAD } }), [false, false, true, []]],
    [
      "another service",
      policyOf({ ...decrypt, Principal: { Service: "logs.us-east-1.amazonaws.com" } }),
      [false, false, true, []],
    ],
    [
      "everyone but a stranger (NotPrincipal)",
      policyOf({ ...decrypt, NotPrincipal: { AWS: STRANGER } }),
      [true, false, true, []],
    ],
    [
      "one that cannot be read",
      "[]",
      ["?unsupported", "?unsupported", "?unsupported", ["?unsupported"]],
    ],
    ["none", null, [false, false, true, []]],
  ])("%s", async ([, policy, expected]) => {
    expect(await keyOf(policy)).toEqual(expected);
  });

  test("every trail that names the key has to be admitted", async () => {
    const [, admits] = await keyOf(keyPolicy(), [aTrail(), aLocalTrail({ kmsKeyArn: KEY })]);
    expect(admits).toBe(false);
  });
});
