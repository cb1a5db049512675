import {
  alarmsTo,
  tamperingRule,
  watchedLogGroup,
} from "../../src/simulate/generated/monitoring.ts";
import {
  type Bound,
  guardrail,
  logBucketPolicy,
  logsRolePolicy,
  trailKeyPolicy,
  trailTopicPolicy,
} from "../../src/simulate/generated/policies.ts";
import type { ServiceControlPolicies } from "../../src/snapshot/organization-record.ts";
import type { BucketRecord } from "../../src/snapshot/resources/bucket.ts";
import type { LogGroupRecord } from "../../src/snapshot/resources/log-group.ts";
import type { EventRule, TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { aFilterMetric, anAlarmMetric, metricAlarm } from "./a-metric.ts";

/** What a trail and all that it uses have where they are well kept, as records tell it. */

/** Whose trail it is, which documents are bound to. */
export type Place = { account: string; region: string; trailArn: string };

const ORGANIZATION = "o-exampleorgid";
const bound = (place: Place): Bound => ({ ...place, organizationId: ORGANIZATION });

export const bucketPolicyFor = (bucket: string, place: Place): string =>
  JSON.stringify(logBucketPolicy(bucket, bound(place)));

export const keyPolicyFor = (place: Place): string => JSON.stringify(trailKeyPolicy(bound(place)));

export const topicPolicyFor = (topicArn: string, place: Place): string =>
  JSON.stringify(trailTopicPolicy(topicArn, bound(place)));

export const rolePolicyFor = (group: string, place: Place): string =>
  JSON.stringify(logsRolePolicy(group, bound(place)));

export const TRUSTS_CLOUDTRAIL = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
});

/** At the root: nobody stops a trail, or leaves. */
export const GUARDED: ServiceControlPolicies = {
  enabled: true,
  policies: [
    {
      id: "p-protect-trails",
      name: guardrail.name,
      content: JSON.stringify(guardrail.policy),
      targets: ["r-root"],
    },
  ],
};

/** Where alarms go: a topic that somebody reads. */
export const alertsIn = ({ account, region }: Omit<Place, "trailArn">): string =>
  `arn:aws:sns:${region}:${account}:alerts`;

/** The fifteen filters, and an alarm on the metric of each. */
export function alarmsIn(
  place: Omit<Place, "trailArn">,
): Pick<LogGroupRecord, "metricFilters" | "alarms"> {
  const { metricFilters = [] } = watchedLogGroup({ ...place, name: "", kmsKeyId: "" });
  return {
    metricFilters: metricFilters.map(({ filterName, filterPattern, metricName, ...rest }) => ({
      name: filterName,
      pattern: filterPattern,
      narrowed: false,
      transformed: false,
      metrics: [aFilterMetric({ namespace: rest.metricNamespace, name: metricName })],
    })),
    alarms: alarmsTo(alertsIn(place), place).map(
      ({ name, namespace = "", metricName = "", alarmActions = [] }) => ({
        ...metricAlarm,
        arn: `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${name}`,
        name,
        actions: alarmActions,
        metrics: [anAlarmMetric({ namespace, name: metricName })],
      }),
    ),
  };
}

const rule = tamperingRule("", { account: "", region: "" });

/** A rule that tells of every change to a trail. */
export const TAMPERING_RULE: EventRule = {
  name: rule.name,
  enabled: true,
  pattern: JSON.stringify(rule.eventPattern),
  targets: 1,
};

export const BOTH_INSIGHTS: TrailRecord["insightSelectors"] = [
  { type: "ApiCallRateInsight", eventCategories: ["Management"] },
  { type: "ApiErrorRateInsight", eventCategories: ["Management"] },
];

/** Kept for ever, nothing deleted in the first four hundred days, and copied. */
export const KEPT = {
  mfaDelete: true,
  publicAccessBlock: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  },
  objectLock: { mode: "COMPLIANCE", days: 400 },
  accessLogging: { targetBucket: "access-logs", targetPrefix: "trail/" },
  replicationRules: [
    {
      id: "copy",
      enabled: true,
      prefix: null,
      otherFilter: false,
      kmsEncrypted: true,
      destinationBucket: "arn:aws:s3:::example-trail-logs-copy",
      destinationAccountId: null,
    },
  ],
} satisfies Partial<BucketRecord>;
