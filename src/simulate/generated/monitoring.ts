import type { Alarm } from "../schema/alarms.ts";
import type { EventRule } from "../schema/event-rules.ts";
import type { LogGroup } from "../schema/logs.ts";

const NAMESPACE = "CloudTrailMetrics";

const anyOf = (names: string): string =>
  names
    .split(" ")
    .map((name) => `($.eventName = ${name})`)
    .join(" || ");

const calls = (names: string): string => `{ ${anyOf(names)} }`;

const callsTo = (service: string, names: string): string =>
  `{ ($.eventSource = ${service}.amazonaws.com) && (${anyOf(names)}) }`;

/** The events of the fifteen alarms of the CIS AWS Foundations Benchmark, by the metric's name. */
const FILTERS: Readonly<Record<string, string>> = {
  UnauthorizedApiCalls:
    '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
  ConsoleSignInWithoutMfa:
    '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  RootUsage:
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  IamPolicyChanges: callsTo(
    "iam",
    "DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy",
  ),
  // PutEventSelectors too, for it can empty a trail as StopLogging does.
  CloudTrailChanges: calls(
    "CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging PutEventSelectors",
  ),
  ConsoleSignInFailures:
    '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
  KeyDisablingOrDeletion: callsTo("kms", "DisableKey ScheduleKeyDeletion"),
  BucketPolicyChanges: callsTo(
    "s3",
    "PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication",
  ),
  ConfigChanges: callsTo(
    "config",
    "StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder",
  ),
  SecurityGroupChanges: calls(
    "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup",
  ),
  NetworkAclChanges: calls(
    "CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation",
  ),
  NetworkGatewayChanges: calls(
    "CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway",
  ),
  RouteTableChanges: callsTo(
    "ec2",
    "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable",
  ),
  VpcChanges: calls(
    "CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink",
  ),
  OrganizationsChanges: callsTo(
    "organizations",
    "AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy UpdateOrganizationalUnit",
  ),
};

type Watched = { name: string; account: string; region: string; kmsKeyId: string };

/** A log group kept for a year and a month, with a metric filter for each of the alarms. */
export const watchedLogGroup = ({ name, account, region, kmsKeyId }: Watched): LogGroup => ({
  name,
  account,
  region,
  retentionInDays: 400,
  kmsKeyId,
  deletionProtectionEnabled: true,
  metricFilters: Object.entries(FILTERS).map(([metricName, filterPattern]) => ({
    filterName: metricName,
    filterPattern,
    metricName,
    metricNamespace: NAMESPACE,
  })),
});

/** An alarm on the metric of each filter. */
export const alarmsTo = (
  topicArn: string,
  { account, region }: { account: string; region: string },
): Alarm[] =>
  Object.keys(FILTERS).map((name) => ({
    name,
    account,
    region,
    metricName: name,
    namespace: NAMESPACE,
    alarmActions: [topicArn],
  }));

/** An EventBridge rule that tells of every change to a trail. */
export const tamperingRule = (
  topicArn: string,
  place: { account: string; region: string },
): EventRule => ({
  ...place,
  name: "trail-tampering",
  eventPattern: {
    source: ["aws.cloudtrail"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["cloudtrail.amazonaws.com"],
      eventName: ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"],
    },
  },
  targets: [topicArn],
});
