import type { TemplateResource } from "../resource.ts";

/** The types of resources that records are made of, and what is joined to them, in each dialect. */
const TYPES = {
  trail: ["aws_cloudtrail", "AWS::CloudTrail::Trail"],
  bucket: ["aws_s3_bucket", "AWS::S3::Bucket"],
  key: ["aws_kms_key", "AWS::KMS::Key"],
  replicaKey: ["aws_kms_replica_key", "AWS::KMS::ReplicaKey"],
  alias: ["aws_kms_alias", "AWS::KMS::Alias"],
  keyPolicy: ["aws_kms_key_policy"],
  grant: ["aws_kms_grant"],
  logGroup: ["aws_cloudwatch_log_group", "AWS::Logs::LogGroup"],
  metricFilter: ["aws_cloudwatch_log_metric_filter", "AWS::Logs::MetricFilter"],
  logPolicy: ["aws_cloudwatch_log_resource_policy", "AWS::Logs::ResourcePolicy"],
  alarm: ["aws_cloudwatch_metric_alarm", "AWS::CloudWatch::Alarm"],
  compositeAlarm: ["aws_cloudwatch_composite_alarm", "AWS::CloudWatch::CompositeAlarm"],
  topic: ["aws_sns_topic", "AWS::SNS::Topic"],
  topicPolicy: ["aws_sns_topic_policy", "AWS::SNS::TopicPolicy", "AWS::SNS::TopicInlinePolicy"],
  subscription: ["aws_sns_topic_subscription", "AWS::SNS::Subscription"],
  chat: [
    "aws_chatbot_slack_channel_configuration",
    "aws_chatbot_teams_channel_configuration",
    "AWS::Chatbot::SlackChannelConfiguration",
    "AWS::Chatbot::MicrosoftTeamsChannelConfiguration",
  ],
  role: ["aws_iam_role", "AWS::IAM::Role"],
  rolePolicy: ["aws_iam_role_policy", "AWS::IAM::RolePolicy"],
  exclusivePolicies: ["aws_iam_role_policies_exclusive"],
  policy: ["aws_iam_policy", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"],
  attachment: [
    "aws_iam_role_policy_attachment",
    "aws_iam_policy_attachment",
    "aws_iam_role_policy_attachments_exclusive",
  ],
  eventDataStore: ["aws_cloudtrail_event_data_store", "AWS::CloudTrail::EventDataStore"],
  resourcePolicy: ["aws_cloudtrail_resource_policy", "AWS::CloudTrail::ResourcePolicy"],
  bucketPolicy: ["aws_s3_bucket_policy", "AWS::S3::BucketPolicy"],
  publicAccessBlock: ["aws_s3_bucket_public_access_block"],
  accountBlock: ["aws_s3_account_public_access_block"],
  versioning: ["aws_s3_bucket_versioning"],
  logging: ["aws_s3_bucket_logging"],
  encryption: ["aws_s3_bucket_server_side_encryption_configuration"],
  lifecycle: ["aws_s3_bucket_lifecycle_configuration"],
  objectLock: ["aws_s3_bucket_object_lock_configuration"],
  ownership: ["aws_s3_bucket_ownership_controls"],
  acl: ["aws_s3_bucket_acl"],
  replication: ["aws_s3_bucket_replication_configuration"],
  payment: ["aws_s3_bucket_request_payment_configuration"],
  controlPolicy: ["aws_organizations_policy", "AWS::Organizations::Policy"],
  organization: ["aws_organizations_organization", "AWS::Organizations::Organization"],
  serviceAccess: ["aws_organizations_aws_service_access"],
  policyAttachment: ["aws_organizations_policy_attachment"],
  eventRule: ["aws_cloudwatch_event_rule", "AWS::Events::Rule"],
  eventTarget: ["aws_cloudwatch_event_target"],
} as const;

/** What a resource is, whichever dialect describes it. */
export type Kind = keyof typeof TYPES;

const KINDS = new Map<string, Kind>();
for (const kind of kinds()) for (const type of TYPES[kind]) KINDS.set(type, kind);

function* kinds(): Generator<Kind> {
  for (const kind in TYPES) if (isKind(kind)) yield kind;
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(TYPES, name);
}

/** CloudFormation's types among them. */
export const CLOUDFORMATION_TYPES: readonly string[] = [...KINDS.keys()].filter((type) =>
  type.startsWith("AWS::"),
);

/** The kind of a resource; undefined: none that matters here. */
export function kindOf({ type }: TemplateResource): Kind | undefined {
  return KINDS.get(type);
}

/** The attributes that name a resource, in either dialect. */
export const NAMES: Partial<Record<Kind, readonly string[]>> = {
  trail: ["name", "TrailName"],
  bucket: ["bucket", "BucketName"],
  logGroup: ["name", "LogGroupName"],
  topic: ["name", "TopicName"],
  role: ["name", "RoleName"],
  eventDataStore: ["name", "Name"],
  alarm: ["alarm_name", "AlarmName"],
  compositeAlarm: ["alarm_name", "AlarmName"],
  alias: ["name", "AliasName"],
  metricFilter: ["name", "FilterName"],
  controlPolicy: ["name", "Name"],
  eventRule: ["name", "Name"],
};
