import type * as account from "@aws-sdk/client-account";
import type * as cloudtrail from "@aws-sdk/client-cloudtrail";
import type * as cloudwatch from "@aws-sdk/client-cloudwatch";
import type * as logs from "@aws-sdk/client-cloudwatch-logs";
import type * as ec2 from "@aws-sdk/client-ec2";
import type * as events from "@aws-sdk/client-eventbridge";
import type * as iam from "@aws-sdk/client-iam";
import type * as kms from "@aws-sdk/client-kms";
import type * as organizations from "@aws-sdk/client-organizations";
import type * as sns from "@aws-sdk/client-sns";
import type * as sts from "@aws-sdk/client-sts";
import type { S3Api } from "./api-s3.ts";
import type { Operation } from "./calls.ts";
import type { Clients } from "./clients.ts";

/** What each operation is asked with and answers. */
export type Api = S3Api & {
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
