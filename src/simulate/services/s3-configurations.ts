import { documentText, Refusal, type Request } from "../answers.ts";
import type { Bucket, LifecycleRule, ReplicationRule } from "../schema/buckets.ts";
import type { PublicAccessBlock } from "../schema/organization.ts";

/** What one call about a bucket's configuration answers: an XML tree, or text as it is. */
export type BucketAnswer = (bucket: Bucket, request: Request) => unknown;

const absent = (code: string, says: string): Refusal => new Refusal(code, says, { status: 404 });

const ALL_BLOCKED: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

const XSI = "http://www.w3.org/2001/XMLSchema-instance";

/** What S3 answers for each configuration; what a bucket does not have is an error, by its own code. */
export const bucketAnswers: Readonly<Record<string, BucketAnswer>> = {
  GetBucketPolicy: (bucket, { caller }) => {
    if (caller.accountId !== bucket.account) {
      const says = "The specified method is not allowed against this resource.";
      throw new Refusal("MethodNotAllowed", says, { status: 405 });
    }
    return policyOf(bucket);
  },
  GetBucketPolicyStatus: (bucket) => {
    policyOf(bucket);
    return { PolicyStatus: { IsPublic: bucket.policyIsPublic ?? false } };
  },
  GetPublicAccessBlock: ({ publicAccessBlock }) =>
    publicAccessBlockAnswer(publicAccessBlock === undefined ? ALL_BLOCKED : publicAccessBlock),
  GetBucketAcl: (bucket) => ({ AccessControlPolicy: acl(bucket) }),
  GetBucketOwnershipControls: ({ objectOwnership = "BucketOwnerEnforced" }) => {
    if (objectOwnership !== null) {
      return { OwnershipControls: { Rule: { ObjectOwnership: objectOwnership } } };
    }
    throw absent("OwnershipControlsNotFoundError", "The bucket ownership controls were not found");
  },
  GetBucketVersioning: ({ versioning = "Enabled", mfaDelete }) => ({
    VersioningConfiguration: {
      Status: versioning === "never" ? undefined : versioning,
      MfaDelete: mfaDelete === undefined ? undefined : mfaDelete ? "Enabled" : "Disabled",
    },
  }),
  GetBucketLogging: ({ logging }) => ({
    BucketLoggingStatus: {
      LoggingEnabled: logging && {
        TargetBucket: logging.targetBucket,
        TargetPrefix: logging.targetPrefix,
      },
    },
  }),
  GetBucketEncryption: ({ encryption = { sseAlgorithm: "AES256" } }) => ({
    ServerSideEncryptionConfiguration: {
      Rule: {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: encryption.sseAlgorithm,
          KMSMasterKeyID: encryption.kmsMasterKeyId,
        },
        BucketKeyEnabled: encryption.bucketKeyEnabled ?? false,
      },
    },
  }),
  GetObjectLockConfiguration: ({ objectLock }) => {
    if (objectLock !== undefined) return { ObjectLockConfiguration: lock(objectLock) };
    const says = "Object Lock configuration does not exist for this bucket";
    throw absent("ObjectLockConfigurationNotFoundError", says);
  },
  GetBucketLifecycleConfiguration: ({ lifecycle = [] }) => {
    if (lifecycle.length > 0) return { LifecycleConfiguration: { Rule: lifecycle.map(rule) } };
    throw absent("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
  },
  GetBucketReplication: ({ account, replication = [] }) => {
    if (replication.length === 0) {
      const says = "The replication configuration was not found";
      throw absent("ReplicationConfigurationNotFoundError", says);
    }
    const partition = replication[0]?.destinationBucket.split(":")[1];
    const Role = `arn:${partition}:iam::${account}:role/replication`;
    return { ReplicationConfiguration: { Role, Rule: replication.map(replicationRule) } };
  },
  GetBucketRequestPayment: ({ requestPayer = "BucketOwner" }) => ({
    RequestPaymentConfiguration: { Payer: requestPayer },
  }),
};

/** A bucket's or an account's four switches; null, where none were ever set, is an error. */
export function publicAccessBlockAnswer(block: PublicAccessBlock | null): unknown {
  if (block === null) {
    const says = "The public access block configuration was not found";
    throw absent("NoSuchPublicAccessBlockConfiguration", says);
  }
  return {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: block.blockPublicAcls,
      IgnorePublicAcls: block.ignorePublicAcls,
      BlockPublicPolicy: block.blockPublicPolicy,
      RestrictPublicBuckets: block.restrictPublicBuckets,
    },
  };
}

function policyOf({ policy }: Bucket): string {
  if (policy !== undefined) return documentText(policy);
  throw absent("NoSuchBucketPolicy", "The bucket policy does not exist");
}

function acl({ account, grants = [] }: Bucket): unknown {
  const owner = canonicalId(account);
  const all = [{ grantee: owner, permission: "FULL_CONTROL" }, ...grants];
  const Grant = all.map(({ grantee, permission }) => ({
    Grantee: grantee.startsWith("http")
      ? { "@xmlns:xsi": XSI, "@xsi:type": "Group", URI: grantee }
      : { "@xmlns:xsi": XSI, "@xsi:type": "CanonicalUser", ID: grantee },
    Permission: permission,
  }));
  return { Owner: { ID: owner }, AccessControlList: { Grant } };
}

function lock({ mode, days, years }: NonNullable<Bucket["objectLock"]>): unknown {
  const rule = { DefaultRetention: { Mode: mode, Days: days, Years: years } };
  return { ObjectLockEnabled: "Enabled", Rule: mode === undefined ? undefined : rule };
}

function rule(each: LifecycleRule): unknown {
  const { id, enabled = true, expirationDays, expirationDate, noncurrentExpirationDays } = each;
  const expires = expirationDays !== undefined || expirationDate !== undefined;
  return {
    ID: id,
    ...filterOf(each),
    Status: enabled ? "Enabled" : "Disabled",
    Expiration: expires ? { Days: expirationDays, Date: expirationDate } : undefined,
    NoncurrentVersionExpiration:
      noncurrentExpirationDays === undefined
        ? undefined
        : {
            NoncurrentDays: noncurrentExpirationDays,
            NewerNoncurrentVersions: each.newerNoncurrentVersions,
          },
    Transition: each.transitions?.map(({ days, date, storageClass }) => ({
      Days: days,
      Date: date,
      StorageClass: storageClass,
    })),
  };
}

/** What a rule is about: one condition stands alone, several under And. */
function filterOf(rule: LifecycleRule | ReplicationRule): object {
  const { prefix = "", prefixInRule, tag } = rule;
  if (prefixInRule === true) return { Prefix: prefix };
  const ObjectSizeGreaterThan =
    "objectSizeGreaterThan" in rule ? rule.objectSizeGreaterThan : undefined;
  const Tag = tag && { Key: tag.key, Value: tag.value };
  if (Tag === undefined && ObjectSizeGreaterThan === undefined)
    return { Filter: { Prefix: prefix } };
  return { Filter: { And: { Prefix: prefix, Tag, ObjectSizeGreaterThan } } };
}

function replicationRule(each: ReplicationRule, index: number): unknown {
  const { id, enabled = true, kmsEncrypted = false } = each;
  const { destinationBucket, destinationAccount } = each;
  const isOlder = each.prefixInRule === true;
  return {
    ID: id,
    Priority: isOlder ? undefined : index,
    ...filterOf(each),
    Status: enabled ? "Enabled" : "Disabled",
    SourceSelectionCriteria: kmsEncrypted
      ? { SseKmsEncryptedObjects: { Status: "Enabled" } }
      : undefined,
    DeleteMarkerReplication: isOlder ? undefined : { Status: "Disabled" },
    Destination: {
      Bucket: destinationBucket,
      Account: destinationAccount,
      AccessControlTranslation:
        destinationAccount === undefined ? undefined : { Owner: "Destination" },
    },
  };
}

/** The canonical user id of an account: 64 hexadecimal digits, here its number padded. */
export const canonicalId = (accountId: string): string => accountId.padStart(64, "0");
