import type { TemplateResource } from "../../../src/templates/resource.ts";
import type { Value } from "../../../src/templates/value.ts";
import { ACCOUNT, a, HOME, later, noAccount, noRegion, ref } from "./planned.ts";

type Values = Record<string, Value>;
type Changes = Record<string, Values | null>;

const TRAIL = `arn:aws:cloudtrail:${HOME}:${ACCOUNT}:trail/main`;

const bucketPolicy = (arn: Value, objects: Value, source: Value) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:GetBucketAcl",
      Resource: arn,
      Condition: { StringEquals: { "aws:SourceArn": source } },
    },
    {
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: objects,
      Condition: {
        StringEquals: { "aws:SourceArn": source, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
    {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, objects],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ],
});

const keyPolicy = (root: Value, source: Value) => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" },
    {
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceArn": source } },
    },
  ],
});

const trust = {
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
};

const deliver = (streams: Value) => ({
  Statement: [
    { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: streams },
  ],
});

const publish = (topic: Value, source: Value = TRAIL) => ({
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topic,
      Condition: { StringEquals: { "aws:SourceArn": source } },
    },
  ],
});

const text = (...parts: (string | Value)[]): Value => ({ $text: parts }) as Value;

/** The same values in another order of parts would be another trail: `null` removes, an object changes. */
function changed(resources: TemplateResource[], changes: Changes): TemplateResource[] {
  const known = new Set(resources.map(({ address }) => address));
  for (const address of Object.keys(changes)) {
    if (!known.has(address)) throw new Error(`no resource ${address}`);
  }
  return resources
    .filter(({ address }) => changes[address] !== null)
    .map((each) => ({ ...each, values: { ...each.values, ...changes[each.address] } }));
}

const both = ["ApiCallRateInsight", "ApiErrorRateInsight"];
const JSON_ROOT = `arn:aws:iam::${ACCOUNT}:root`;

/** A Terraform plan of a trail with all that it needs, nothing of it made yet; account and region known. */
export const terraform = (changes: Changes = {}): TemplateResource[] =>
  changed(
    [
      a("aws_cloudtrail", "trail", {
        name: "main",
        s3_bucket_name: ref("bucket", "id"),
        kms_key_id: ref("key", "arn"),
        is_multi_region_trail: true,
        enable_log_file_validation: true,
        cloud_watch_logs_group_arn: text(ref("group", "arn"), ":*"),
        cloud_watch_logs_role_arn: ref("role", "arn"),
        sns_topic_name: ref("topic", "name"),
        insight_selector: both.map((insight_type) => ({ insight_type })),
        tags: { owner: "security" },
      }),
      a("aws_s3_bucket", "bucket", {
        bucket: "main-logs",
        object_lock_enabled: true,
        versioning: later,
        logging: later,
      }),
      a("aws_s3_bucket_policy", "bucket policy", {
        bucket: ref("bucket", "id"),
        policy: JSON.stringify(
          bucketPolicy("arn:aws:s3:::main-logs", "arn:aws:s3:::main-logs/*", TRAIL),
        ),
      }),
      a("aws_s3_bucket_public_access_block", "block", {
        bucket: ref("bucket", "id"),
        block_public_acls: true,
        ignore_public_acls: true,
        block_public_policy: true,
        restrict_public_buckets: true,
      }),
      a("aws_s3_bucket_ownership_controls", "ownership", {
        bucket: ref("bucket", "id"),
        rule: [{ object_ownership: "BucketOwnerEnforced" }],
      }),
      a("aws_s3_bucket_versioning", "versioning", {
        bucket: "main-logs",
        versioning_configuration: [{ status: "Enabled", mfa_delete: "Enabled" }],
      }),
      a("aws_s3_bucket_logging", "logging", {
        bucket: ref("bucket", "bucket"),
        target_bucket: "access-logs",
        target_prefix: "main/",
      }),
      a("aws_s3_bucket_object_lock_configuration", "lock", {
        bucket: ref("bucket", "id"),
        rule: [{ default_retention: [{ mode: "COMPLIANCE", days: 400 }] }],
      }),
      a("aws_s3_bucket_lifecycle_configuration", "lifecycle", {
        bucket: ref("bucket", "id"),
        rule: [],
      }),
      a("aws_s3_bucket_replication_configuration", "replication", {
        bucket: ref("bucket", "id"),
        rule: [
          {
            status: "Enabled",
            source_selection_criteria: [{ sse_kms_encrypted_objects: [{ status: "Enabled" }] }],
            destination: [{ bucket: "arn:aws:s3:::copy" }],
          },
        ],
      }),
      a("aws_kms_key", "key", {
        enable_key_rotation: true,
        policy: JSON.stringify(keyPolicy(JSON_ROOT, TRAIL)),
      }),
      a("aws_cloudwatch_log_group", "group", {
        name: "trail",
        retention_in_days: 0,
        kms_key_id: ref("key", "arn"),
        log_group_class: later,
      }),
      a(
        "aws_iam_role",
        "role",
        {
          name: "trail-to-logs",
          assume_role_policy: JSON.stringify(trust),
          inline_policy: later,
          managed_policy_arns: later,
        },
        { unwritten: ["inline_policy", "managed_policy_arns"] },
      ),
      a("aws_iam_role_policy", "role policy", {
        role: ref("role", "id"),
        policy: JSON.stringify(
          deliver(`arn:aws:logs:${HOME}:${ACCOUNT}:log-group:trail:log-stream:*`),
        ),
      }),
      a("aws_sns_topic", "topic", { name: "deliveries" }),
      a("aws_sns_topic_policy", "topic policy", {
        arn: ref("topic", "arn"),
        policy: JSON.stringify(publish(`arn:aws:sns:${HOME}:${ACCOUNT}:deliveries`)),
      }),
      a("aws_cloudtrail_event_data_store", "store", {
        name: "store",
        retention_period: 2557,
        kms_key_id: ref("key", "arn"),
      }),
    ],
    changes,
  );

const open = { region: noRegion, accountId: noAccount };
const OPEN_TRAIL = text("arn:aws:cloudtrail:", noRegion, ":", noAccount, ":trail/main");

/** A CloudFormation template of the same, which does not know its account and region. */
export const cloudformation = (changes: Changes = {}): TemplateResource[] =>
  changed(
    [
      a(
        "AWS::CloudTrail::Trail",
        "trail",
        {
          TrailName: "main",
          IsLogging: true,
          S3BucketName: ref("bucket", "BucketName"),
          KMSKeyId: ref("key", "Arn"),
          IsMultiRegionTrail: true,
          EnableLogFileValidation: true,
          CloudWatchLogsLogGroupArn: ref("group", "Arn"),
          CloudWatchLogsRoleArn: ref("role", "Arn"),
          SnsTopicName: ref("topic", "TopicName"),
          InsightSelectors: both.map((InsightType) => ({ InsightType })),
          Tags: [{ Key: "owner", Value: "security" }],
        },
        open,
      ),
      a(
        "AWS::S3::Bucket",
        "bucket",
        {
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            IgnorePublicAcls: true,
            BlockPublicPolicy: true,
            RestrictPublicBuckets: true,
          },
          OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
          VersioningConfiguration: { Status: "Enabled" },
          LoggingConfiguration: { DestinationBucketName: "access-logs" },
          LifecycleConfiguration: { Rules: [{ Status: "Enabled", ExpirationInDays: 3650 }] },
          ObjectLockEnabled: true,
          ObjectLockConfiguration: {
            ObjectLockEnabled: "Enabled",
            Rule: { DefaultRetention: { Mode: "COMPLIANCE", Years: 2 } },
          },
          ReplicationConfiguration: {
            Rules: [
              {
                Status: "Enabled",
                SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: "Enabled" } },
                Destination: { Bucket: "arn:aws:s3:::copy" },
              },
            ],
          },
        },
        open,
      ),
      a(
        "AWS::S3::BucketPolicy",
        "bucket policy",
        {
          Bucket: ref("bucket", "BucketName"),
          PolicyDocument: bucketPolicy(
            ref("bucket", "Arn"),
            text(ref("bucket", "Arn"), "/*"),
            OPEN_TRAIL,
          ),
        },
        open,
      ),
      a(
        "AWS::KMS::Key",
        "key",
        {
          EnableKeyRotation: true,
          KeyPolicy: keyPolicy(text("arn:aws:iam::", noAccount, ":root"), OPEN_TRAIL),
        },
        open,
      ),
      a("AWS::Logs::LogGroup", "group", { KmsKeyId: ref("key", "Arn") }, open),
      a(
        "AWS::IAM::Role",
        "role",
        {
          AssumeRolePolicyDocument: trust,
          Policies: [
            {
              PolicyName: "deliver",
              PolicyDocument: deliver(ref("group", "Arn")),
            },
          ],
        },
        open,
      ),
      a("AWS::SNS::Topic", "topic", {}, open),
      a(
        "AWS::SNS::TopicPolicy",
        "topic policy",
        {
          Topics: [ref("topic", "TopicArn")],
          PolicyDocument: publish(ref("topic", "TopicArn"), OPEN_TRAIL),
        },
        open,
      ),
      a(
        "AWS::CloudTrail::EventDataStore",
        "store",
        { RetentionPeriod: 2557, KmsKeyId: ref("key", "KeyId") },
        open,
      ),
    ],
    changes,
  );
