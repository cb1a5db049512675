import type * as account from "@aws-sdk/client-account";
import type * as cloudtrail from "@aws-sdk/client-cloudtrail";
import type * as cloudwatch from "@aws-sdk/client-cloudwatch";
import type * as logs from "@aws-sdk/client-cloudwatch-logs";
import type * as ec2 from "@aws-sdk/client-ec2";
import type * as events from "@aws-sdk/client-eventbridge";
import type * as iam from "@aws-sdk/client-iam";
import type * as kms from "@aws-sdk/client-kms";
import type * as organizations from "@aws-sdk/client-organizations";
import type * as s3 from "@aws-sdk/client-s3";
import type * as s3control from "@aws-sdk/client-s3-control";
import type * as sns from "@aws-sdk/client-sns";
import type * as sts from "@aws-sdk/client-sts";
import type { Operation } from "./calls.ts";
import type { Clients } from "./clients.ts";

/** What each operation is asked with and answers. */
export type Api = {
  "sts:GetCallerIdentity": [sts.GetCallerIdentityCommandInput, sts.GetCallerIdentityCommandOutput];
  "sts:AssumeRole": [sts.AssumeRoleCommandInput, sts.AssumeRoleCommandOutput];
  "organizations:DescribeOrganization": [
    organizations.DescribeOrganizationCommandInput,
    organizations.DescribeOrganizationCommandOutput,
  ];
  "organizations:ListAccounts": [
    organizations.ListAccountsCommandInput,
    organizations.ListAccountsCommandOutput,
  ];
  "organizations:ListRoots": [
    organizations.ListRootsCommandInput,
    organizations.ListRootsCommandOutput,
  ];
  "organizations:ListOrganizationalUnitsForParent": [
    organizations.ListOrganizationalUnitsForParentCommandInput,
    organizations.ListOrganizationalUnitsForParentCommandOutput,
  ];
  "organizations:ListAccountsForParent": [
    organizations.ListAccountsForParentCommandInput,
    organizations.ListAccountsForParentCommandOutput,
  ];
  "organizations:ListAWSServiceAccessForOrganization": [
    organizations.ListAWSServiceAccessForOrganizationCommandInput,
    organizations.ListAWSServiceAccessForOrganizationCommandOutput,
  ];
  "organizations:ListDelegatedAdministrators": [
    organizations.ListDelegatedAdministratorsCommandInput,
    organizations.ListDelegatedAdministratorsCommandOutput,
  ];
  "organizations:ListPolicies": [
    organizations.ListPoliciesCommandInput,
    organizations.ListPoliciesCommandOutput,
  ];
  "organizations:DescribePolicy": [
    organizations.DescribePolicyCommandInput,
    organizations.DescribePolicyCommandOutput,
  ];
  "organizations:ListTargetsForPolicy": [
    organizations.ListTargetsForPolicyCommandInput,
    organizations.ListTargetsForPolicyCommandOutput,
  ];
  "organizations:DescribeResourcePolicy": [
    organizations.DescribeResourcePolicyCommandInput,
    organizations.DescribeResourcePolicyCommandOutput,
  ];
  "account:ListRegions": [account.ListRegionsCommandInput, account.ListRegionsCommandOutput];
  "ec2:DescribeRegions": [ec2.DescribeRegionsCommandInput, ec2.DescribeRegionsCommandOutput];
  "cloudtrail:DescribeTrails": [
    cloudtrail.DescribeTrailsCommandInput,
    cloudtrail.DescribeTrailsCommandOutput,
  ];
  "cloudtrail:GetTrailStatus": [
    cloudtrail.GetTrailStatusCommandInput,
    cloudtrail.GetTrailStatusCommandOutput,
  ];
  "cloudtrail:GetEventSelectors": [
    cloudtrail.GetEventSelectorsCommandInput,
    cloudtrail.GetEventSelectorsCommandOutput,
  ];
  "cloudtrail:GetInsightSelectors": [
    cloudtrail.GetInsightSelectorsCommandInput,
    cloudtrail.GetInsightSelectorsCommandOutput,
  ];
  "cloudtrail:GetEventConfiguration": [
    cloudtrail.GetEventConfigurationCommandInput,
    cloudtrail.GetEventConfigurationCommandOutput,
  ];
  "cloudtrail:ListTags": [cloudtrail.ListTagsCommandInput, cloudtrail.ListTagsCommandOutput];
  "cloudtrail:ListEventDataStores": [
    cloudtrail.ListEventDataStoresCommandInput,
    cloudtrail.ListEventDataStoresCommandOutput,
  ];
  "cloudtrail:GetEventDataStore": [
    cloudtrail.GetEventDataStoreCommandInput,
    cloudtrail.GetEventDataStoreCommandOutput,
  ];
  "cloudtrail:ListChannels": [
    cloudtrail.ListChannelsCommandInput,
    cloudtrail.ListChannelsCommandOutput,
  ];
  "cloudtrail:GetResourcePolicy": [
    cloudtrail.GetResourcePolicyCommandInput,
    cloudtrail.GetResourcePolicyCommandOutput,
  ];
  "events:ListRules": [events.ListRulesCommandInput, events.ListRulesCommandOutput];
  "events:ListTargetsByRule": [
    events.ListTargetsByRuleCommandInput,
    events.ListTargetsByRuleCommandOutput,
  ];
  "iam:GetRole": [iam.GetRoleCommandInput, iam.GetRoleCommandOutput];
  "iam:ListRolePolicies": [iam.ListRolePoliciesCommandInput, iam.ListRolePoliciesCommandOutput];
  "iam:GetRolePolicy": [iam.GetRolePolicyCommandInput, iam.GetRolePolicyCommandOutput];
  "iam:ListAttachedRolePolicies": [
    iam.ListAttachedRolePoliciesCommandInput,
    iam.ListAttachedRolePoliciesCommandOutput,
  ];
  "iam:GetPolicy": [iam.GetPolicyCommandInput, iam.GetPolicyCommandOutput];
  "iam:GetPolicyVersion": [iam.GetPolicyVersionCommandInput, iam.GetPolicyVersionCommandOutput];
  "iam:GetAccountAuthorizationDetails": [
    iam.GetAccountAuthorizationDetailsCommandInput,
    iam.GetAccountAuthorizationDetailsCommandOutput,
  ];
  "kms:DescribeKey": [kms.DescribeKeyCommandInput, kms.DescribeKeyCommandOutput];
  "kms:GetKeyRotationStatus": [
    kms.GetKeyRotationStatusCommandInput,
    kms.GetKeyRotationStatusCommandOutput,
  ];
  "kms:GetKeyPolicy": [kms.GetKeyPolicyCommandInput, kms.GetKeyPolicyCommandOutput];
  "logs:DescribeLogGroups": [
    logs.DescribeLogGroupsCommandInput,
    logs.DescribeLogGroupsCommandOutput,
  ];
  "logs:DescribeMetricFilters": [
    logs.DescribeMetricFiltersCommandInput,
    logs.DescribeMetricFiltersCommandOutput,
  ];
  "logs:DescribeResourcePolicies": [
    logs.DescribeResourcePoliciesCommandInput,
    logs.DescribeResourcePoliciesCommandOutput,
  ];
  "cloudwatch:DescribeAlarms": [
    cloudwatch.DescribeAlarmsCommandInput,
    cloudwatch.DescribeAlarmsCommandOutput,
  ];
  "sns:GetTopicAttributes": [
    sns.GetTopicAttributesCommandInput,
    sns.GetTopicAttributesCommandOutput,
  ];
  "s3:ListBuckets": [s3.ListBucketsCommandInput, s3.ListBucketsCommandOutput];
  "s3:HeadBucket": [s3.HeadBucketCommandInput, s3.HeadBucketCommandOutput];
  "s3:GetBucketVersioning": [
    s3.GetBucketVersioningCommandInput,
    s3.GetBucketVersioningCommandOutput,
  ];
  "s3:GetBucketEncryption": [
    s3.GetBucketEncryptionCommandInput,
    s3.GetBucketEncryptionCommandOutput,
  ];
  "s3:GetPublicAccessBlock": [
    s3.GetPublicAccessBlockCommandInput,
    s3.GetPublicAccessBlockCommandOutput,
  ];
  "s3:GetBucketPolicy": [s3.GetBucketPolicyCommandInput, s3.GetBucketPolicyCommandOutput];
  "s3:GetBucketPolicyStatus": [
    s3.GetBucketPolicyStatusCommandInput,
    s3.GetBucketPolicyStatusCommandOutput,
  ];
  "s3:GetBucketAcl": [s3.GetBucketAclCommandInput, s3.GetBucketAclCommandOutput];
  "s3:GetBucketOwnershipControls": [
    s3.GetBucketOwnershipControlsCommandInput,
    s3.GetBucketOwnershipControlsCommandOutput,
  ];
  "s3:GetObjectLockConfiguration": [
    s3.GetObjectLockConfigurationCommandInput,
    s3.GetObjectLockConfigurationCommandOutput,
  ];
  "s3:GetBucketLogging": [s3.GetBucketLoggingCommandInput, s3.GetBucketLoggingCommandOutput];
  "s3:GetBucketLifecycleConfiguration": [
    s3.GetBucketLifecycleConfigurationCommandInput,
    s3.GetBucketLifecycleConfigurationCommandOutput,
  ];
  "s3:GetBucketReplication": [
    s3.GetBucketReplicationCommandInput,
    s3.GetBucketReplicationCommandOutput,
  ];
  "s3:GetBucketRequestPayment": [
    s3.GetBucketRequestPaymentCommandInput,
    s3.GetBucketRequestPaymentCommandOutput,
  ];
  "s3:ListObjectsV2": [s3.ListObjectsV2CommandInput, s3.ListObjectsV2CommandOutput];
  "s3control:GetPublicAccessBlock": [
    s3control.GetPublicAccessBlockCommandInput,
    s3control.GetPublicAccessBlockCommandOutput,
  ];
};

/** What an operation is asked with. */
export type Input<O extends Operation> = Api[O][0];
/** What an operation answers. */
export type Output<O extends Operation> = Api[O][1];

/** Through what, where and until when one request goes. */
export type Via = { clients: Clients; region: string; abortSignal: AbortSignal };

/** Every request that can be sent, one function an operation of the table in `calls.ts`. */
export type Requests = {
  [O in Operation]: (input: Input<O>, via: Via) => Promise<Output<O>>;
};
