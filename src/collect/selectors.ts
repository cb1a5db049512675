import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
  Trail,
} from "@aws-sdk/client-cloudtrail";
import type {
  BasicEventSelector,
  EventSelectors,
  FieldSelector,
} from "../snapshot/event-selectors.ts";
import type { Output } from "./api.ts";

/** What a trail records until somebody gives it selectors: all management events, and nothing else. */
export const DEFAULT_SELECTORS: EventSelectors = {
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

/** GetEventSelectors' answer; a trail that AWS says has no selectors of its own has the default ones. */
export function readSelectors(
  answer: Output<"cloudtrail:GetEventSelectors">,
  { HasCustomEventSelectors: isCustom }: Trail,
): EventSelectors {
  const basic = (answer.EventSelectors ?? []).map(readBasic);
  const advanced = (answer.AdvancedEventSelectors ?? []).map(readAdvanced);
  const isEmpty = basic.length === 0 && advanced.length === 0;
  return isEmpty && isCustom === false ? DEFAULT_SELECTORS : { basic, advanced };
}

function readBasic(selector: EventSelector): BasicEventSelector {
  return {
    readWriteType: selector.ReadWriteType ?? "All",
    includeManagementEvents: selector.IncludeManagementEvents ?? true,
    excludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
    dataResources: (selector.DataResources ?? []).map(({ Type, Values }) => ({
      type: Type ?? "",
      values: Values ?? [],
    })),
  };
}

/** One advanced event selector. */
export function readAdvanced({ Name, FieldSelectors }: AdvancedEventSelector) {
  return { name: Name ?? null, fieldSelectors: (FieldSelectors ?? []).map(readField) };
}

const OPERATORS = [
  ["equals", "Equals"],
  ["startsWith", "StartsWith"],
  ["endsWith", "EndsWith"],
  ["notEquals", "NotEquals"],
  ["notStartsWith", "NotStartsWith"],
  ["notEndsWith", "NotEndsWith"],
] as const;

function readField(selector: AdvancedFieldSelector): FieldSelector {
  const read: FieldSelector = { field: selector.Field ?? "" };
  for (const [operator, name] of OPERATORS) {
    const values = selector[name];
    if (values !== undefined) read[operator] = values;
  }
  // The SDK leaves out operators that it does not know, and no condition has none.
  return Object.keys(read).length > 1 ? read : { ...read, unsupported: ["not known to the SDK"] };
}
