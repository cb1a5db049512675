import type { AdvancedEventSelector, EventSelector, Trail } from "../schema/trails.ts";

/** The list that GetEventSelectors fills: AWS fills exactly one of the two. */
export function eventSelectorsAnswer(trail: Trail): object {
  if (trail.advancedEventSelectors !== undefined) {
    return { AdvancedEventSelectors: trail.advancedEventSelectors.map(advanced) };
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

const advanced = ({ name, fieldSelectors }: AdvancedEventSelector) => ({
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
