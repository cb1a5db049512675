import { type Answer, given, givenNumber, page, Refusal, type Request } from "../answers.ts";
import { denied } from "../error-codes.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { s3Protocol } from "../protocols/rest-xml.ts";
import type { Bucket } from "../schema/buckets.ts";
import { bucketAnswers, canonicalId } from "./s3-configurations.ts";
import { listObjects } from "./s3-objects.ts";
import type { Operation, Service } from "./service.ts";

const MADE = "2024-01-15T09:00:00.000Z";
const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
const MOST_BUCKETS = 10_000;

/** IAM's names for the calls differ from the calls' own. */
const ACTIONS: Record<string, string> = {
  HeadBucket: "s3:ListBucket",
  ListBuckets: "s3:ListAllMyBuckets",
  GetPublicAccessBlock: "s3:GetBucketPublicAccessBlock",
  GetBucketEncryption: "s3:GetEncryptionConfiguration",
  GetObjectLockConfiguration: "s3:GetBucketObjectLockConfiguration",
  GetBucketLifecycleConfiguration: "s3:GetLifecycleConfiguration",
  GetBucketReplication: "s3:GetReplicationConfiguration",
  ListObjectsV2: "s3:ListBucket",
};

export const s3: Service = {
  name: "s3",
  protocol: s3Protocol,
  resourceParameters: ["Bucket"],
  actions: ACTIONS,
  operations: {
    HeadBucket: headBucket,
    ListBuckets: listBuckets,
    GetBucketLocation: getBucketLocation,
    ...Object.fromEntries(
      Object.entries(bucketAnswers).map(([name, answer]) => [
        name,
        ofBucket((bucket, request) => ({ body: answer(bucket, request) })),
      ]),
    ),
    ListObjectsV2: ofBucket(listObjects),
  },
  headersOnRefusal: ({ operation, input }, { buckets }) => {
    const bucket = buckets.get(given(input, "Bucket") ?? "");
    return operation === "HeadBucket" && bucket !== undefined ? regionHeader(bucket) : {};
  },
};

const regionHeader = ({ region }: Bucket) => ({ "x-amz-bucket-region": region });

function existing({ input }: Request, { buckets }: IndexedWorld): Bucket {
  const bucket = buckets.get(given(input, "Bucket") ?? "");
  if (bucket !== undefined) return bucket;
  const says = "The specified bucket does not exist";
  throw new Refusal("NoSuchBucket", says, { status: 404 });
}

/** A bucket is answered for only in its own region; elsewhere S3 says where that is. */
function mustBeHere({ region }: Request, bucket: Bucket): void {
  if (region === bucket.region) return;
  const says =
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.";
  throw new Refusal("PermanentRedirect", says, { status: 301, headers: regionHeader(bucket) });
}

/** Bucket policies let others in; ExpectedBucketOwner keeps out even those, where it is another. */
function mustBeReadable(request: Request, bucket: Bucket, { partition }: IndexedWorld): void {
  const { caller, input, operation } = request;
  const expected = given(input, "ExpectedBucketOwner");
  if (expected !== undefined && expected !== bucket.account) {
    throw new Refusal("AccessDenied", "Access Denied", { status: 403 });
  }
  const isReader = bucket.readableBy?.includes(caller.accountId) === true;
  if (caller.accountId === bucket.account || isReader) return;
  const action = ACTIONS[operation] ?? `s3:${operation}`;
  const because = `because no resource-based policy allows the ${action} action`;
  const resource = `"arn:${partition}:s3:::${bucket.name}"`;
  throw denied({ ...request, action, partition }, { resource, because });
}

function headBucket(request: Request, world: IndexedWorld): Answer {
  const bucket = existing(request, world);
  mustBeHere(request, bucket);
  mustBeReadable(request, bucket, world);
  return { headers: regionHeader(bucket), body: "" };
}

/**
 * Answered from every region. The oldest region's name is the empty one; the SDK reads the text
 * only where the element has its namespace, as it has in AWS's answers.
 */
function getBucketLocation(request: Request, world: IndexedWorld): Answer {
  const bucket = existing(request, world);
  mustBeReadable(request, bucket, world);
  const region = bucket.region === "us-east-1" ? "" : bucket.region;
  return { body: { LocationConstraint: { "@xmlns": NAMESPACE, "#text": region } } };
}

type Of = (bucket: Bucket, request: Request, world: IndexedWorld) => Answer;

function ofBucket(answer: Of): Operation {
  return (request, world) => {
    const bucket = existing(request, world);
    mustBeHere(request, bucket);
    mustBeReadable(request, bucket, world);
    return answer(bucket, request, world);
  };
}

/** S3 names the region of each bucket only in answers to requests that have a parameter. */
function listBuckets({ input, caller }: Request, { bucketsOf, partition }: IndexedWorld): Answer {
  const prefix = given(input, "Prefix") ?? "";
  const region = given(input, "BucketRegion");
  const own = (bucketsOf.get(caller.accountId) ?? [])
    .filter(({ name }) => name.startsWith(prefix))
    .filter((bucket) => region === undefined || bucket.region === region)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const size = givenNumber(input, "MaxBuckets") ?? MOST_BUCKETS;
  const { items, next } = page(own, { token: given(input, "ContinuationToken"), size }, () => {
    const says = "The continuation token provided is incorrect";
    return new Refusal("InvalidArgument", says);
  });
  const isAsked = Object.values(input).some((value) => value !== undefined);
  const Bucket = items.map((each) => ({
    Name: each.name,
    CreationDate: MADE,
    BucketRegion: isAsked ? each.region : undefined,
    BucketArn: isAsked ? `arn:${partition}:s3:::${each.name}` : undefined,
  }));
  const Owner = { ID: canonicalId(caller.accountId) };
  const ContinuationToken = next;
  const Prefix = given(input, "Prefix");
  const body = { "@xmlns": NAMESPACE, Owner, Buckets: { Bucket }, ContinuationToken, Prefix };
  return { body: { ListAllMyBucketsResult: body } };
}
