import type {
  BasicEventSelector,
  EventSelectors,
  FieldSelector,
} from "../../snapshot/event-selectors.ts";
import type { InsightSelector } from "../../snapshot/resources/trail.ts";
import { type Fact, isUnknown } from "../../snapshot/unknown.ts";
import { allKnown, flag, list, objects, type Values } from "./read.ts";
import { rendered, textIn } from "./texts.ts";
import type { Planned, World } from "./world.ts";

type At = { world: World; planned: Planned };

/** What a trail records that has no selectors: all management events, and nothing else. */
const DEFAULT_SELECTORS: EventSelectors = {
  basic: [
    {
      readWriteType: "All",
      includeManagementEvents: true,
      excludeManagementEventSources: [],
      dataResources: [],
    },
  ],
  advanced: [],
};

/** What a new event data store takes in where it has no selectors. */
const STORE_SELECTORS: EventSelectors = {
  basic: [],
  advanced: [{ name: null, fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] }],
};

/** A trail's event selectors, or those that it has without any. */
export function trailSelectors(at: At): Fact<EventSelectors> {
  const { values } = at.planned;
  const basic = each(objects(values, "event_selector", "EventSelectors"), (one) =>
    basicSelector(at, one),
  );
  const advanced = advancedSelectors(at);
  const known = allKnown({ basic, advanced });
  if (isUnknown(known)) return known;
  const isEmpty = known.basic.length + known.advanced.length === 0;
  return isEmpty ? DEFAULT_SELECTORS : known;
}

/** An event data store's selectors. */
export function storeSelectors(at: At): Fact<EventSelectors> {
  const advanced = advancedSelectors(at);
  if (isUnknown(advanced)) return advanced;
  return advanced.length === 0 ? STORE_SELECTORS : { basic: [], advanced };
}

function basicSelector(at: At, values: Values): Fact<BasicEventSelector> {
  const type = textIn(at.world, at.planned, values["read_write_type"] ?? values["ReadWriteType"]);
  return allKnown({
    readWriteType: type ?? "All",
    includeManagementEvents: flag(
      values,
      ["include_management_events", "IncludeManagementEvents"],
      true,
    ),
    excludeManagementEventSources: texts(
      at,
      values,
      "exclude_management_event_sources",
      "ExcludeManagementEventSources",
    ),
    dataResources: each(objects(values, "data_resource", "DataResources"), (one) => {
      const named = textIn(at.world, at.planned, one["type"] ?? one["Type"]);
      return allKnown({ type: named ?? "", values: texts(at, one, "values", "Values") });
    }),
  });
}

function advancedSelectors(at: At): Fact<EventSelectors["advanced"]> {
  const found = objects(at.planned.values, "advanced_event_selector", "AdvancedEventSelectors");
  return each(found, (one) => {
    const name = textIn(at.world, at.planned, one["name"] ?? one["Name"]);
    const fields = each(objects(one, "field_selector", "FieldSelectors"), (field) =>
      fieldSelector(at, field),
    );
    return allKnown({ name: isUnknown(name) ? null : name, fieldSelectors: fields });
  });
}

const OPERATORS = [
  ["equals", "equals", "Equals"],
  ["startsWith", "starts_with", "StartsWith"],
  ["endsWith", "ends_with", "EndsWith"],
  ["notEquals", "not_equals", "NotEquals"],
  ["notStartsWith", "not_starts_with", "NotStartsWith"],
  ["notEndsWith", "not_ends_with", "NotEndsWith"],
] as const;

function fieldSelector(at: At, values: Values): Fact<FieldSelector> {
  const field = textIn(at.world, at.planned, values["field"] ?? values["Field"]);
  if (isUnknown(field)) return field;
  const read: FieldSelector = { field: field ?? "" };
  for (const [operator, ...names] of OPERATORS) {
    const wanted = texts(at, values, ...names);
    if (isUnknown(wanted)) return wanted;
    if (wanted.length > 0) read[operator] = wanted;
  }
  return Object.keys(read).length > 1 ? read : { ...read, unsupported: ["none that is known"] };
}

/** The Insights that are on. */
export function insights(at: At): Fact<InsightSelector[]> {
  const found = objects(at.planned.values, "insight_selector", "InsightSelectors");
  return each(found, (one) => {
    const type = textIn(at.world, at.planned, one["insight_type"] ?? one["InsightType"]);
    const categories = texts(at, one, "event_categories", "EventCategories");
    if (isUnknown(type)) return type;
    if (isUnknown(categories)) return categories;
    const eventCategories = categories.length > 0 ? categories : ["Management"];
    return { type: type ?? "", eventCategories };
  });
}

/** A list of texts; unknown where one of them is. */
export function texts(at: At, values: Values, ...names: string[]): Fact<string[]> {
  const items = list(values, ...names);
  if (isUnknown(items)) return items;
  const read: string[] = [];
  for (const item of items) {
    if (isUnknown(item)) return item;
    const text = rendered(at.world, at.planned, item);
    if (text !== null) read.push(text);
  }
  return read;
}

/** Applies a function to all items; unknown where one answer is. */
export function each<T, U>(items: Fact<readonly T[]>, apply: (item: T) => Fact<U>): Fact<U[]> {
  if (isUnknown(items)) return items;
  const read: U[] = [];
  for (const item of items) {
    const one = apply(item);
    if (isUnknown(one)) return one;
    read.push(one);
  }
  return read;
}
