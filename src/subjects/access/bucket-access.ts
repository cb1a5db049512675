import { all, and, not, or, type Truth } from "../../snapshot/logic.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, mapFact, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import { bucketAccount } from "../ownership.ts";
import type { PolicyDocument } from "../policy-document/document.ts";
import { ANY } from "../policy-document/glob.ts";
import { allowsAny, judge } from "../policy-document/judge.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import { FREE, known } from "../policy-document/request.ts";
import { blocked } from "../public-access.ts";
import type { Bucket } from "../schema/bucket.ts";
import type { Users } from "../users.ts";
import { aclForeigners } from "./acl.ts";
import type { Asked } from "./candidates.ts";
import { admitsToBucket } from "./deliveries.ts";
import { type Foreigner, foreigners, letsAnyoneIn, namesOf } from "./foreigners.ts";
import { CLOUDTRAIL, forStrangeTrail } from "./service-context.ts";
import { forEveryTrail } from "./trails.ts";

type Access = Pick<
  Bucket,
  "tlsOnly" | "admitsCloudTrail" | "boundToTrails" | "foreignWriters" | "foreignReaders"
>;

const READS = ["s3:GetObject", "s3:GetObjectVersion"];
const WRITES = [
  "s3:PutObject",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:PutBucketPolicy",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutObjectAcl",
  "s3:PutLifecycleConfiguration",
  "s3:PutBucketVersioning",
  "s3:PutReplicationConfiguration",
  "s3:DeleteBucket",
];

/** Services that write nothing but files of their own kind, each named after its account. */
const DELIVERING = [
  CLOUDTRAIL.name,
  "config.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "logging.s3.amazonaws.com",
  "s3.amazonaws.com",
];

const NO_POLICY: PolicyDocument = { statements: [] };

/** Whom the bucket's policy and ACL let do what. */
export function bucketAccess(join: Join, bucket: BucketRecord, users: Users): Access {
  const document = mapFact(bucket.policy, (text) =>
    text === null ? NO_POLICY : parsePolicyDocument(text),
  );
  const outside = (actions: readonly string[]) =>
    namesOf(
      [
        ...aclForeigners(bucket, actions === WRITES ? "writes" : "reads"),
        ...policyForeigners(join, { bucket, document, users }, actions),
      ],
      isUnknown(document) ? document : null,
    );
  return {
    tlsOnly: mapFact(document, (known) => deniesWithoutTls(bucket, known)),
    admitsCloudTrail: mapFact(document, (known) =>
      forEveryTrail(join, users, (trail) => admitsToBucket(join, known, { bucket, trail })),
    ),
    boundToTrails: mapFact(document, (known) => not(admitsStrangeTrail(bucket, known))),
    foreignWriters: outside(WRITES),
    foreignReaders: outside(READS),
  };
}

/** Every request without TLS, to the bucket and to each object, whoever asks and whatever else it says. */
function deniesWithoutTls({ arn }: BucketRecord, document: PolicyDocument): Truth {
  const context = known({ "aws:SecureTransport": ["false"] }, () => FREE);
  return all([arn, `${arn}/${ANY}`], (resource) => {
    const request = {
      action: `s3:${ANY}`,
      resource,
      principal: { kind: "anyone" },
      context,
    } as const;
    return judge(document, request).denied.always;
  });
}

function admitsStrangeTrail({ arn }: BucketRecord, document: PolicyDocument): Truth {
  const ask = (action: string, resource: string) =>
    allowsAny(document, { action, resource, principal: CLOUDTRAIL, context: forStrangeTrail() });
  return or(ask("s3:PutObject", `${arn}/${ANY}`), ask("s3:GetBucketAcl", arn));
}

/** All that somebody from outside must not do with a bucket; `accounts`: those of the trails that use it. */
export const bucketAsked = (
  join: Join,
  bucket: BucketRecord,
  accounts: readonly Fact<string>[],
): Asked => ({
  actions: [...READS, ...WRITES],
  resources: [bucket.arn, `${bucket.arn}/${ANY}`],
  partition: join.header.partition,
  own: [bucketAccount(bucket), ...accounts],
  canonicalOwner: bucket.aclOwner,
  services: DELIVERING,
});

type Guarded = { bucket: BucketRecord; document: Fact<PolicyDocument>; users: Users };

function policyForeigners(
  join: Join,
  { bucket, document, users }: Guarded,
  actions: readonly string[],
): Foreigner[] {
  if (isUnknown(document)) return [];
  const asked = { ...bucketAsked(join, bucket, users.accounts), actions };
  // The block takes the rights of every other account too, but only where the policy is public.
  const isOpen = not(and(bucket.policyIsPublic, blocked(bucket, "restrictPublicBuckets")));
  const named = foreigners(join, document, asked);
  return [...named, anyone(bucket, letsAnyoneIn(document, asked))].map(({ name, isLetIn }) => ({
    name,
    isLetIn: and(isLetIn, isOpen),
  }));
}

/** Whom a public policy lets in is told by isPublic; what S3 does not call public has to be told here. */
function anyone({ policyIsPublic }: BucketRecord, isLetIn: Truth): Foreigner {
  return { name: "*", isLetIn: and(isLetIn, not(policyIsPublic), unnamed()) };
}

const unnamed = (): Unknown =>
  unknown("unresolved", {
    detail: "whom a policy for everyone, which S3 does not call public, lets in",
  });
