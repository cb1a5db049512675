import type { PlannedEventRule } from "../../../snapshot/planned-guards.ts";
import type { PlannedTarget } from "../../../snapshot/planned-topics.ts";
import type { Alarm } from "../../../snapshot/resources/alarm.ts";
import type { TrailRecord } from "../../../snapshot/resources/trail.ts";
import { hasStandIn } from "../../../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact } from "../../../snapshot/unknown.ts";
import { type EventFields, type Field, VARIES } from "../../event-pattern/matches.ts";
import { tamperingEvent } from "../../guard/tampering-event.ts";
import type { Tampering } from "../../guard/trail-guard.ts";
import { naming, subjectId } from "../../naming.ts";
import { plannedId } from "../held.ts";
import type { Side } from "../side.ts";

/** What watches trails and tells of it. */
export type Watcher = {
  id: string;
  /** As in `alarm root-usage`. */
  shown: string;
  type: "alarm" | "event-rule" | "trail";
  /** The service that publishes for it. */
  service: string;
  arn: string;
  accountId: string;
  region: string;
  name: string;
  /** What it says, each kind of message. */
  messages: () => readonly EventFields[];
  targets: Fact<readonly PlannedTarget[]>;
};

const plain = (arn: string): PlannedTarget => ({ arn, hasRole: false, rewrites: false });
const field = (text: string): Field => (hasStandIn(text) ? VARIES : text);

/** An alarm; one whose actions are off tells nobody. */
export function alarmWatcher(alarm: Alarm): Watcher {
  const [, , , region = "", accountId = ""] = alarm.arn.split(":");
  const [metric] = alarm.metrics;
  const trigger: EventFields =
    metric === undefined
      ? {}
      : { MetricName: field(metric.name), Namespace: field(metric.namespace) };
  return {
    id: plannedId(alarm),
    shown: `alarm ${naming(alarm, alarm.name).name}`,
    name: alarm.name,
    type: "alarm",
    service: "cloudwatch.amazonaws.com",
    arn: alarm.arn,
    accountId,
    region,
    messages: () => [
      {
        AlarmName: field(alarm.name),
        AlarmArn: field(alarm.arn),
        AWSAccountId: field(accountId),
        NewStateValue: "ALARM",
        NewStateReason: VARIES,
        StateChangeTime: VARIES,
        Region: VARIES,
        Trigger: trigger,
      },
    ],
    targets: alarm.actionsEnabled ? alarm.actions.map(plain) : [],
  };
}

/** An event rule, with the calls that it reacts to. */
export function ruleWatcher(
  { topics }: Side,
  rule: PlannedEventRule,
  calls: () => readonly Tampering[],
): Watcher {
  const { accountId, region } = rule;
  const made = { named: VARIES, account: field(accountId), region: field(region) } as const;
  return {
    id: subjectId(rule),
    shown: `event rule ${naming(rule, rule.name).name}`,
    name: rule.name,
    type: "event-rule",
    service: "events.amazonaws.com",
    arn: rule.arn,
    accountId,
    region,
    messages: () => calls().map((name) => tamperingEvent(name, made)),
    targets: rule.enabled === false ? [] : (topics?.targetsOf(subjectId(rule)) ?? []),
  };
}

/** A trail that tells of each log file. */
export function trailWatcher(trail: TrailRecord): Watcher {
  const { arn, accountId, homeRegion, bucketName } = trail;
  return {
    id: subjectId(trail),
    shown: `trail ${naming(trail, trail.name).name}`,
    name: trail.name,
    type: "trail",
    service: "cloudtrail.amazonaws.com",
    arn,
    accountId,
    region: isUnknown(homeRegion) ? "" : homeRegion,
    messages: () => [
      { s3Bucket: isUnknown(bucketName) ? VARIES : field(bucketName ?? ""), s3ObjectKey: VARIES },
    ],
    targets: mapFact(trail.topicArn, (topic) => (topic === null ? [] : [plain(topic)])),
  };
}
