import {
  type Answer,
  documentText,
  epochSeconds,
  given,
  Refusal,
  type Request,
} from "../answers.ts";
import { denied } from "../error-codes.ts";
import { type IndexedWorld, moment } from "../indexed-world.ts";
import { jsonProtocol } from "../protocols/json.ts";
import type { Key } from "../schema/resources.ts";
import type { Service } from "./service.ts";

const MADE = epochSeconds(Date.parse("2024-01-15T09:00:00Z"));
const ARN = /^arn:([a-z-]+):kms:([a-z0-9-]+):(\d{12}):key\/(.+)$/;

export const kms: Service = {
  name: "kms",
  protocol: jsonProtocol("1.1"),
  resourceParameters: ["KeyId"],
  operations: {
    DescribeKey: (request, world) => ({
      body: { KeyMetadata: metadata(world, readable(request, world)) },
    }),
    GetKeyRotationStatus: getKeyRotationStatus,
    GetKeyPolicy: getKeyPolicy,
  },
};

/** Another account's key is named by its ARN and told to those whom its policy lets in. */
function readable(request: Request, world: IndexedWorld, isCrossAccount = true): Key {
  const { caller, region, operation } = request;
  const { partition } = world;
  const id = given(request.input, "KeyId") ?? "";
  const arn = id.startsWith("arn:")
    ? id
    : `arn:${partition}:kms:${region}:${caller.accountId}:key/${id}`;
  const [, , keyRegion, owner] = ARN.exec(arn) ?? [];
  if (keyRegion !== region) throw new Refusal("NotFoundException", `Invalid arn ${keyRegion}`);
  const key = world.keys.get(arn);
  const isReader = isCrossAccount && key?.readableBy?.includes(caller.accountId) === true;
  if (owner !== caller.accountId && !isReader) {
    const action = `kms:${operation}`;
    const because = `because no resource-based policy allows the ${action} action`;
    throw denied({ ...request, action, partition }, { resource: arn, because });
  }
  if (key === undefined) throw new Refusal("NotFoundException", `Key '${arn}' does not exist`);
  return key;
}

function metadata(world: IndexedWorld, key: Key): unknown {
  const [, , , AWSAccountId = "", KeyId = ""] = ARN.exec(key.arn) ?? [];
  const { state = "Enabled", spec = "SYMMETRIC_DEFAULT", deletionDate, manager = "CUSTOMER" } = key;
  const MultiRegion = KeyId.startsWith("mrk-");
  return {
    AWSAccountId,
    KeyId,
    Arn: key.arn,
    CreationDate: MADE,
    Enabled: state === "Enabled",
    Description: "",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: state,
    DeletionDate: deletionDate && epochSeconds(moment(world, deletionDate)),
    Origin: key.origin ?? "AWS_KMS",
    KeyManager: manager,
    CustomerMasterKeySpec: spec,
    KeySpec: spec,
    EncryptionAlgorithms: spec.startsWith("RSA_")
      ? ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"]
      : [spec],
    MultiRegion,
    MultiRegionConfiguration: MultiRegion ? multiRegion(world, key) : undefined,
  };
}

/** A replica names its primary, and a primary those that name it. */
function multiRegion({ world }: IndexedWorld, { arn, primaryKeyArn = arn }: Key): unknown {
  const place = (Arn: string) => ({ Arn, Region: ARN.exec(Arn)?.[2] });
  const replicas = (world.keys ?? []).filter((each) => each.primaryKeyArn === primaryKeyArn);
  return {
    MultiRegionKeyType: primaryKeyArn === arn ? "PRIMARY" : "REPLICA",
    PrimaryKey: place(primaryKeyArn),
    ReplicaKeys: replicas.map((each) => place(each.arn)),
  };
}

/** Only symmetric keys with AWS's own material are rotated by AWS; while a deletion is pending none is. */
function getKeyRotationStatus(request: Request, world: IndexedWorld): Answer {
  const key = readable(request, world);
  const { spec = "SYMMETRIC_DEFAULT", origin = "AWS_KMS", state, manager } = key;
  if (spec !== "SYMMETRIC_DEFAULT" || origin !== "AWS_KMS") {
    const says = `${key.arn} does not support this operation.`;
    throw new Refusal("UnsupportedOperationException", says);
  }
  const isOn = manager === "AWS" || (key.rotationEnabled ?? true);
  const KeyRotationEnabled = isOn && state !== "PendingDeletion";
  const period = KeyRotationEnabled ? { RotationPeriodInDays: 365 } : {};
  return { body: { KeyId: key.arn, KeyRotationEnabled, ...period } };
}

/** A key policy is told to no other account, whatever it says itself. */
function getKeyPolicy(request: Request, world: IndexedWorld): Answer {
  const { arn, policy } = readable(request, world, false);
  const [, partition, , account] = ARN.exec(arn) ?? [];
  const standard = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  };
  return { body: { Policy: documentText(policy ?? standard), PolicyName: "default" } };
}
