import * as account from "@aws-sdk/client-account";
import * as cloudtrail from "@aws-sdk/client-cloudtrail";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ec2 from "@aws-sdk/client-ec2";
import * as events from "@aws-sdk/client-eventbridge";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as organizations from "@aws-sdk/client-organizations";
import * as s3 from "@aws-sdk/client-s3";
import * as s3control from "@aws-sdk/client-s3-control";
import * as sns from "@aws-sdk/client-sns";
import * as sts from "@aws-sdk/client-sts";
import type { Requests } from "./api.ts";

/** Each operation, sent through the shared client of its service and region. */
export const REQUESTS: Requests = {
  "sts:GetCallerIdentity": (input, { clients, region, abortSignal }) =>
    clients.sts(region).send(new sts.GetCallerIdentityCommand(input), { abortSignal }),
  "sts:AssumeRole": (input, { clients, region, abortSignal }) =>
    clients.sts(region).send(new sts.AssumeRoleCommand(input), { abortSignal }),
  "organizations:DescribeOrganization": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.DescribeOrganizationCommand(input), { abortSignal }),
  "organizations:ListAccounts": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.ListAccountsCommand(input), { abortSignal }),
  "organizations:ListRoots": (input, { clients, region, abortSignal }) =>
    clients.organizations(region).send(new organizations.ListRootsCommand(input), { abortSignal }),
  "organizations:ListOrganizationalUnitsForParent": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.ListOrganizationalUnitsForParentCommand(input), { abortSignal }),
  "organizations:ListAccountsForParent": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.ListAccountsForParentCommand(input), { abortSignal }),
  "organizations:ListAWSServiceAccessForOrganization": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.ListAWSServiceAccessForOrganizationCommand(input), { abortSignal }),
  "organizations:ListDelegatedAdministrators": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.ListDelegatedAdministratorsCommand(input), { abortSignal }),
  "organizations:ListPolicies": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.ListPoliciesCommand(input), { abortSignal }),
  "organizations:DescribePolicy": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.DescribePolicyCommand(input), { abortSignal }),
  "organizations:ListTargetsForPolicy": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.ListTargetsForPolicyCommand(input), { abortSignal }),
  "organizations:DescribeResourcePolicy": (input, { clients, region, abortSignal }) =>
    clients
      .organizations(region)
      .send(new organizations.DescribeResourcePolicyCommand(input), { abortSignal }),
  "account:ListRegions": (input, { clients, region, abortSignal }) =>
    clients.account(region).send(new account.ListRegionsCommand(input), { abortSignal }),
  "ec2:DescribeRegions": (input, { clients, region, abortSignal }) =>
    clients.ec2(region).send(new ec2.DescribeRegionsCommand(input), { abortSignal }),
  "cloudtrail:DescribeTrails": (input, { clients, region, abortSignal }) =>
    clients.cloudtrail(region).send(new cloudtrail.DescribeTrailsCommand(input), { abortSignal }),
  "cloudtrail:GetTrailStatus": (input, { clients, region, abortSignal }) =>
    clients.cloudtrail(region).send(new cloudtrail.GetTrailStatusCommand(input), { abortSignal }),
  "cloudtrail:GetEventSelectors": (input, { clients, region, abortSignal }) =>
    clients
      .cloudtrail(region)
      .send(new cloudtrail.GetEventSelectorsCommand(input), { abortSignal }),
  "cloudtrail:GetInsightSelectors": (input, { clients, region, abortSignal }) =>
    clients
      .cloudtrail(region)
      .send(new cloudtrail.GetInsightSelectorsCommand(input), { abortSignal }),
  "cloudtrail:GetEventConfiguration": (input, { clients, region, abortSignal }) =>
    clients
      .cloudtrail(region)
      .send(new cloudtrail.GetEventConfigurationCommand(input), { abortSignal }),
  "cloudtrail:ListTags": (input, { clients, region, abortSignal }) =>
    clients.cloudtrail(region).send(new cloudtrail.ListTagsCommand(input), { abortSignal }),
  "cloudtrail:ListEventDataStores": (input, { clients, region, abortSignal }) =>
    clients
      .cloudtrail(region)
      .send(new cloudtrail.ListEventDataStoresCommand(input), { abortSignal }),
  "cloudtrail:GetEventDataStore": (input, { clients, region, abortSignal }) =>
    clients
      .cloudtrail(region)
      .send(new cloudtrail.GetEventDataStoreCommand(input), { abortSignal }),
  "cloudtrail:ListChannels": (input, { clients, region, abortSignal }) =>
    clients.cloudtrail(region).send(new cloudtrail.ListChannelsCommand(input), { abortSignal }),
  "cloudtrail:GetResourcePolicy": (input, { clients, region, abortSignal }) =>
    clients
      .cloudtrail(region)
      .send(new cloudtrail.GetResourcePolicyCommand(input), { abortSignal }),
  "events:ListRules": (input, { clients, region, abortSignal }) =>
    clients.events(region).send(new events.ListRulesCommand(input), { abortSignal }),
  "events:ListTargetsByRule": (input, { clients, region, abortSignal }) =>
    clients.events(region).send(new events.ListTargetsByRuleCommand(input), { abortSignal }),
  "iam:GetRole": (input, { clients, region, abortSignal }) =>
    clients.iam(region).send(new iam.GetRoleCommand(input), { abortSignal }),
  "iam:ListRolePolicies": (input, { clients, region, abortSignal }) =>
    clients.iam(region).send(new iam.ListRolePoliciesCommand(input), { abortSignal }),
  "iam:GetRolePolicy": (input, { clients, region, abortSignal }) =>
    clients.iam(region).send(new iam.GetRolePolicyCommand(input), { abortSignal }),
  "iam:ListAttachedRolePolicies": (input, { clients, region, abortSignal }) =>
    clients.iam(region).send(new iam.ListAttachedRolePoliciesCommand(input), { abortSignal }),
  "iam:GetPolicy": (input, { clients, region, abortSignal }) =>
    clients.iam(region).send(new iam.GetPolicyCommand(input), { abortSignal }),
  "iam:GetPolicyVersion": (input, { clients, region, abortSignal }) =>
    clients.iam(region).send(new iam.GetPolicyVersionCommand(input), { abortSignal }),
  "iam:GetAccountAuthorizationDetails": (input, { clients, region, abortSignal }) =>
    clients.iam(region).send(new iam.GetAccountAuthorizationDetailsCommand(input), { abortSignal }),
  "kms:DescribeKey": (input, { clients, region, abortSignal }) =>
    clients.kms(region).send(new kms.DescribeKeyCommand(input), { abortSignal }),
  "kms:GetKeyRotationStatus": (input, { clients, region, abortSignal }) =>
    clients.kms(region).send(new kms.GetKeyRotationStatusCommand(input), { abortSignal }),
  "kms:GetKeyPolicy": (input, { clients, region, abortSignal }) =>
    clients.kms(region).send(new kms.GetKeyPolicyCommand(input), { abortSignal }),
  "logs:DescribeLogGroups": (input, { clients, region, abortSignal }) =>
    clients.logs(region).send(new logs.DescribeLogGroupsCommand(input), { abortSignal }),
  "logs:DescribeMetricFilters": (input, { clients, region, abortSignal }) =>
    clients.logs(region).send(new logs.DescribeMetricFiltersCommand(input), { abortSignal }),
  "logs:DescribeResourcePolicies": (input, { clients, region, abortSignal }) =>
    clients.logs(region).send(new logs.DescribeResourcePoliciesCommand(input), { abortSignal }),
  "cloudwatch:DescribeAlarms": (input, { clients, region, abortSignal }) =>
    clients.cloudwatch(region).send(new cloudwatch.DescribeAlarmsCommand(input), { abortSignal }),
  "sns:GetTopicAttributes": (input, { clients, region, abortSignal }) =>
    clients.sns(region).send(new sns.GetTopicAttributesCommand(input), { abortSignal }),
  "s3:ListBuckets": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.ListBucketsCommand(input), { abortSignal }),
  "s3:HeadBucket": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.HeadBucketCommand(input), { abortSignal }),
  "s3:GetBucketVersioning": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketVersioningCommand(input), { abortSignal }),
  "s3:GetBucketEncryption": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketEncryptionCommand(input), { abortSignal }),
  "s3:GetPublicAccessBlock": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetPublicAccessBlockCommand(input), { abortSignal }),
  "s3:GetBucketPolicy": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketPolicyCommand(input), { abortSignal }),
  "s3:GetBucketPolicyStatus": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketPolicyStatusCommand(input), { abortSignal }),
  "s3:GetBucketAcl": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketAclCommand(input), { abortSignal }),
  "s3:GetBucketOwnershipControls": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketOwnershipControlsCommand(input), { abortSignal }),
  "s3:GetObjectLockConfiguration": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetObjectLockConfigurationCommand(input), { abortSignal }),
  "s3:GetBucketLogging": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketLoggingCommand(input), { abortSignal }),
  "s3:GetBucketLifecycleConfiguration": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketLifecycleConfigurationCommand(input), { abortSignal }),
  "s3:GetBucketReplication": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketReplicationCommand(input), { abortSignal }),
  "s3:GetBucketRequestPayment": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.GetBucketRequestPaymentCommand(input), { abortSignal }),
  "s3:ListObjectsV2": (input, { clients, region, abortSignal }) =>
    clients.s3(region).send(new s3.ListObjectsV2Command(input), { abortSignal }),
  "s3control:GetPublicAccessBlock": (input, { clients, region, abortSignal }) =>
    clients
      .s3control(region)
      .send(new s3control.GetPublicAccessBlockCommand(input), { abortSignal }),
};
