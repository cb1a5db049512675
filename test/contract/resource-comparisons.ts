import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
} from "@aws-sdk/client-kms";
import * as s3 from "@aws-sdk/client-s3";
import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import type { Comparison } from "./comparison.ts";
import { MOTO_ACCOUNT } from "./moto-seed.ts";

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:deliveries`;
const MISSING_KEY = `arn:aws:kms:us-east-1:${MOTO_ACCOUNT}:key/00000000-0000-4000-8000-000000000000`;

const KEY_ID = "moto leaves the key's name out";
const SELDOM = "moto leaves it out where the key was made without saying it";

const keyDepartures = [
  {
    describe: {
      "/KeyMetadata/KeyUsage": SELDOM,
      "/KeyMetadata/MultiRegion": SELDOM,
      "/KeyMetadata/SigningAlgorithms": "moto lists those of a key that cannot sign",
    },
    rotation: { "/KeyId": KEY_ID, "/RotationPeriodInDays": "moto leaves it out" },
  },
  {
    describe: {
      "/KeyMetadata/KeyUsage": SELDOM,
      "/KeyMetadata/MultiRegion": SELDOM,
      "/KeyMetadata/SigningAlgorithms": "moto lists those of a key that cannot sign",
    },
    rotation: { "/KeyId": KEY_ID },
  },
  {
    describe: { "/KeyMetadata/MultiRegion": SELDOM },
    rotation: {
      "/KeyRotationEnabled": "moto answers for keys that AWS cannot rotate",
      "/error": "moto answers for keys that AWS cannot rotate",
    },
  },
];

const keys: Comparison[] = keyDepartures.flatMap(({ describe, rotation }, index) => [
  {
    name: `kms DescribeKey of key ${index}`,
    call: ({ kms }, { keys }) => kms.send(new DescribeKeyCommand({ KeyId: keys[index] })),
    departures: describe,
  },
  {
    name: `kms GetKeyRotationStatus of key ${index}`,
    call: ({ kms }, { keys }) => kms.send(new GetKeyRotationStatusCommand({ KeyId: keys[index] })),
    departures: rotation,
  },
]);

const missing: Comparison[] = [
  {
    name: "kms GetKeyPolicy",
    call: ({ kms }, { keys }) =>
      kms.send(new GetKeyPolicyCommand({ KeyId: keys[0]?.split("/")[1], PolicyName: "default" })),
    departures: { "/PolicyName": "moto leaves it out" },
  },
  {
    name: "kms DescribeKey of no key",
    call: ({ kms }) => kms.send(new DescribeKeyCommand({ KeyId: MISSING_KEY })),
  },
  {
    name: "s3 HeadBucket of no bucket",
    call: ({ s3: client }) =>
      client.send(new s3.HeadBucketCommand({ Bucket: "no-such-bucket-at-all" })),
  },
];

const LIKE_2022 = "moto makes buckets as AWS made them before 2023";
const NO_NAMES = "AWS gives no display names any more";

const bucketDepartures: Record<string, Record<string, string>> = {
  "GetBucketAcl of full-bucket": { "/Owner/DisplayName": NO_NAMES },
  "GetBucketAcl of fresh-bucket": { "/Owner/DisplayName": NO_NAMES },
  "GetBucketLifecycleConfiguration of full-bucket": {
    "/TransitionDefaultMinimumObjectSize": "a world does not hold it",
  },
  "GetPublicAccessBlock of fresh-bucket": {
    "/error": LIKE_2022,
    "/PublicAccessBlockConfiguration": LIKE_2022,
  },
  "GetBucketOwnershipControls of fresh-bucket": {
    "/error": LIKE_2022,
    "/OwnershipControls": LIKE_2022,
  },
  "GetBucketEncryption of fresh-bucket": {
    "/error": LIKE_2022,
    "/ServerSideEncryptionConfiguration": LIKE_2022,
  },
};

const buckets: Comparison[] = ["full-bucket", "fresh-bucket"].flatMap((Bucket): Comparison[] => {
  const of = (name: string, call: Comparison["call"]): Comparison => ({
    name: `s3 ${name} of ${Bucket}`,
    call,
    departures: bucketDepartures[`${name} of ${Bucket}`] ?? {},
  });
  return [
    of("HeadBucket", (as) => as.s3.send(new s3.HeadBucketCommand({ Bucket }))),
    of("GetBucketLocation", (as) => as.s3.send(new s3.GetBucketLocationCommand({ Bucket }))),
    of("GetBucketPolicy", (as) => as.s3.send(new s3.GetBucketPolicyCommand({ Bucket }))),
    of("GetBucketPolicyStatus", (as) =>
      as.s3.send(new s3.GetBucketPolicyStatusCommand({ Bucket })),
    ),
    of("GetPublicAccessBlock", (as) => as.s3.send(new s3.GetPublicAccessBlockCommand({ Bucket }))),
    of("GetBucketAcl", (as) => as.s3.send(new s3.GetBucketAclCommand({ Bucket }))),
    of("GetBucketOwnershipControls", (as) =>
      as.s3.send(new s3.GetBucketOwnershipControlsCommand({ Bucket })),
    ),
    of("GetBucketVersioning", (as) => as.s3.send(new s3.GetBucketVersioningCommand({ Bucket }))),
    of("GetBucketLogging", (as) => as.s3.send(new s3.GetBucketLoggingCommand({ Bucket }))),
    of("GetBucketEncryption", (as) => as.s3.send(new s3.GetBucketEncryptionCommand({ Bucket }))),
    of("GetObjectLockConfiguration", (as) =>
      as.s3.send(new s3.GetObjectLockConfigurationCommand({ Bucket })),
    ),
    of("GetBucketLifecycleConfiguration", (as) =>
      as.s3.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket })),
    ),
  ];
});

const others: Comparison[] = [
  {
    name: "s3 ListBuckets",
    call: async ({ s3: client }) => {
      const { Buckets = [] } = await client.send(new s3.ListBucketsCommand({ MaxBuckets: 100 }));
      return Object.fromEntries(Buckets.map((each) => [each.Name, each]));
    },
    departures: {
      "/full-bucket/BucketArn": "moto leaves it out",
      "/full-bucket/BucketRegion": "moto leaves it out",
      "/fresh-bucket/BucketArn": "moto leaves it out",
      "/fresh-bucket/BucketRegion": "moto leaves it out",
    },
  },
  {
    name: "s3control GetPublicAccessBlock",
    call: ({ s3control }) =>
      s3control.send(new GetPublicAccessBlockCommand({ AccountId: MOTO_ACCOUNT })),
  },
  {
    name: "logs DescribeLogGroups",
    call: ({ logs }) => logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "trail-" })),
    departures: {
      "/logGroups/0/deletionProtectionEnabled": "moto leaves it out",
      "/logGroups/0/logGroupClass": "moto leaves out the standard one",
      "/logGroups/0/metricFilterCount": "moto does not count",
    },
  },
  {
    name: "logs DescribeMetricFilters",
    call: ({ logs }) =>
      logs.send(new DescribeMetricFiltersCommand({ logGroupName: "trail-group" })),
    departures: {
      "/metricFilters/0/applyOnTransformedLogs": "moto leaves it out",
      "/metricFilters/0/creationTime": "moto leaves it out",
    },
  },
  {
    name: "logs DescribeMetricFilters of no group",
    call: ({ logs }) => logs.send(new DescribeMetricFiltersCommand({ logGroupName: "nothing" })),
    departures: {
      "/error": "moto answers for missing groups",
      "/metricFilters": "moto answers for missing groups",
    },
  },
  {
    name: "cloudwatch DescribeAlarms",
    call: ({ cloudwatch }) => cloudwatch.send(new DescribeAlarmsCommand()),
    departures: {
      "/MetricAlarms/0/Metrics": "moto answers an empty list; AWS leaves it out",
      "/MetricAlarms/0/StateReasonData": "a world's alarms have no history",
      "/MetricAlarms/1/StateReasonData": "a world's alarms have no history",
    },
  },
  {
    name: "sns GetTopicAttributes",
    call: async ({ sns }) => {
      const { Attributes = {} } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      return { ...Attributes, Policy: JSON.parse(Attributes.Policy ?? "null") };
    },
    departures: {
      "/DeliveryPolicy": "how messages are retried is no part of a world",
      "/EffectiveDeliveryPolicy": "how messages are retried is no part of a world",
      "/SubscriptionsConfirmed": "moto counts none",
    },
  },
  {
    name: "sns GetTopicAttributes of no topic",
    call: ({ sns }) => sns.send(new GetTopicAttributesCommand({ TopicArn: `${TopicArn}-gone` })),
  },
  {
    name: "sns ListSubscriptionsByTopic",
    call: ({ sns }) => sns.send(new ListSubscriptionsByTopicCommand({ TopicArn })),
    departures: { "/Subscriptions/0/SubscriptionArn": "each server makes up its own" },
  },
];

/** What a trail refers to: keys, buckets, log groups with their alarms, topics. */
export const resourceComparisons: Comparison[] = [...keys, ...missing, ...buckets, ...others];
