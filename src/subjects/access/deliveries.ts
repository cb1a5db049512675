import { and, type Truth } from "../../snapshot/logic.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import type { KeyRecord } from "../../snapshot/resources/key.ts";
import type { TopicRecord } from "../../snapshot/resources/topic.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { type Fact, isUnknown } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { PolicyDocument } from "../policy-document/document.ts";
import { ANY } from "../policy-document/glob.ts";
import { allows } from "../policy-document/judge.ts";
import { type Context, known, type PolicyRequest } from "../policy-document/request.ts";
import { CLOUDTRAIL, forTrail } from "./service-context.ts";
import { decidedBy, organizationId } from "./trust.ts";

/** Whether a bucket policy lets CloudTrail read the ACL and write whatever the trail delivers. */
export function admitsToBucket(
  join: Join,
  document: PolicyDocument,
  { bucket, trail }: { bucket: BucketRecord; trail: TrailRecord },
): Truth {
  const { arn } = bucket;
  const ask = (action: string, resource: string, context: Context) =>
    allows(document, { action, resource, principal: CLOUDTRAIL, context });
  const writes = (folder: string, context: Context) =>
    decidedBy(trail.isMultiRegion, (isMultiRegion) => {
      const region = isMultiRegion ? ANY : trail.homeRegion;
      return overPaths(join, trail, (path) =>
        ask("s3:PutObject", `${arn}/${path}/${folder}/${region}/${ANY}`, context),
      );
    });
  const log = writing(trail);
  return and(
    ask("s3:GetBucketAcl", arn, forTrail(trail)),
    writes("CloudTrail", known(encrypted(trail), log)),
    decidedBy(trail.logFileValidationEnabled, (isOn) => !isOn || writes("CloudTrail-Digest", log)),
  );
}

const writing = (trail: TrailRecord): Context =>
  known({ "s3:x-amz-acl": ["bucket-owner-full-control"] }, forTrail(trail));

/** How log files are encrypted; without a key of its own, the request need not say anything. */
function encrypted({ kmsKeyArn }: TrailRecord): Record<string, string[]> {
  if (isUnknown(kmsKeyArn) || kmsKeyArn === null) return {};
  return {
    "s3:x-amz-server-side-encryption": ["aws:kms"],
    "s3:x-amz-server-side-encryption-aws-kms-key-id": [kmsKeyArn],
  };
}

/** An organization trail writes below the organization's id, for its own account too. */
function overPaths(join: Join, trail: TrailRecord, writes: (path: string) => Truth): Truth {
  return overPrefix(trail.bucketPrefix, (prefix) =>
    decidedBy(trail.isOrganizationTrail, (isOrganizationTrail) => {
      if (!isOrganizationTrail) return writes(`${prefix}AWSLogs/${trail.accountId}`);
      const id = organizationId(join);
      return overText(id, (text) => writes(`${prefix}AWSLogs/${text}/${ANY}`));
    }),
  );
}

function overPrefix(prefix: Fact<string | null>, writes: (prefix: string) => Truth): Truth {
  if (isUnknown(prefix)) return overText(prefix, writes);
  return writes(prefix === null || prefix === "" ? "" : `${prefix}/`);
}

/** Asked of any text where it is not known: true holds for each, anything else may be otherwise. */
function overText(text: Fact<string>, writes: (text: string) => Truth): Truth {
  if (!isUnknown(text)) return writes(text);
  return writes(ANY) === true ? true : text;
}

/** Whether a key policy lets CloudTrail make data keys for the trail's files. */
export function admitsToKey(document: PolicyDocument, key: KeyRecord, trail: TrailRecord): Truth {
  return allows(document, keyRequest(key, encryptionOf(trail)));
}

/** CloudTrail making a data key. */
export const keyRequest = ({ arn }: KeyRecord, context: Context): PolicyRequest => ({
  action: "kms:GenerateDataKey",
  resource: arn,
  principal: CLOUDTRAIL,
  context,
});

const encryptionOf = (trail: TrailRecord): Context =>
  known({ "kms:EncryptionContext:aws:cloudtrail:arn": [trail.arn] }, forTrail(trail));

/** Whether a topic's policy lets CloudTrail publish for the trail. */
export function admitsToTopic(
  document: PolicyDocument,
  { arn }: TopicRecord,
  trail: TrailRecord,
): Truth {
  const request = { action: "sns:Publish", resource: arn, principal: CLOUDTRAIL };
  return allows(document, { ...request, context: forTrail(trail) });
}
