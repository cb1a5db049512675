import type { Alarm, MetricFilter } from "./resources/alarm.ts";
import type { Fact } from "./unknown.ts";

/** A metric filter with the name or ARN of its log group, or an alarm, whatever it looks at, as plans and templates have it. */
export type PlannedWatch =
  | { what: "metric filter"; filter: Fact<MetricFilter>; group: Fact<string | null> }
  | { what: "alarm"; alarm: Fact<Alarm> };

/** A metric filter or an alarm of which not all is known, so that it has no record. */
export type OpenWatch = {
  what: "metric filter" | "alarm";
  arn: string;
  name: string;
  planned: { stack: string; address: string };
};
