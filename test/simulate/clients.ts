import { AccountClient } from "@aws-sdk/client-account";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { S3ControlClient } from "@aws-sdk/client-s3-control";
import { SNSClient } from "@aws-sdk/client-sns";
import { STSClient } from "@aws-sdk/client-sts";
import { entryCredentials, type SimulatedCredentials } from "../../src/simulate/credentials.ts";

/** The SDK's own clients of every service, for one account and region of one endpoint. */
export function clients(
  endpoint: string,
  { account, region = "us-east-1", credentials = entryCredentials(account) }: As,
) {
  const setting = { endpoint, region, credentials, maxAttempts: 1 };
  return {
    sts: new STSClient(setting),
    organizations: new OrganizationsClient(setting),
    account: new AccountClient(setting),
    ec2: new EC2Client(setting),
    cloudtrail: new CloudTrailClient(setting),
    kms: new KMSClient(setting),
    s3: new S3Client(setting),
    s3control: new S3ControlClient({
      ...setting,
      // The SDK puts the account id in front of the host, which an IP address cannot take.
      endpointProvider: () => ({ url: new URL(endpoint) }),
    }),
    logs: new CloudWatchLogsClient(setting),
    cloudwatch: new CloudWatchClient(setting),
    sns: new SNSClient(setting),
    events: new EventBridgeClient(setting),
    iam: new IAMClient(setting),
  };
}

type As = { account: string; region?: string; credentials?: SimulatedCredentials };
