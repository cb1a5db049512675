import type { Alarm, MetricFilter } from "../snapshot/resources/alarm.ts";
import { metricKey } from "../snapshot/resources/metric-key.ts";
import { isQuery } from "../snapshot/resources/metrics-query.ts";
import { type Unknown, unknown } from "../snapshot/unknown.ts";
import { compositeAlarm, metricAlarm } from "./alarm.ts";
import type { Ask, Place } from "./call.ts";
import type { Listed } from "./monitoring.ts";
import { everyPage } from "./pages.ts";

/** The alarms of one account's one region, found by what they look at. */
export type Alarms = {
  /** Metric alarms, by the metric that they look at. */
  onMetric: ReadonlyMap<string, readonly Alarm[]>;
  /** Alarms on queries, which name their metrics in their own text. */
  querying: readonly Alarm[];
  /** Composite alarms, by the name or ARN of an alarm in their rule. */
  above: ReadonlyMap<string, readonly Alarm[]>;
};

// A page holds a hundred alarms.
const MOST_PAGES = 200;

/** Asks for all metric and composite alarms of an account's region. */
export async function alarmsOf(ask: Ask, place: Place): Promise<Listed<Alarms>> {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) =>
      ask("cloudwatch:DescribeAlarms", place, {
        // Without types AWS gives metric alarms alone.
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        MaxRecords: 100,
        NextToken,
      }),
    (page) => page.NextToken,
    MOST_PAGES,
  );
  const { accountId } = place.caller;
  const metric = pages.flatMap((page) => page.MetricAlarms ?? []).map(metricAlarm(accountId));
  const composite = pages.flatMap((page) => page.CompositeAlarms ?? []).map(compositeAlarm);
  const isUnnamed = [...metric, ...composite].some(({ name, arn }) => name === "" || arn === "");
  const onMetric = index(metric, ({ metrics }) => metrics.map(metricKey));
  const above = index(composite, ({ rule }) => alarmsNamedIn(rule ?? ""));
  const querying = metric.filter(({ expressions }) => expressions.some(isQuery));
  return {
    items: { onMetric, above, querying },
    evidence,
    cut: cut ?? (isUnnamed ? unnamed : null),
  };
}

const unnamed: Unknown = unknown("unsupported", { detail: "an alarm without a name" });

/** The alarms on the metrics of these filters, and the composite alarms above them, by name. */
export function alarmsAbove(
  { onMetric, above, querying }: Alarms,
  filters: readonly MetricFilter[],
) {
  const metrics = filters.flatMap((filter) => filter.metrics);
  const keys = new Set(metrics.map(metricKey));
  const names = [...new Set(metrics.map(({ name }) => name))];
  const asking = querying.filter(({ expressions }) =>
    expressions.some(({ expression }) => names.some((name) => expression.includes(name))),
  );
  const found = new Set([...[...keys].flatMap((key) => onMetric.get(key) ?? []), ...asking]);
  // A set gives what is added while it is walked: composite alarms may stand on composite ones.
  for (const { name, arn } of found) {
    for (const alarm of [...(above.get(name) ?? []), ...(above.get(arn) ?? [])]) found.add(alarm);
  }
  return [...found].sort((left, right) => (left.arn < right.arn ? -1 : 1));
}

/** Names and ARNs in a composite alarm's rule, as in `ALARM("name") AND NOT OK(arn)`. */
export function alarmsNamedIn(rule: string): string[] {
  // No two parts take the same white space: a rule that goes wrong is still read in one go.
  const states = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\((?:\s*"((?:[^"\\]|\\.)*)"|([^()"]*)\))/g;
  const named = [...rule.matchAll(states)].map(([, quoted, bare = ""]) =>
    quoted === undefined ? bare.trim() : quoted.replaceAll(/\\(.)/g, "$1"),
  );
  return [...new Set(named)];
}

function index(
  alarms: readonly Alarm[],
  keysOf: (alarm: Alarm) => readonly string[],
): Map<string, Alarm[]> {
  const found = new Map<string, Alarm[]>();
  for (const alarm of alarms) {
    for (const key of new Set(keysOf(alarm))) {
      const before = found.get(key);
      if (before === undefined) found.set(key, [alarm]);
      else before.push(alarm);
    }
  }
  return found;
}
