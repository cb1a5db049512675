import { type Answer, given, Refusal, type Request } from "../answers.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { trailArn } from "../replicas.ts";
import type { AdvancedEventSelector, EventSelector, Trail } from "../schema/trails.ts";
import { knownTrail } from "./known-trail.ts";

/** The list that GetEventSelectors fills: AWS fills exactly one of the two. */
export function eventSelectorsAnswer(trail: Trail): object {
  if (trail.advancedEventSelectors !== undefined) {
    return { AdvancedEventSelectors: trail.advancedEventSelectors.map(advancedSelector) };
  }
  return { EventSelectors: (trail.eventSelectors ?? [{}]).map(basic) };
}

/** A trail without selectors of its own records all management events and no others. */
const basic = (selector: EventSelector) => ({
  ReadWriteType: selector.readWriteType ?? "All",
  IncludeManagementEvents: selector.includeManagementEvents ?? true,
  DataResources: (selector.dataResources ?? []).map(({ type, values }) => ({
    Type: type,
    Values: values,
  })),
  ExcludeManagementEventSources: selector.excludeManagementEventSources ?? [],
});

/** An advanced event selector as every answer spells it. */
export const advancedSelector = ({ name, fieldSelectors }: AdvancedEventSelector) => ({
  Name: name,
  FieldSelectors: fieldSelectors.map((each) => ({
    Field: each.field,
    Equals: each.equals,
    StartsWith: each.startsWith,
    EndsWith: each.endsWith,
    NotEquals: each.notEquals,
    NotStartsWith: each.notStartsWith,
    NotEndsWith: each.notEndsWith,
  })),
});

/** A trail's Insights, in either of the two ways in which a world may name them. */
export function insightSelectorsOf({ insightTypes = [], insightSelectors }: Trail): object[] {
  if (insightSelectors === undefined) return insightTypes.map((InsightType) => ({ InsightType }));
  return insightSelectors.map(({ insightType, eventCategories }) => ({
    InsightType: insightType,
    EventCategories: eventCategories,
  }));
}

/** A trail without Insights is an error, and a member may not ask an organization trail. */
export function getInsightSelectors(request: Request, world: IndexedWorld): Answer {
  const trail = knownTrail(request, world, given(request.input, "TrailName"));
  if (trail.account !== request.caller.accountId) {
    const says = "Insights selectors are not supported on this trail for this account.";
    throw new Refusal("UnsupportedOperationException", says);
  }
  const arn = trailArn(world, trail);
  const InsightSelectors = insightSelectorsOf(trail);
  if (InsightSelectors.length === 0) {
    const says = `The trail ${arn} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`;
    throw new Refusal("InsightNotEnabledException", says);
  }
  return { body: { TrailARN: arn, InsightSelectors } };
}

/** Of a trail: how its data events are aggregated. Event data stores are not simulated here. */
export function getEventConfiguration(request: Request, world: IndexedWorld): Answer {
  const trail = knownTrail(request, world, given(request.input, "TrailName"));
  const { aggregationTemplates = [] } = trail;
  const AggregationConfigurations =
    aggregationTemplates.length === 0
      ? []
      : [{ Templates: aggregationTemplates, EventCategory: "Data" }];
  return { body: { TrailARN: trailArn(world, trail), AggregationConfigurations } };
}
