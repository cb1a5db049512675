import { all, and, any, not, or, type Truth } from "../snapshot/logic.ts";
import type { BucketRecord, PublicAccessBlock } from "../snapshot/resources/bucket.ts";
import { mapFact } from "../snapshot/unknown.ts";

/** Whether anyone at all can reach the bucket. S3 takes the stricter of bucket and account, flag by flag. */
export function isPublic(bucket: BucketRecord): Truth {
  if (bucket.exists === false) return false;
  return or(publicByPolicy(bucket), publicByAcl(bucket));
}

const BLOCKS = [
  "blockPublicAcls",
  "ignorePublicAcls",
  "blockPublicPolicy",
  "restrictPublicBuckets",
] as const satisfies (keyof PublicAccessBlock)[];

/** Whether all four blocks are on, each by the bucket or by its account. */
export function isPublicAccessBlocked(bucket: BucketRecord): Truth {
  return all(BLOCKS, (flag) => blocked(bucket, flag));
}

function publicByPolicy(bucket: BucketRecord): Truth {
  const policy = bucket.policy === null ? false : bucket.policyIsPublic;
  return and(policy, not(blocked(bucket, "restrictPublicBuckets")));
}

function publicByAcl(bucket: BucketRecord): Truth {
  const granted = mapFact(bucket.aclGrants, (grants) => any(grants, toEveryone));
  const ignored = mapFact(
    bucket.objectOwnership,
    (ownership) => ownership === "BucketOwnerEnforced",
  );
  return and(granted, not(ignored), not(blocked(bucket, "ignorePublicAcls")));
}

/** The groups of everybody, and of everybody with any AWS account, as S3 writes them: a URI. */
function toEveryone({ grantee }: { grantee: string }): boolean {
  return /(^|\/)(AllUsers|AuthenticatedUsers)$/.test(grantee);
}

/** Whether a block of public access is on, for the bucket or for its whole account. */
export function blocked(bucket: BucketRecord, flag: keyof PublicAccessBlock): Truth {
  return or(
    mapFact(bucket.publicAccessBlock, (block) => block?.[flag] ?? false),
    mapFact(bucket.accountPublicAccessBlock, (block) => block?.[flag] ?? false),
  );
}
