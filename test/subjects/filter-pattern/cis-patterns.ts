import type { CisAlarm } from "../../../src/subjects/schema/cis-alarms.ts";

const names = (list: string) =>
  list
    .split(" ")
    .map((name) => `($.eventName=${name})`)
    .join(" || ");

const IAM = names(
  "DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy",
);
const BUCKET = names(
  "PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication",
);
const CONFIG = names(
  "StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder",
);
const ROUTES = names(
  "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable",
);
const ORGANIZATION = names(
  "AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy UpdateOrganizationalUnit",
);

/** The strings that Security Hub compares with; it has none for Organizations, where CIS's stands. */
export const SECURITY_HUB: Record<CisAlarm, string> = {
  unauthorizedApiCalls: `{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}`,
  consoleSignInWithoutMfa: `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }`,
  rootUsage: `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`,
  iamPolicyChanges: `{($.eventSource=iam.amazonaws.com) && (${IAM})}`,
  cloudTrailChanges: `{${names("CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging")}}`,
  consoleSignInFailures: `{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}`,
  keyDisablingOrDeletion: `{($.eventSource=kms.amazonaws.com) && (${names("DisableKey ScheduleKeyDeletion")})}`,
  bucketPolicyChanges: `{($.eventSource=s3.amazonaws.com) && (${BUCKET})}`,
  configChanges: `{($.eventSource=config.amazonaws.com) && (${CONFIG})}`,
  securityGroupChanges: `{${names("AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup")}}`,
  networkAclChanges: `{${names("CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation")}}`,
  networkGatewayChanges: `{${names("CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway")}}`,
  routeTableChanges: `{($.eventSource=ec2.amazonaws.com) && (${ROUTES})}`,
  vpcChanges: `{${names("CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink")}}`,
  organizationsChanges: `{ ($.eventSource = organizations.amazonaws.com) && (${ORGANIZATION}) }`,
};

/** How versions of the CIS benchmark and those who follow it write the same alarms. */
export const OTHER_SPELLINGS: Record<CisAlarm, string[]> = {
  unauthorizedApiCalls: [
    `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }`,
    `{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && (($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket")) }`,
    `{ $.errorCode = "AccessDenied*" || $.errorCode = "*UnauthorizedOperation" }`,
    `{ $.errorCode = "*Denied*" || $.errorCode = "*Unauthorized*" }`,
  ],
  consoleSignInWithoutMfa: [
    `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }`,
    `{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed = No) }`,
    `{ $.additionalEventData.MFAUsed != Yes && $.eventSource = signin.amazonaws.com && $.eventName = ConsoleLogin }`,
  ],
  rootUsage: [
    `{ $.userIdentity.type = "Root" }`,
    `{ $.userIdentity.type = Root && $.eventType != AwsServiceEvent && $.userIdentity.invokedBy NOT EXISTS }`,
    `{ ($.userIdentity.arn = "arn:*:iam::*:root") }`,
  ],
  iamPolicyChanges: [
    `{${IAM}}`,
    `{ $.eventSource = "iam.amazonaws.com" && $.eventName = *Policy* }`,
  ],
  cloudTrailChanges: [
    `{ ($.eventName = "StopLogging") || ($.eventName = "StartLogging") || ($.eventName = "DeleteTrail") || ($.eventName = "UpdateTrail") || ($.eventName = "CreateTrail") }`,
    `{ $.eventSource = cloudtrail.amazonaws.com && ($.eventName = *Trail || $.eventName = St*Logging) }`,
    `{($.eventSource = cloudtrail.amazonaws.com) && ($.errorCode NOT EXISTS)}`,
    `?CreateTrail ?UpdateTrail ?DeleteTrail ?StartLogging ?StopLogging`,
  ],
  consoleSignInFailures: [
    `{ $.errorMessage = "Failed authentication" && $.eventName = "ConsoleLogin" }`,
    `{ ($.eventName = ConsoleLogin) && ($.responseElements.ConsoleLogin = Failure) }`,
  ],
  keyDisablingOrDeletion: [
    `{ ($.eventSource = "kms.amazonaws.com") && (($.eventName="ScheduleKeyDeletion")||($.eventName="DisableKey")) }`,
    `{ ($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion) }`,
  ],
  bucketPolicyChanges: [
    `{ ${BUCKET} }`,
    `{ $.eventSource = s3.amazonaws.com && ($.eventName = PutBucket* || $.eventName = DeleteBucket*) }`,
  ],
  configChanges: [`{ ${CONFIG} }`, `{ $.eventSource = "config.amazonaws.com" }`],
  securityGroupChanges: [`{ $.eventName = *SecurityGroup* && $.eventSource = ec2.amazonaws.com }`],
  networkAclChanges: [`{ $.eventName = "*NetworkAcl*" }`],
  networkGatewayChanges: [`{ $.eventName = "*Gateway*" && $.readOnly IS FALSE }`],
  routeTableChanges: [`{${ROUTES}}`, `{ $.eventName = "*Route*" && $.eventCategory = Management }`],
  vpcChanges: [`{ $.eventName = "*Vpc*" && $.eventType = AwsApiCall }`],
  organizationsChanges: [`{ $.eventSource = "organizations.amazonaws.com" }`, `{${ORGANIZATION}}`],
};

/** Spellings that look right and miss what the second text names. */
export const TOO_NARROW: Record<CisAlarm, [pattern: string, missing: string][]> = {
  unauthorizedApiCalls: [
    [`{ $.errorCode = "AccessDenied" }`, "AccessDeniedException"],
    [`{ $.errorCode = "AccessDenied*" }`, "Client.UnauthorizedOperation"],
    [`{ ($.errorCode="*UnauthorizedOperation") && ($.errorCode="AccessDenied*") }`, "AccessDenied"],
    [`{ $.errorCode != "AccessDenied*" }`, "AccessDenied"],
    [`{ $.errorMessage = "AccessDenied*" }`, "AccessDenied"],
    [
      `{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.userIdentity.invokedBy != "config.amazonaws.com" }`,
      "AccessDenied",
    ],
  ],
  consoleSignInWithoutMfa: [
    [
      `{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed = "Yes" }`,
      "ConsoleLogin of an IAM user without MFA",
    ],
    [
      `{ $.eventName = "ConsoleLogin" && $.userIdentity.type = "Root" }`,
      "ConsoleLogin of an IAM user without MFA",
    ],
    [
      `{ $.userIdentity.sessionContext.attributes.mfaAuthenticated != "true" && $.userIdentity.invokedBy = "signin.amazonaws.com" }`,
      "ConsoleLogin of an IAM user without MFA",
    ],
  ],
  rootUsage: [
    [
      `{ $.userIdentity.type = "Root" && $.eventName = "ConsoleLogin" }`,
      "API calls of the root user",
    ],
    [
      `{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy EXISTS }`,
      "API calls of the root user",
    ],
    [`{ $.userIdentity.type = "root" }`, "console sign-ins of the root user"],
    [
      `{ $.userIdentity.type = "Root" && $.eventType = "AwsApiCall" }`,
      "console sign-ins of the root user",
    ],
  ],
  iamPolicyChanges: [
    [`{ $.eventSource = iam.amazonaws.com && $.eventName = "*Policy" }`, "CreatePolicyVersion"],
  ],
  cloudTrailChanges: [
    [`{ ${names("CreateTrail UpdateTrail DeleteTrail StartLogging")} }`, "StopLogging"],
    [
      `{ (${names("CreateTrail UpdateTrail DeleteTrail StartLogging")}) && $.eventName = StopLogging }`,
      "StopLogging",
    ],
    [
      `{ ${names("CreateTrail UpdateTrail DeleteTrail StartLogging")} || ($.eventName != StopLogging) }`,
      "StopLogging",
    ],
    [
      `{ (${names("CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging")}) && $.awsRegion = "us-east-1" }`,
      "StopLogging",
    ],
    [
      `{ (${names("CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging")}) && $.recipientAccountId != "111111111111" }`,
      "DeleteTrail",
    ],
    [
      `{ (${names("CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging")}) && $.userIdentity.arn != "*deployer*" }`,
      "UpdateTrail",
    ],
    [
      `{ (${names("CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging")}) && $.eventTime = "2026*" }`,
      "CreateTrail",
    ],
    [
      `{ (${names("CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging")}) && $.errorCode = "*" }`,
      "CreateTrail",
    ],
    [`{ $.eventType = CreateTrail || $.eventType = StopLogging }`, "StopLogging"],
    [`{ $.eventname = StopLogging }`, "StopLogging"],
    [`{ $.eventName = stoplogging }`, "StopLogging"],
    [`{ $.eventSource = cloudtrail && $.eventName = "*" }`, "StopLogging"],
    [`?CreateTrail ?UpdateTrail ?DeleteTrail ?StartLogging`, "StopLogging"],
    [`CreateTrail StopLogging`, "StopLogging"],
    [`StopLogging -deployer`, "StopLogging"],
  ],
  consoleSignInFailures: [
    [`{ $.eventName = ConsoleLogin && $.errorMessage = "Failed" }`, "ConsoleLogin that failed"],
    [
      `{ $.eventName = ConsoleLogin && $.responseElements.ConsoleLogin = Success }`,
      "ConsoleLogin that failed",
    ],
    [
      `{ $.eventName = ConsoleLogin && $.errorMessage = "Failed authentication" && $.userIdentity.type = Root }`,
      "ConsoleLogin that failed",
    ],
  ],
  keyDisablingOrDeletion: [
    [`{ $.eventSource = kms.amazonaws.com && $.eventName = DisableKey }`, "ScheduleKeyDeletion"],
  ],
  bucketPolicyChanges: [
    [`{ $.eventSource = s3.amazonaws.com && $.eventName = "PutBucket*" }`, "DeleteBucketPolicy"],
  ],
  configChanges: [
    [`{ $.eventSource = configservice.amazonaws.com && (${CONFIG}) }`, "StopConfigurationRecorder"],
  ],
  securityGroupChanges: [[`{ $.eventName = "*SecurityGroupIngress" }`, "CreateSecurityGroup"]],
  networkAclChanges: [[`{ $.eventName = "*NetworkAcl" }`, "CreateNetworkAclEntry"]],
  networkGatewayChanges: [[`{ $.eventName = "*InternetGateway" }`, "CreateCustomerGateway"]],
  routeTableChanges: [[`{ $.eventName = "*RouteTable" }`, "ReplaceRoute"]],
  vpcChanges: [[`{ $.eventName = "*Vpc" }`, "ModifyVpcAttribute"]],
  organizationsChanges: [
    [`{ $.eventSource = iam.amazonaws.com && (${ORGANIZATION}) }`, "LeaveOrganization"],
  ],
};
