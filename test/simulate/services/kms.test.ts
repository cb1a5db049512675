import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
} from "@aws-sdk/client-kms";
import { expect, test } from "vitest";
import type { Key } from "../../../src/simulate/schema/resources.ts";
import type { World } from "../../../src/simulate/world.ts";
import { answer, refusal, simulated } from "../simulated.ts";

const OWNER = "111111111111";
const READER = "222222222222";
const STRANGER = "333333333333";
const ARN = `arn:aws:kms:us-east-1:${OWNER}:key/trail-key`;

const world = (differs: Partial<Key> = {}): World => ({
  now: "2026-11-01T06:00:00Z",
  regions: { "us-east-1": "ENABLED_BY_DEFAULT", "eu-west-1": "ENABLED_BY_DEFAULT" },
  accounts: [{ id: OWNER }, { id: READER }, { id: STRANGER }],
  keys: [{ arn: ARN, readableBy: [READER], ...differs }],
});

test("a key is described as AWS describes a fresh one", async () => {
  const { kms } = (await simulated(world())).as(OWNER);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: ARN }));
  expect(KeyMetadata).toEqual({
    AWSAccountId: OWNER,
    KeyId: "trail-key",
    Arn: ARN,
    CreationDate: new Date("2024-01-15T09:00:00Z"),
    Enabled: true,
    Description: "",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: "Enabled",
    Origin: "AWS_KMS",
    KeyManager: "CUSTOMER",
    CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
    KeySpec: "SYMMETRIC_DEFAULT",
    EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
    MultiRegion: false,
  });
});

test("a key scheduled for deletion says when, and is not rotated any more", async () => {
  const { kms } = (
    await simulated(world({ state: "PendingDeletion", deletionDate: { minutesAgo: -60 } }))
  ).as(OWNER);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: ARN }));
  expect(KeyMetadata).toMatchObject({
    Enabled: false,
    KeyState: "PendingDeletion",
    DeletionDate: new Date("2026-11-01T07:00:00Z"),
  });
  const status = await kms.send(new GetKeyRotationStatusCommand({ KeyId: ARN }));
  expect(status.KeyRotationEnabled).toBe(false);
});

test.for([
  ["a well-kept key", {}, { KeyId: ARN, KeyRotationEnabled: true, RotationPeriodInDays: 365 }],
  ["a key without rotation", { rotationEnabled: false }, { KeyId: ARN, KeyRotationEnabled: false }],
  [
    "a key of AWS's own",
    { manager: "AWS", rotationEnabled: false },
    { KeyId: ARN, KeyRotationEnabled: true, RotationPeriodInDays: 365 },
  ],
] as const)("the rotation of %s", async ([, differs, expected]) => {
  const { kms } = (await simulated(world(differs))).as(OWNER);
  expect(answer(await kms.send(new GetKeyRotationStatusCommand({ KeyId: ARN })))).toEqual(expected);
});

test.for([{ spec: "RSA_2048" }, { origin: "EXTERNAL" }])(
  "a key with %o cannot be rotated by AWS",
  async (differs) => {
    const { kms } = (await simulated(world(differs))).as(OWNER);
    const sent = kms.send(new GetKeyRotationStatusCommand({ KeyId: ARN }));
    expect((await refusal(sent)).name).toBe("UnsupportedOperationException");
  },
);

test("a multi-region key names its primary", async () => {
  const arn = ARN.replace("trail-key", "mrk-1");
  const { kms } = (await simulated(world({ arn }))).as(OWNER);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "mrk-1" }));
  expect(KeyMetadata?.MultiRegionConfiguration?.PrimaryKey).toEqual({
    Arn: arn,
    Region: "us-east-1",
  });
});

test("those whom the key policy lets in describe it from outside, but never read the policy", async () => {
  const { as } = await simulated(world());
  const { kms } = as(READER);
  expect((await kms.send(new DescribeKeyCommand({ KeyId: ARN }))).KeyMetadata?.Arn).toBe(ARN);
  expect((await kms.send(new GetKeyRotationStatusCommand({ KeyId: ARN }))).KeyRotationEnabled).toBe(
    true,
  );
  const policy = kms.send(new GetKeyPolicyCommand({ KeyId: ARN }));
  expect((await refusal(policy)).name).toBe("AccessDeniedException");
  const stranger = as(STRANGER).kms.send(new DescribeKeyCommand({ KeyId: ARN }));
  expect(await refusal(stranger)).toMatchObject({ name: "AccessDeniedException", status: 400 });
});

test("the owner reads the policy, or the default one", async () => {
  const policy = async (differs: Partial<Key>) => {
    const { kms } = (await simulated(world(differs))).as(OWNER);
    return (await kms.send(new GetKeyPolicyCommand({ KeyId: ARN }))).Policy;
  };
  expect(await policy({ policy: '{"own":1}' })).toBe('{"own":1}');
  expect(await policy({ policy: { own: 1 } })).toBe('{"own":1}');
  expect(await policy({})).toContain(`arn:aws:iam::${OWNER}:root`);
});

test.for([
  [
    "a missing key",
    "us-east-1",
    ARN.replace("trail-key", "gone"),
    `Key '${ARN.replace("trail-key", "gone")}' does not exist`,
  ],
  ["a key asked for in another region", "eu-west-1", ARN, "Invalid arn us-east-1"],
] as const)("%s is not found", async ([, region, KeyId, message]) => {
  const { kms } = (await simulated(world())).as(OWNER, region);
  expect(await refusal(kms.send(new DescribeKeyCommand({ KeyId })))).toEqual({
    name: "NotFoundException",
    status: 400,
    message,
  });
});

test("a multi-region key's replica names its primary, and the primary its replicas", async () => {
  const primary = `arn:aws:kms:us-east-1:${OWNER}:key/mrk-1`;
  const replica = `arn:aws:kms:eu-west-1:${OWNER}:key/mrk-1`;
  const keys = [{ arn: primary }, { arn: replica, primaryKeyArn: primary }];
  const { as } = await simulated({ ...world(), keys });
  const described = async (KeyId: string, region: string) =>
    (await as(OWNER, region).kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata
      ?.MultiRegionConfiguration;
  const PrimaryKey = { Arn: primary, Region: "us-east-1" };
  const ReplicaKeys = [{ Arn: replica, Region: "eu-west-1" }];
  expect(await described(primary, "us-east-1")).toEqual({
    MultiRegionKeyType: "PRIMARY",
    PrimaryKey,
    ReplicaKeys,
  });
  expect(await described(replica, "eu-west-1")).toEqual({
    MultiRegionKeyType: "REPLICA",
    PrimaryKey,
    ReplicaKeys,
  });
});
