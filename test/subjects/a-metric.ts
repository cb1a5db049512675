import type { Alarm, AlarmMetric, FilterMetric } from "../../src/snapshot/resources/alarm.ts";

/** A metric that a filter adds 1 to for each event, and 0 where none matches. */
export const aFilterMetric = (changes: Partial<FilterMetric> = {}): FilterMetric => ({
  namespace: "CIS",
  name: "trail-changes",
  dimensions: [],
  unit: null,
  value: "1",
  defaultValue: 0,
  ...changes,
});

/** That metric as an alarm looks at it. */
export const anAlarmMetric = (changes: Partial<AlarmMetric> = {}): AlarmMetric => ({
  namespace: "CIS",
  name: "trail-changes",
  dimensions: [],
  unit: null,
  id: null,
  statistic: "Sum",
  period: 300,
  ...changes,
});

/** A metric alarm that the first event sets off, without name or actions. */
export const metricAlarm: Alarm = {
  arn: "",
  name: "",
  kind: "metric",
  actionsEnabled: true,
  actions: [],
  metrics: [anAlarmMetric()],
  expressions: [],
  compared: null,
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  threshold: 1,
  evaluationPeriods: 1,
  datapointsToAlarm: null,
  treatMissingData: null,
  evaluateLowSampleCountPercentile: null,
  rule: null,
  actionsSuppressor: null,
};
