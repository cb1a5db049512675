import type { FactPlace, JsonType } from "./fact-place.ts";
import type { Schema } from "./node.ts";

/** Keywords that bound a number, and what editors say of each. */
export const NUMBER_KEYWORDS = {
  minimum: "The least number accepted.",
  maximum: "The greatest number accepted.",
  exclusiveMinimum: "It must be more than this.",
  exclusiveMaximum: "It must be less than this.",
};

/** Keywords that bound a text's length, and what editors say of each. */
export const LENGTH_KEYWORDS = {
  minLength: "The least number of characters.",
  maxLength: "The greatest number of characters.",
};

/** Keywords that count a list's items, and what editors say of each. */
export const COUNT_KEYWORDS = {
  minItems: "The least number of items.",
  maxItems: "The greatest number of items.",
  minContains: "How many items at least match `contains`; 1 where it is left out.",
  maxContains: "How many items at most match `contains`.",
};

/** Keywords that say nothing, or pass in silence, without another beside them. */
export const DEPENDENT = {
  items: ["minItems"],
  minContains: ["contains"],
  maxContains: ["contains"],
  then: ["if"],
  else: ["if"],
};

const BOUND_TO: [keywords: string[], types: JsonType[]][] = [
  [Object.keys(NUMBER_KEYWORDS), ["number", "integer"]],
  [["pattern", ...Object.keys(LENGTH_KEYWORDS)], ["string"]],
  [["properties", "required", "additionalProperties"], ["object"]],
  [["items", "contains", "minItems", "maxItems"], ["array"]],
];

/** A value of another type passes these keywords, so `type` is demanded where there can be one. */
export function typeBound({ types }: FactPlace): Record<string, Schema> {
  const bound = BOUND_TO.filter(
    ([, own]) =>
      own.some((type) => types.includes(type)) && types.some((type) => !own.includes(type)),
  );
  return Object.fromEntries(
    bound.flatMap(([keywords, own]) =>
      keywords.map((keyword) => [
        keyword,
        { required: ["type"], properties: { type: { enum: own } } },
      ]),
    ),
  );
}
