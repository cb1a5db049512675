/** What the CIS AWS Foundations Benchmark wants an alarm on, by the names that subjects use. */
export const CIS_ALARMS = {
  unauthorizedApiCalls: "API calls that were refused",
  consoleSignInWithoutMfa: "console sign-ins without MFA",
  rootUsage: "use of the root user",
  iamPolicyChanges: "changes to IAM policies",
  cloudTrailChanges: "changes to CloudTrail's configuration",
  consoleSignInFailures: "failed console sign-ins",
  keyDisablingOrDeletion: "disabling of customer managed keys and scheduling of their deletion",
  bucketPolicyChanges: "changes to S3 bucket policies",
  configChanges: "changes to AWS Config's configuration",
  securityGroupChanges: "changes to security groups",
  networkAclChanges: "changes to network ACLs",
  networkGatewayChanges: "changes to network gateways",
  routeTableChanges: "changes to route tables",
  vpcChanges: "changes to VPCs",
  organizationsChanges: "changes to AWS Organizations",
} as const;
export type CisAlarm = keyof typeof CIS_ALARMS;
