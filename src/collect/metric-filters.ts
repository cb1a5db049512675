import type { MetricFilter as Given, MetricTransformation } from "@aws-sdk/client-cloudwatch-logs";
import type { FilterMetric, MetricFilter } from "../snapshot/resources/alarm.ts";
import type { Ask, Place } from "./call.ts";
import type { Listed } from "./monitoring.ts";
import { everyPage } from "./pages.ts";

// A log group takes a hundred metric filters, fifty a page.
const MOST_PAGES = 20;

/** The metric filters of a log group. */
export async function metricFiltersOf(
  ask: Ask,
  place: Place,
  logGroupName: string,
): Promise<Listed<MetricFilter[]>> {
  const { pages, evidence, cut } = await everyPage(
    (nextToken) => ask("logs:DescribeMetricFilters", place, { logGroupName, nextToken }),
    (page) => page.nextToken,
    MOST_PAGES,
  );
  const items = pages
    .flatMap((page) => page.metricFilters ?? [])
    .filter((each) => each.logGroupName === undefined || each.logGroupName === logGroupName)
    .map(readFilter);
  return { items, evidence, cut };
}

function readFilter(filter: Given): MetricFilter {
  return {
    name: filter.filterName ?? "",
    pattern: filter.filterPattern ?? "",
    narrowed: (filter.fieldSelectionCriteria ?? "") !== "",
    transformed: filter.applyOnTransformedLogs === true,
    metrics: (filter.metricTransformations ?? []).flatMap((each) => metricOf(each, filter)),
  };
}

/** With dimensions it is many metrics, one for each value. */
function metricOf(given: MetricTransformation, { emitSystemFieldDimensions }: Given) {
  const { metricNamespace: namespace, metricName: name, metricValue, dimensions } = given;
  if (namespace === undefined || name === undefined) return [];
  const system = (emitSystemFieldDimensions ?? []).map((field): [string, string] => [field, field]);
  const metric: FilterMetric = {
    namespace,
    name,
    value: metricValue ?? "",
    defaultValue: given.defaultValue ?? null,
    unit: given.unit ?? null,
    dimensions: [...Object.entries(dimensions ?? {}), ...system]
      .map(([key, value]) => ({ name: key, value }))
      .sort(byName),
  };
  return [metric];
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
