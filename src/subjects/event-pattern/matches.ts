import { isJsonObject, jsonOrNull } from "../../snapshot/json.ts";
import { and, or, type Truth } from "../../snapshot/logic.ts";
import { type Json, unknown } from "../../snapshot/unknown.ts";
import { accepts } from "./operators.ts";

/** A field that every event has, each with another value. */
export const VARIES = Symbol("varies");
/** A field that no such event has. */
export const ABSENT = Symbol("absent");

/** What is known of a field of an event; what is not named may be there or not. */
export type Field = string | boolean | null | typeof VARIES | typeof ABSENT | EventFields;
/** What is known of the events of one kind. */
export type EventFields = { readonly [field: string]: Field };

/** AWS allows 4,096 characters after a raised quota; what is longer or deeper is not read. */
const MAX_LENGTH = 8192;
const MAX_DEPTH = 32;

/** Whether an EventBridge rule with this pattern, as text, reacts to every event of that kind. */
export function matches(pattern: string, event: EventFields): Truth {
  if (pattern.length > MAX_LENGTH) return unreadable("it is too long");
  const parsed = jsonOrNull(pattern);
  if (!isJsonObject(parsed)) return unreadable("it is no JSON object");
  return everyField(parsed, event, 0);
}

const unreadable = (why: string) =>
  unknown("unsupported", { detail: `an event pattern cannot be read: ${why}` });

type Pattern = { readonly [field: string]: Json };

function everyField(pattern: Pattern, event: EventFields, depth: number): Truth {
  if (depth > MAX_DEPTH) return unreadable("it is too deep");
  return and(
    ...Object.entries(pattern).map(([name, wanted]) =>
      name === "$or" ? anyBranch(wanted, event, depth) : oneField({ name, wanted, event, depth }),
    ),
  );
}

/** EventBridge takes `$or` for a field of that name unless it holds a list of patterns. */
function anyBranch(branches: Json, event: EventFields, depth: number): Truth {
  if (!Array.isArray(branches) || !branches.every(isJsonObject)) return unreadable("its $or");
  return or(...branches.map((branch) => everyField(branch, event, depth + 1)));
}

type Asked = { name: string; wanted: Json; event: EventFields; depth: number };

function oneField({ name, wanted, event, depth }: Asked): Truth {
  const field = Object.hasOwn(event, name) ? event[name] : undefined;
  if (Array.isArray(wanted)) return or(...wanted.map((each) => oneAlternative(each, field, name)));
  if (!isJsonObject(wanted)) return unreadable(`${name} is neither a list nor an object`);
  if (isFields(field)) return everyField(wanted, field, depth + 1);
  if (field === VARIES || field === undefined) return differs(name);
  // Below a plain value there is nothing: only a demand for absence could hold.
  return everyField(wanted, absentBelow(wanted), depth + 1);
}

const absentBelow = (wanted: Pattern): EventFields =>
  Object.fromEntries(Object.entries(wanted).map(([name]) => [name, ABSENT]));

function oneAlternative(wanted: Json, field: Field | undefined, name: string): Truth {
  const presence = isJsonObject(wanted) ? existence(wanted) : null;
  if (presence !== null) return presenceOf(field, presence) ?? differs(name);
  if (field === ABSENT) return false;
  if (field === undefined || field === VARIES || isFields(field)) return differs(name);
  return accepts(wanted, field);
}

/** What `{"exists": …}` demands; null: it is another operator. */
function existence(wanted: Pattern): boolean | null {
  const [[operator, value] = []] = Object.entries(wanted);
  return operator === "exists" && typeof value === "boolean" ? value : null;
}

/** `exists` looks at leaves alone; null: not known. */
function presenceOf(field: Field | undefined, wanted: boolean): boolean | null {
  if (field === undefined || isFields(field)) return null;
  return (field !== ABSENT) === wanted;
}

const differs = (name: string) =>
  unknown("unresolved", {
    detail: `an event pattern is narrowed by ${name.slice(0, 64)}, which differs from event to event`,
  });

const isFields = (field: Field | undefined): field is EventFields =>
  typeof field === "object" && field !== null;
