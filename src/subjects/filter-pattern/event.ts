import { FRESH, globContains, globInstance } from "./glob.ts";

/** What is known of one field of a class of events. */
export type Field =
  /** Every event of the class has this value. */
  | { is: string | boolean }
  | { absent: true }
  /** Events differ; `except`: values, with `*` for any text, that none has. */
  | { differs: true; except: readonly string[]; optional: boolean }
  /** CloudTrail is not known to write such a field at all. */
  | { foreign: true }
  /** Nothing can be said of it. */
  | { opaque: true };

/** A class of events: its fields by their path, joined with dots. A field not given may be anything. */
export type EventClass = { name: string; fields: ReadonlyMap<string, Field> };

export const ABSENT: Field = { absent: true };

/** A field that every event of the class has, with any value but these. */
export function anyBut(...except: string[]): Field {
  return { differs: true, except, optional: false };
}

/** A class of events, from what is known of it. */
export function eventClass(name: string, fields: Record<string, Field>): EventClass {
  return { name, fields: new Map(Object.entries(fields)) };
}

/** Fields that every event has and of which only the value differs. */
const ALWAYS = new Set([
  ...["eventVersion", "eventTime", "eventSource", "eventName", "eventType", "eventID"],
  ...["awsRegion", "sourceIPAddress"],
]);

/** The outermost fields that a CloudTrail record can have. */
const RECORD = new Set([
  ...["eventVersion", "eventTime", "eventSource", "eventName", "eventType", "eventID"],
  ...["awsRegion", "sourceIPAddress", "userAgent", "userIdentity", "errorCode", "errorMessage"],
  ...["requestParameters", "responseElements", "additionalEventData", "requestID", "apiVersion"],
  ...["managementEvent", "readOnly", "resources", "recipientAccountId", "serviceEventDetails"],
  ...["sharedEventID", "vpcEndpointId", "vpcEndpointAccountId", "eventCategory", "addendum"],
  ...["sessionCredentialFromConsole", "tlsDetails", "edgeDeviceDetails", "insightDetails"],
  ...["eventContext"],
]);

/** Those of them that are objects or lists; what a comparison makes of one is nowhere said. */
const OBJECTS = new Set([
  ...["userIdentity", "requestParameters", "responseElements", "additionalEventData", "resources"],
  ...["serviceEventDetails", "tlsDetails", "edgeDeviceDetails", "insightDetails", "addendum"],
  ...["eventContext"],
]);

/** What is known of the field at the path in events of the class. */
export function fieldAt({ fields }: EventClass, path: readonly string[]): Field {
  const [outermost = ""] = path;
  if (path.includes("*") || (path.length === 1 && OBJECTS.has(outermost))) return { opaque: true };
  const key = path.join(".");
  const known = fields.get(key);
  if (known !== undefined) return known;
  if (!RECORD.has(outermost)) return { foreign: true };
  // An object around a known field, or a part of a plain value.
  for (const [other, field] of fields) {
    if (other.startsWith(`${key}.`)) return { opaque: true };
    if (key.startsWith(`${other}.`)) return "absent" in field ? ABSENT : { opaque: true };
  }
  return { differs: true, except: [], optional: !ALWAYS.has(key) };
}

/** Values that tell events of the class apart, as far as comparisons with these values would see. */
export function possibleValues(field: Field, named: readonly string[]): Field[] {
  if ("foreign" in field) return [ABSENT];
  if (!("differs" in field)) return [];
  const { except, optional } = field;
  const values = [FRESH, ...named.map(globInstance)]
    .filter((value) => value !== "" && !except.some((each) => globContains(each, value)))
    .map((is): Field => ({ is }));
  return optional ? [...values, ABSENT] : values;
}
