import { ABSENT, anyBut, type EventClass, eventClass, type Field } from "./filter-pattern/event.ts";
import { FRESH } from "./filter-pattern/glob.ts";
import type { CisAlarm } from "./schema/cis-alarms.ts";

/** What one of the fifteen alarms is about. */
export type AlarmEvents = {
  /** Each must be caught. */
  events: readonly EventClass[];
  /** A filter that catches some of these is about more than the alarm's events. */
  others: readonly EventClass[];
};

const management = { eventCategory: { is: "Management" }, managementEvent: { is: true } } as const;

/**
 * A call that took effect. What AWS refused changed nothing, so a filter may leave it out; it is the
 * business of the alarm on refused calls.
 */
export function successfulCall(service: string, eventName: string): EventClass {
  return eventClass(eventName, {
    ...management,
    eventSource: { is: `${service}.amazonaws.com` },
    eventName: { is: eventName },
    eventType: { is: "AwsApiCall" },
    readOnly: { is: false },
    errorCode: ABSENT,
    errorMessage: ABSENT,
  });
}

/** An everyday call: whoever catches it catches everything. */
export const EVERYDAY: EventClass = eventClass("DescribeInstances", {
  ...management,
  eventSource: { is: "ec2.amazonaws.com" },
  eventName: { is: "DescribeInstances" },
  eventType: { is: "AwsApiCall" },
  readOnly: { is: true },
  errorCode: ABSENT,
  errorMessage: ABSENT,
  "userIdentity.type": { is: "AssumedRole" },
});

function calls(service: string, names: string): AlarmEvents {
  const list = names.split(" ");
  return {
    events: list.map((name) => successfulCall(service, name)),
    others: [eventClass("another call", { eventName: anyBut(...list) })],
  };
}

/**
 * AWS's services name a refusal in many ways that begin or end alike. What log delivery does by
 * itself, and `HeadBucket`, CIS leaves out too.
 */
const refused = (errorCode: string, name = errorCode): EventClass =>
  eventClass(name, {
    ...management,
    eventType: { is: "AwsApiCall" },
    errorCode: { is: errorCode },
    eventName: anyBut("HeadBucket"),
    sourceIPAddress: anyBut("delivery.logs.amazonaws.com"),
  });

const unauthorizedApiCalls: AlarmEvents = {
  events: [
    refused("AccessDenied"),
    refused("AccessDeniedException"),
    refused(`AccessDenied${FRESH}`, "AccessDenied*"),
    refused("Client.UnauthorizedOperation"),
    refused(`${FRESH}UnauthorizedOperation`, "*UnauthorizedOperation"),
  ],
  others: [
    eventClass("a call that succeeded", { errorCode: ABSENT }),
    eventClass("another error", { errorCode: anyBut("AccessDenied*", "*UnauthorizedOperation") }),
  ],
};

const signIn = {
  ...management,
  eventSource: { is: "signin.amazonaws.com" },
  eventName: { is: "ConsoleLogin" },
  eventType: { is: "AwsConsoleSignIn" },
} as const;
const notSignIn = eventClass("no sign-in", { eventName: anyBut("ConsoleLogin") });

/** Root's sign-ins are the next alarm's, and those through a provider have their MFA there. */
const consoleSignInWithoutMfa: AlarmEvents = {
  events: [
    eventClass("ConsoleLogin of an IAM user without MFA", {
      ...signIn,
      "additionalEventData.MFAUsed": { is: "No" },
      "userIdentity.type": { is: "IAMUser" },
      "responseElements.ConsoleLogin": { is: "Success" },
      errorCode: ABSENT,
      errorMessage: ABSENT,
    }),
  ],
  others: [
    notSignIn,
    eventClass("a sign-in with MFA", { ...signIn, "additionalEventData.MFAUsed": { is: "Yes" } }),
  ],
};

const consoleSignInFailures: AlarmEvents = {
  events: [
    eventClass("ConsoleLogin that failed", {
      ...signIn,
      errorMessage: { is: "Failed authentication" },
      "responseElements.ConsoleLogin": { is: "Failure" },
    }),
  ],
  others: [
    notSignIn,
    eventClass("a sign-in that succeeded", {
      ...signIn,
      errorMessage: ABSENT,
      "responseElements.ConsoleLogin": { is: "Success" },
    }),
  ],
};

/** What a service does on root's behalf is not use of the root user; a filter may leave it out. */
const byRoot = (name: string, fields: Record<string, Field>): EventClass =>
  eventClass(name, {
    ...management,
    "userIdentity.type": { is: "Root" },
    "userIdentity.arn": { is: `arn:${FRESH}:iam::${FRESH}:root` },
    "userIdentity.invokedBy": ABSENT,
    ...fields,
  });

const rootUsage: AlarmEvents = {
  events: [
    byRoot("API calls of the root user", { eventType: { is: "AwsApiCall" } }),
    byRoot("console sign-ins of the root user", {
      eventType: { is: "AwsConsoleSignIn" },
      eventSource: { is: "signin.amazonaws.com" },
      eventName: { is: "ConsoleLogin" },
    }),
  ],
  others: [
    eventClass("others' events", {
      "userIdentity.type": { differs: true, except: ["Root"], optional: true },
      "userIdentity.arn": { differs: true, except: ["*:root"], optional: true },
    }),
  ],
};

/** The events of each alarm, after every version of the CIS AWS Foundations Benchmark. */
export const ALARM_EVENTS: Record<CisAlarm, AlarmEvents> = {
  unauthorizedApiCalls,
  consoleSignInWithoutMfa,
  rootUsage,
  iamPolicyChanges: calls(
    "iam",
    "DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy",
  ),
  cloudTrailChanges: calls(
    "cloudtrail",
    "CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging",
  ),
  consoleSignInFailures,
  keyDisablingOrDeletion: calls("kms", "DisableKey ScheduleKeyDeletion"),
  bucketPolicyChanges: calls(
    "s3",
    "PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication",
  ),
  configChanges: calls(
    "config",
    "StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder",
  ),
  securityGroupChanges: calls(
    "ec2",
    "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup",
  ),
  networkAclChanges: calls(
    "ec2",
    "CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation",
  ),
  networkGatewayChanges: calls(
    "ec2",
    "CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway",
  ),
  routeTableChanges: calls(
    "ec2",
    "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable",
  ),
  vpcChanges: calls(
    "ec2",
    "CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink",
  ),
  organizationsChanges: calls(
    "organizations",
    "AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy UpdateOrganizationalUnit",
  ),
};
