import type { OpenWatch } from "../../snapshot/planned-watch.ts";
import { metricKey } from "../../snapshot/resources/metric-key.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { isKnown, isUnknown } from "../../snapshot/unknown.ts";
import { metricFilter } from "./alarm.ts";
import { alarmsIn, filtersOn, placeOf } from "./log-group.ts";
import { given, objects, type Values } from "./read.ts";
import { groupedBy, remembered } from "./remembered.ts";
import { arnOf } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import { idOf, ofKinds, type Planned, type World } from "./world.ts";

/** The metric filters on a log group, and the alarms on what filters count there, that have no record. */
export function openWatchesOn(world: World, group: Planned): OpenWatch[] {
  const filters = filtersOn(world, group).map((planned) => ({
    planned,
    filter: metricFilter({ world, planned }),
  }));
  if (filters.length === 0) return [];
  const recorded = alarmsIn(world, group, filters.map(({ filter }) => filter).filter(isKnown));
  const known = new Set(
    recorded.flatMap(({ planned }) => (planned ? [idOf(planned.stack, planned.address)] : [])),
  );
  const counted = new Set(
    filters.flatMap(({ planned }) =>
      metrics(
        world,
        planned,
        objectsIn(planned.values, "metric_transformation", "MetricTransformations"),
      ),
    ),
  );
  const looking = [...counted].flatMap(
    (key) => alarmsOn(world).get(`${placeOf(group)} ${key}`) ?? [],
  );
  const open = [...new Set(looking)].filter(({ id }) => !known.has(id));
  return [
    ...filters
      .filter(({ filter }) => isUnknown(filter))
      .map(({ planned }) => watch(world, planned, "metric filter")),
    ...open.map((planned) => watch(world, planned, "alarm")),
  ];
}

function watch(world: World, planned: Planned, what: OpenWatch["what"]): OpenWatch {
  const { stack, resource } = planned;
  return {
    what,
    arn: arnOf(world, planned),
    name: nameOf(world, planned),
    planned: { stack, address: resource.address },
  };
}

/** All metric alarms by account, region and each metric that they are known to look at. */
const alarmsOn = remembered((world) => {
  const all = ofKinds(world, "alarm").flatMap((planned) => {
    const { values } = planned;
    const queried = objectsIn(values, "metric_query", "Metrics").flatMap((query) =>
      objectsIn(query, "metric", "MetricStat").map((stat) => ({
        ...stat,
        ...objectsIn(stat, "Metric")[0],
      })),
    );
    const keys = metrics(world, planned, [values, ...queried]);
    return [...new Set(keys)].map((key) => ({ planned, at: `${placeOf(planned)} ${key}` }));
  });
  return new Map(
    [...groupedBy(all, ({ at }) => [at])].map(([at, found]) => [
      at,
      found.map(({ planned }) => planned),
    ]),
  );
});

/** The metrics that such blocks name, as far as both their names are known. */
function metrics(world: World, planned: Planned, blocks: readonly Values[]): string[] {
  return blocks.flatMap((values) => {
    const namespace = textIn(
      world,
      planned,
      given(values, "namespace", "MetricNamespace", "Namespace"),
    );
    const name = textIn(world, planned, given(values, "name", "metric_name", "MetricName"));
    if (typeof namespace !== "string" || typeof name !== "string") return [];
    return hasStandIn(namespace) || hasStandIn(name) ? [] : [metricKey({ namespace, name })];
  });
}

function objectsIn(values: Values, ...names: string[]): Values[] {
  const found = objects(values, ...names);
  return isUnknown(found) ? [] : found;
}
