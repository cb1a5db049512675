import type { Alarm, MetricFilter } from "../../src/snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../../src/snapshot/resources/log-group.ts";
import type { TopicRecord } from "../../src/snapshot/resources/topic.ts";
import { groupAlarms } from "../../src/subjects/alarms.ts";
import { aFilterMetric, anAlarmMetric, metricAlarm } from "./a-metric.ts";
import { aLogGroup, MANAGEMENT } from "./a-snapshot.ts";
import { SECURITY_HUB } from "./filter-pattern/cis-patterns.ts";

export const TOPIC = `arn:aws:sns:us-east-1:${MANAGEMENT}:alarms`;

/** A metric filter that catches all changes to CloudTrail's configuration. */
export const aFilter = (changes: Partial<MetricFilter> = {}): MetricFilter => ({
  name: "trail-changes",
  pattern: SECURITY_HUB.cloudTrailChanges,
  narrowed: false,
  transformed: false,
  metrics: [aFilterMetric()],
  ...changes,
});

/** A filter with a metric of its own name. */
export const filterOf = (name: string, pattern: string): MetricFilter =>
  aFilter({ name, pattern, metrics: [aFilterMetric({ name })] });

/** A metric alarm on that filter's metric, which mails somebody. */
export const anAlarm = (changes: Partial<Alarm> = {}): Alarm => ({
  ...metricAlarm,
  arn: `arn:aws:cloudwatch:us-east-1:${MANAGEMENT}:alarm:${changes.name ?? "trail-alarm"}`,
  name: "trail-alarm",
  actions: [TOPIC],
  ...changes,
});

/** An alarm on the metric of that name. */
export const alarmOn = (metric: string, changes: Partial<Alarm> = {}): Alarm =>
  anAlarm({ name: `${metric}-alarm`, metrics: [anAlarmMetric({ name: metric })], ...changes });

/** A composite alarm with that rule. */
export const composite = (rule: string, changes: Partial<Alarm> = {}): Alarm =>
  anAlarm({ name: "composite", kind: "composite", metrics: [], rule, ...changes });

export const aTopic = (changes: Partial<TopicRecord> = {}): TopicRecord => ({
  kind: "resource",
  type: "topic",
  arn: TOPIC,
  accountId: MANAGEMENT,
  region: "us-east-1",
  exists: true,
  kmsKeyId: null,
  policy: null,
  subscriptionsConfirmed: 1,
  observations: [],
  sources: {},
  ...changes,
});

/** A log group with that filter and that alarm, or others. */
export const watched = (changes: Partial<LogGroupRecord> = {}): LogGroupRecord =>
  aLogGroup({ metricFilters: [aFilter()], alarms: [anAlarm()], ...changes });

export const topics = (...records: TopicRecord[]) =>
  new Map(records.map((record) => [record.arn, record]));

/** What becomes of a log group whose topic somebody reads. */
export const judged = (group: Partial<LogGroupRecord>, topic: Partial<TopicRecord> = {}) =>
  groupAlarms(watched(group), topics(aTopic(topic)));
