import type { EventSelectors, FieldSelector } from "../../snapshot/event-selectors.ts";
import type { Truth } from "../../snapshot/logic.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { isRecordedBy } from "../containment.ts";
import { normalised, type Selector } from "../selectors.ts";
import { selectorText } from "./selector-text.ts";

/** CloudTrail takes 500 values in all selectors of a trail together; fields and operators count here too. */
const MOST_VALUES = 1000;

/** Of so many refusals it is asked what they leave out. */
const MOST_REFUSALS = 20;

/** What selectors no longer let through, in words; a marker where that is not known. */
export function lostSelectors(before: EventSelectors, now: EventSelectors): (string | Unknown)[] {
  const [narrow, wide] = [normalised(before), normalised(now)];
  if ([...narrow, ...wide].flatMap(valuesOf).length > MOST_VALUES) return [tooMany()];
  return narrow.flatMap((selector) => {
    const isRecorded = recorded(selector, wide);
    if (isRecorded === true) return [];
    return [
      isUnknown(isRecorded)
        ? isRecorded
        : `${selectorText(selector)}: were recorded, are not all recorded`,
    ];
  });
}

const tooMany = (): Unknown =>
  unknown("unsupported", { detail: "selectors with more values than CloudTrail takes" });

const valuesOf = (selector: Selector): unknown[] =>
  selector.flatMap((field) => [field.field, ...Object.values(field).flat()]);

/** A value that is not known may be what a selector asks for. */
function recorded(selector: Selector, wide: readonly Selector[]): Truth {
  const whole = isWithin(selector, wide);
  const isRecorded = isUnknown(whole) && isLeftOut(selector, wide) ? false : whole;
  const isOpen = isRecorded === false && hasStandIn(JSON.stringify([selector, wide]));
  return isOpen ? unknown("unresolved", { detail: "values of event selectors" }) : isRecorded;
}

const isWithin = (selector: Selector, wide: readonly Selector[]): Truth =>
  isRecordedBy(selector, [{ selectors: wide, counts: true }]);

/** Whether events that a selector now refuses by name were let through and no other lets them through. */
const isLeftOut = (selector: Selector, wide: readonly Selector[]): boolean =>
  wide
    .flatMap((each) => each.flatMap(refusals))
    .slice(0, MOST_REFUSALS)
    .some((refused) => isWithin([...selector, refused], wide) === false);

/** Each condition by which a selector refuses events, as one that asks for them. */
function refusals({ field, ...by }: FieldSelector): FieldSelector[] {
  const { notEquals = [], notStartsWith = [], notEndsWith = [] } = by;
  return [
    ...notEquals.map((value) => ({ field, equals: [value] })),
    ...notStartsWith.map((value) => ({ field, startsWith: [value] })),
    ...notEndsWith.map((value) => ({ field, endsWith: [value] })),
  ];
}
