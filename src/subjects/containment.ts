import type { FieldSelector } from "../snapshot/event-selectors.ts";
import { any, type Truth } from "../snapshot/logic.ts";
import { unknown } from "../snapshot/unknown.ts";
import { type EventClass, passes, type Selector } from "./selectors.ts";

/** A trail's selectors, and whether the trail is one whose recording counts. */
export type Recorder = { selectors: readonly Selector[]; counts: Truth };

/** No selector names this value, so it stands for whatever a selector leaves open. */
const OTHER_VALUE = "\u0000";

/**
 * Whether all that a selector lets through is recorded by the others together. Proven where one of
 * them is at least as wide; refuted by an example of an event that none of them records.
 */
export function isRecordedBy(selector: Selector, recorders: readonly Recorder[]): Truth {
  const proven = any(recorders, ({ selectors, counts }) =>
    selectors.some((other) => contains(other, selector)) ? counts : false,
  );
  if (proven === true) return true;
  const refuted = examples(selector).some(
    (event) =>
      any(recorders, ({ selectors, counts }) =>
        counts === false ? false : any(selectors, (other) => passes(other, event)),
      ) === false,
  );
  if (refuted) return false;
  return proven === false
    ? unknown("unsupported", { detail: "whether other trails' selectors cover this one's" })
    : proven;
}

/** Whether the wider selector surely lets through all that the narrower one does. */
function contains(wide: Selector, narrow: Selector): boolean {
  return wide.every((field) => {
    const own = narrow.filter((each) => each.field === field.field);
    return isOpen(field) || own.some((each) => isWithin(each, field));
  });
}

function isOpen(field: FieldSelector): boolean {
  return !field.unsupported?.length && [...positives(field), ...negatives(field)].length === 0;
}

function isWithin(narrow: FieldSelector, wide: FieldSelector): boolean {
  if (wide.unsupported?.length || narrow.unsupported?.length) return false;
  const { equals = [], startsWith = [], endsWith = [] } = narrow;
  const given = [...equals, ...startsWith, ...endsWith].length > 0;
  if (given && startsWith.length + endsWith.length === 0) {
    return equals.every((value) => passes([wide], { [wide.field]: value }) === true);
  }
  const isRefusedToo = negatives(wide).every((each) => negatives(narrow).includes(each));
  if (!isRefusedToo) return false;
  if (positives(wide).length === 0) return true;
  return (
    given &&
    endsWith.length === 0 &&
    [...equals, ...startsWith].every((value) =>
      (wide.startsWith ?? []).some((prefix) => value.startsWith(prefix)),
    )
  );
}

const positives = ({ equals = [], startsWith = [], endsWith = [] }: FieldSelector) => [
  ...equals,
  ...startsWith,
  ...endsWith,
];

function negatives(field: FieldSelector): string[] {
  const { notEquals = [], notStartsWith = [], notEndsWith = [] } = field;
  return [
    ...notEquals.map((value) => `= ${value}`),
    ...notStartsWith.map((value) => `^ ${value}`),
    ...notEndsWith.map((value) => `$ ${value}`),
  ];
}

/** Events that the selector surely lets through: each named value once, with anything for the rest. */
function examples(selector: Selector): EventClass[] {
  const base: Record<string, string> = {
    readOnly: "true",
    errorCode: OTHER_VALUE,
    eventName: OTHER_VALUE,
    eventSource: OTHER_VALUE,
    eventType: OTHER_VALUE,
    "resources.ARN": OTHER_VALUE,
    "resources.type": OTHER_VALUE,
    "userIdentity.arn": OTHER_VALUE,
    sessionCredentialFromConsole: OTHER_VALUE,
    vpcEndpointId: OTHER_VALUE,
  };
  for (const field of selector)
    base[field.field] = values(field)[0] ?? base[field.field] ?? OTHER_VALUE;
  const variants = [{ ...base, readOnly: "false" }, base];
  for (const field of selector) {
    for (const value of values(field)) variants.push({ ...base, [field.field]: value });
  }
  return variants.filter((event) => passes(selector, event) === true);
}

function values({ equals = [], startsWith = [], endsWith = [] }: FieldSelector): string[] {
  return [
    ...equals,
    ...startsWith.map((prefix) => `${prefix}${OTHER_VALUE}`),
    ...endsWith.map((suffix) => `${OTHER_VALUE}${suffix}`),
  ];
}
