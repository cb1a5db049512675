import type { MetricFilter as Given, MetricTransformation } from "@aws-sdk/client-cloudwatch-logs";
import type { MetricFilter } from "../snapshot/resources/alarm.ts";
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

/** A metric with dimensions is many, one for each value: no alarm sees them all. */
function metricOf(transformation: MetricTransformation, { emitSystemFieldDimensions }: Given) {
  const { metricNamespace: namespace, metricName: name, metricValue, dimensions } = transformation;
  const isSplit = Object.keys(dimensions ?? {}).length + (emitSystemFieldDimensions ?? []).length;
  if (namespace === undefined || name === undefined || isSplit > 0) return [];
  return [{ namespace, name, value: metricValue ?? "" }];
}
