import type { FieldSelector } from "../../snapshot/event-selectors.ts";
import { firstFew } from "../../snapshot/first-few.ts";
import { withoutMarks } from "../../snapshot/stand-in.ts";
import type { Selector } from "../selectors.ts";

const CATEGORIES: Record<string, string> = {
  Management: "management events",
  Data: "data events",
  NetworkActivity: "network activity events",
};

const OPERATORS = [
  ["equals", ""],
  ["startsWith", "begins with "],
  ["endsWith", "ends with "],
  ["notEquals", "is not "],
  ["notStartsWith", "does not begin with "],
  ["notEndsWith", "does not end with "],
] as const;

/** The longest description of one selector; a trail may name hundreds of ARNs. */
const LONGEST = 160;

/** What a selector lets through, in words: "write-only AWS::S3::Object data events (…)". */
export function selectorText(selector: Selector): string {
  const category = only(selector, "eventCategory");
  const type = only(selector, "resources.type");
  const readOnly = only(selector, "readOnly");
  const named = new Set([
    "eventCategory",
    "readOnly",
    ...(type === null ? [] : ["resources.type"]),
  ]);
  const events = CATEGORIES[category ?? ""] ?? "events";
  const access = readOnly === null ? "" : readOnly === "true" ? "read-only " : "write-only ";
  const rest = selector.filter(({ field }) => !named.has(field)).flatMap(conditions);
  const where = rest.length === 0 ? "" : ` (${rest.join("; ")})`;
  const text = withoutMarks(`${access}${type === null ? "" : `${type} `}${events}${where}`);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The one value that a field must have; null: not so. */
function only(selector: Selector, name: string): string | null {
  const values = selector.flatMap(({ field, equals = [] }) => (field === name ? equals : []));
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** Three values of each are enough to know which selector it is. */
function conditions(field: FieldSelector): string[] {
  return OPERATORS.flatMap(([operator, words]) => {
    const values = field[operator] ?? [];
    return values.length === 0 ? [] : [`${field.field} ${words}${firstFew(values, 3)}`];
  });
}
