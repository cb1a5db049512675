import { cloudFormationType } from "./cloud-control.ts";
import { isStack } from "./is-stack.ts";

/** The resources of Terraform's AWS provider from which subjects are made; all others are passed over. */
const RELEVANT_TERRAFORM_TYPES: ReadonlySet<string> = new Set([
  "aws_chatbot_slack_channel_configuration",
  "aws_chatbot_teams_channel_configuration",
  "aws_cloudtrail",
  "aws_cloudtrail_event_data_store",
  "aws_cloudtrail_organization_delegated_admin_account",
  "aws_cloudtrail_resource_policy",
  "aws_cloudwatch_composite_alarm",
  "aws_cloudwatch_event_rule",
  "aws_cloudwatch_event_target",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudwatch_log_resource_policy",
  "aws_cloudwatch_metric_alarm",
  "aws_iam_policy",
  "aws_iam_policy_attachment",
  "aws_iam_role",
  "aws_iam_role_policies_exclusive",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_role_policy_attachments_exclusive",
  "aws_kms_alias",
  "aws_kms_grant",
  "aws_kms_key",
  "aws_kms_key_policy",
  "aws_kms_replica_key",
  "aws_organizations_aws_service_access",
  "aws_organizations_delegated_administrator",
  "aws_organizations_organization",
  "aws_organizations_policy",
  "aws_organizations_policy_attachment",
  "aws_s3_account_public_access_block",
  "aws_s3_bucket",
  "aws_s3_bucket_acl",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_object_lock_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_replication_configuration",
  "aws_s3_bucket_request_payment_configuration",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_sns_topic",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
]);

/** Whether subjects are made from managed resources of this type. */
export function isRelevant(type: string): boolean {
  return RELEVANT_TERRAFORM_TYPES.has(type) || cloudFormationType(type) !== null || isStack(type);
}
