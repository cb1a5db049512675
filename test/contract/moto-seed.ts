import {
  AddTagsCommand,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  StartLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateLogGroupCommand,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateKeyCommand,
  EnableKeyRotationCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
} from "@aws-sdk/client-organizations";
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { PutPublicAccessBlockCommand as PutAccountBlockCommand } from "@aws-sdk/client-s3-control";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { DEFAULT_REGIONS } from "../../src/simulate/generate.ts";
import type { World } from "../../src/simulate/world.ts";
import type { clients } from "../simulate/clients.ts";
import { controlPolicies, keptIn, seedWiring } from "./wiring-seed.ts";

/** The account that moto's server plays where it is given no other. */
export const MOTO_ACCOUNT = "123456789012";

const TRAIL = `arn:aws:cloudtrail:us-east-1:${MOTO_ACCOUNT}:trail/full`;
const TOPIC = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:deliveries`;
const GROUP = "trail-group";
const POLICY = '{"Version": "2012-10-17", "Statement": []}';
const BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const blocked = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

type Moto = ReturnType<typeof clients>;

/** Makes in moto, call by call, what the world that it returns describes. */
export async function seeded(moto: Moto): Promise<World> {
  const organization = await seedOrganization(moto);
  const key = await seedKeys(moto);
  await seedBuckets(moto, key.good);
  await seedLogs(moto);
  await moto.sns.send(new CreateTopicCommand({ Name: "deliveries" }));
  await moto.sns.send(
    new SubscribeCommand({
      TopicArn: TOPIC,
      Protocol: "sqs",
      Endpoint: "arn:aws:sqs:us-east-1:123456789012:q",
    }),
  );
  await seedTrails(moto, key.good);
  const wiring = await seedWiring(moto, { account: MOTO_ACCOUNT, topic: TOPIC });
  return {
    ...wiring,
    now: "2026-11-01T06:00:00Z",
    regions: Object.fromEntries(
      DEFAULT_REGIONS.map((name) => [name, "ENABLED_BY_DEFAULT" as const]),
    ),
    ...organization,
    trails: [
      {
        name: "full",
        account: MOTO_ACCOUNT,
        homeRegion: "us-east-1",
        s3BucketName: "full-bucket",
        s3KeyPrefix: "prefix",
        kmsKeyId: key.good,
        snsTopicArn: TOPIC,
        cloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${MOTO_ACCOUNT}:log-group:${GROUP}:*`,
        cloudWatchLogsRoleArn: `arn:aws:iam::${MOTO_ACCOUNT}:role/cloudtrail-to-logs`,
        eventSelectors: [
          {
            readWriteType: "All",
            includeManagementEvents: true,
            dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
          },
        ],
        insightTypes: ["ApiCallRateInsight"],
        tags: { owner: "security" },
      },
      {
        name: "bare",
        account: MOTO_ACCOUNT,
        homeRegion: "eu-west-1",
        isMultiRegionTrail: false,
        logFileValidationEnabled: false,
        s3BucketName: "full-bucket",
        status: [
          {
            isLogging: false,
            startLoggingTime: null,
            stopLoggingTime: null,
            latestDeliveryTime: null,
            latestDigestDeliveryTime: null,
          },
        ],
      },
    ],
    buckets: [
      {
        name: "full-bucket",
        account: MOTO_ACCOUNT,
        region: "us-east-1",
        versioning: "Enabled",
        publicAccessBlock: blocked,
        objectOwnership: "BucketOwnerPreferred",
        encryption: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.good, bucketKeyEnabled: true },
        policy: POLICY,
        ...keptIn,
        lifecycle: [
          {
            id: "expire",
            prefix: "AWSLogs/",
            expirationDays: 400,
            transitions: [{ days: 30, storageClass: "GLACIER" }],
          },
        ],
      },
      { name: "fresh-bucket", account: MOTO_ACCOUNT, region: "us-east-1", versioning: "never" },
    ],
    keys: [
      { arn: key.good, policy: POLICY },
      {
        arn: key.dying,
        state: "PendingDeletion",
        deletionDate: { minutesAgo: -10_080 },
        rotationEnabled: false,
      },
      { arn: key.asymmetric, spec: "RSA_2048" },
    ],
    logGroups: [
      {
        name: GROUP,
        account: MOTO_ACCOUNT,
        region: "us-east-1",
        retentionInDays: 365,
        metricFilters: [
          {
            filterName: "changes",
            filterPattern: "{ $.eventName = StopLogging }",
            metricName: "Changes",
            metricNamespace: "Audit",
          },
        ],
      },
    ],
    topics: [
      {
        arn: TOPIC,
        subscriptions: [{ protocol: "sqs", endpoint: "arn:aws:sqs:us-east-1:123456789012:q" }],
      },
    ],
    alarms: [
      ...(wiring.alarms ?? []),
      {
        name: "changes",
        account: MOTO_ACCOUNT,
        region: "us-east-1",
        metricName: "Changes",
        namespace: "Audit",
        alarmActions: [TOPIC],
      },
    ],
  };
}

async function seedOrganization({ organizations, s3control }: Moto) {
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  await organizations.send(
    new EnableAWSServiceAccessCommand({ ServicePrincipal: "cloudtrail.amazonaws.com" }),
  );
  const { Roots } = await organizations.send(new ListRootsCommand());
  const root = Roots?.[0]?.Id;
  const PolicyType = "SERVICE_CONTROL_POLICY";
  await organizations.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType }));
  const unit = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: root, Name: "Workloads" }),
  );
  const created = await organizations.send(
    new CreateAccountCommand({ AccountName: "member", Email: "member@example.com" }),
  );
  const id = created.CreateAccountStatus?.AccountId ?? "";
  await organizations.send(
    new MoveAccountCommand({
      AccountId: id,
      SourceParentId: root,
      DestinationParentId: unit.OrganizationalUnit?.Id,
    }),
  );
  await s3control.send(
    new PutAccountBlockCommand({
      AccountId: MOTO_ACCOUNT,
      PublicAccessBlockConfiguration: BLOCKED,
    }),
  );
  return {
    organization: {
      managementAccount: MOTO_ACCOUNT,
      trustedAccess: ["cloudtrail.amazonaws.com"],
      serviceControlPolicies: controlPolicies,
    },
    accounts: [
      { id: MOTO_ACCOUNT, name: "master", publicAccessBlock: blocked },
      { id, name: "member", ou: "Workloads" },
    ],
  };
}

async function seedKeys({ kms }: Moto) {
  const made = async (input = {}) =>
    (await kms.send(new CreateKeyCommand(input))).KeyMetadata?.Arn ?? "";
  const good = await made();
  await kms.send(new EnableKeyRotationCommand({ KeyId: good }));
  await kms.send(new PutKeyPolicyCommand({ KeyId: good, PolicyName: "default", Policy: POLICY }));
  const dying = await made();
  await kms.send(
    new ScheduleKeyDeletionCommand({ KeyId: dying.split("/")[1], PendingWindowInDays: 7 }),
  );
  const asymmetric = await made({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
  return { good, dying, asymmetric };
}

async function seedBuckets({ s3 }: Moto, key: string): Promise<void> {
  const Bucket = "full-bucket";
  await s3.send(new CreateBucketCommand({ Bucket, ObjectOwnership: "BucketOwnerPreferred" }));
  await s3.send(new CreateBucketCommand({ Bucket: "fresh-bucket" }));
  await s3.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
  );
  await s3.send(
    new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: BLOCKED }),
  );
  await s3.send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" }] },
    }),
  );
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key },
            BucketKeyEnabled: true,
          },
        ],
      },
    }),
  );
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: POLICY }));
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: [
          {
            ID: "expire",
            Status: "Enabled",
            Filter: { Prefix: "AWSLogs/" },
            Expiration: { Days: 400 },
            Transitions: [{ Days: 30, StorageClass: "GLACIER" }],
          },
        ],
      },
    }),
  );
}

async function seedLogs({ logs, cloudwatch }: Moto): Promise<void> {
  const logGroupName = GROUP;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 365 }));
  await logs.send(
    new PutMetricFilterCommand({
      logGroupName,
      filterName: "changes",
      filterPattern: "{ $.eventName = StopLogging }",
      metricTransformations: [
        { metricName: "Changes", metricNamespace: "Audit", metricValue: "1", defaultValue: 0 },
      ],
    }),
  );
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: "changes",
      MetricName: "Changes",
      Namespace: "Audit",
      Statistic: "Sum",
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
      AlarmActions: [TOPIC],
      ActionsEnabled: true,
    }),
  );
}

async function seedTrails({ cloudtrail }: Moto, key: string): Promise<void> {
  await cloudtrail.send(
    new CreateTrailCommand({
      Name: "full",
      S3BucketName: "full-bucket",
      S3KeyPrefix: "prefix",
      SnsTopicName: "deliveries",
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KmsKeyId: key,
      CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${MOTO_ACCOUNT}:log-group:${GROUP}:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${MOTO_ACCOUNT}:role/cloudtrail-to-logs`,
    }),
  );
  await cloudtrail.send(new StartLoggingCommand({ Name: "full" }));
  await cloudtrail.send(
    new PutEventSelectorsCommand({
      TrailName: "full",
      EventSelectors: [
        {
          ReadWriteType: "All",
          IncludeManagementEvents: true,
          DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
        },
      ],
    }),
  );
  await cloudtrail.send(
    new PutInsightSelectorsCommand({
      TrailName: "full",
      InsightSelectors: [{ InsightType: "ApiCallRateInsight" }],
    }),
  );
  await cloudtrail.send(
    new AddTagsCommand({ ResourceId: TRAIL, TagsList: [{ Key: "owner", Value: "security" }] }),
  );
}

/** The trail at home in the other region. */
export async function seedBareTrail({ cloudtrail }: Moto): Promise<void> {
  await cloudtrail.send(new CreateTrailCommand({ Name: "bare", S3BucketName: "full-bucket" }));
}
