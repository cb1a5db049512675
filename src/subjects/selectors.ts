import type {
  BasicEventSelector,
  EventSelectors,
  FieldSelector,
} from "../snapshot/event-selectors.ts";
import { all, and, any, not, type Truth } from "../snapshot/logic.ts";
import { unknown } from "../snapshot/unknown.ts";

/** Stands for every value that no selector names. */
export const ANY_OTHER = Symbol("any other value");

/** A class of events by the values of its fields; those left out are not decided by it. */
export type EventClass = { readonly [field: string]: string | typeof ANY_OTHER };

/** One selector: an event passes where it meets every field's conditions. */
export type Selector = readonly FieldSelector[];

const KNOWN_FIELDS = new Set([
  "eventCategory",
  "eventName",
  "eventSource",
  "eventType",
  "errorCode",
  "readOnly",
  "resources.ARN",
  "resources.type",
  "sessionCredentialFromConsole",
  "userIdentity.arn",
  "vpcEndpointId",
]);

/** Basic and advanced selectors in one form; an event is recorded if it passes any of them. */
export function normalised({ basic, advanced }: EventSelectors): Selector[] {
  // AWS fills one of the lists; a trail that shows none may record anything.
  if (basic.length + advanced.length === 0) return [withCategory([])];
  return [
    ...basic.flatMap(fromBasic),
    ...advanced.map(({ fieldSelectors }) => withCategory(fieldSelectors)),
  ];
}

/** Whether one selector lets an event with these values through; unknown where it asks for others. */
export function passes(selector: Selector, event: EventClass): Truth {
  return all(selector, (field) => meets(field, event[field.field]));
}

function fromBasic(selector: BasicEventSelector): Selector[] {
  const readOnly = readOnlyOf(selector.readWriteType);
  const management: Selector[] = selector.includeManagementEvents
    ? [
        [
          { field: "eventCategory", equals: ["Management"] },
          ...readOnly,
          { field: "eventSource", notEquals: selector.excludeManagementEventSources },
        ],
      ]
    : [];
  const data = selector.dataResources
    .filter(({ values }) => values.length > 0)
    .map(({ type, values }) => [
      { field: "eventCategory", equals: ["Data"] },
      ...readOnly,
      { field: "resources.type", equals: [type] },
      arns(values),
    ]);
  return [...management, ...data];
}

function readOnlyOf(readWriteType: string): FieldSelector[] {
  if (readWriteType === "All") return [];
  if (readWriteType === "ReadOnly") return [{ field: "readOnly", equals: ["true"] }];
  if (readWriteType === "WriteOnly") return [{ field: "readOnly", equals: ["false"] }];
  return [{ field: "readOnly", unsupported: [readWriteType] }];
}

/**
 * A basic selector means a prefix by an S3 path and by an ARN that stops early (`arn:aws:lambda`),
 * and exactly one resource by any other whole ARN.
 */
function arns(values: readonly string[]): FieldSelector {
  const isPrefix = (value: string) =>
    value.split(":").length < 6 || value.endsWith(":::") || /^arn:[^:]*:s3:::.*\//.test(value);
  return {
    field: "resources.ARN",
    startsWith: values.filter(isPrefix),
    equals: values.filter((value) => !isPrefix(value)),
  };
}

/** AWS demands eventCategory of every advanced selector; what one without it records is not known. */
function withCategory(fields: Selector): Selector {
  if (fields.some(({ field }) => field === "eventCategory")) return fields;
  return [...fields, { field: "eventCategory", unsupported: ["left out"] }];
}

type Condition = { values: readonly string[]; matches: (value: string, given: string) => boolean };

const equal = (value: string, given: string) => value === given;
const starts = (value: string, given: string) => value.startsWith(given);
const ends = (value: string, given: string) => value.endsWith(given);

/** None of the Not… conditions, and at least one of the others if there are any. */
export function meets(field: FieldSelector, value: EventClass[string] | undefined): Truth {
  const wanted: Condition[] = [
    { values: field.equals ?? [], matches: equal },
    { values: field.startsWith ?? [], matches: starts },
    { values: field.endsWith ?? [], matches: ends },
  ];
  const refused: Condition[] = [
    { values: field.notEquals ?? [], matches: equal },
    { values: field.notStartsWith ?? [], matches: starts },
    { values: field.notEndsWith ?? [], matches: ends },
  ];
  if (!KNOWN_FIELDS.has(field.field)) return unsupported(`selector field ${field.field}`);
  const given = wanted.some(({ values }) => values.length > 0);
  const refuses = any(refused, (condition) => holds(condition, value, field.field));
  const wants = !given || any(wanted, (condition) => holds(condition, value, field.field));
  const operators = field.unsupported?.length
    ? unsupported(`selector operator ${field.unsupported.join(", ")}`)
    : true;
  return and(not(refuses), wants, operators);
}

function holds(
  { values, matches }: Condition,
  value: EventClass[string] | undefined,
  field: string,
): Truth {
  if (values.length === 0) return false;
  if (typeof value === "string") return values.some((given) => matches(value, given));
  if (value === ANY_OTHER && matches === equal) return false;
  return unsupported(`selector on ${field} lets some of these events through`);
}

const unsupported = (detail: string) =>
  unknown("unsupported", { action: "cloudtrail:GetEventSelectors", detail });
