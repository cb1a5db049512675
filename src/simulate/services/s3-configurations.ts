import { Refusal, type Request } from "../answers.ts";
import type { PublicAccessBlock } from "../schema/organization.ts";
import type { Bucket, LifecycleRule } from "../schema/resources.ts";

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
    const policy = policyOf(bucket);
    return typeof policy === "string" ? policy : JSON.stringify(policy);
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

function policyOf({ policy }: Bucket): string | object {
  if (policy !== undefined) return policy;
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
  const { id, enabled = true, prefix = "", tag, expirationDays, noncurrentExpirationDays } = each;
  const Tag = tag && { Key: tag.key, Value: tag.value };
  return {
    ID: id,
    Filter: tag === undefined ? { Prefix: prefix } : { And: { Prefix: prefix, Tag } },
    Status: enabled ? "Enabled" : "Disabled",
    Expiration: expirationDays === undefined ? undefined : { Days: expirationDays },
    NoncurrentVersionExpiration:
      noncurrentExpirationDays === undefined
        ? undefined
        : { NoncurrentDays: noncurrentExpirationDays },
    Transition: each.transitions?.map(({ days, storageClass }) => ({
      Days: days,
      StorageClass: storageClass,
    })),
  };
}

/** The canonical user id of an account: 64 hexadecimal digits, here its number padded. */
export const canonicalId = (accountId: string): string => accountId.padStart(64, "0");
