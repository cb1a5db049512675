import type { Unknown } from "../snapshot/unknown.ts";

/**
 * An attribute of another resource of the same input, which gets its value when that is made: not
 * known, but never null. `address` is as in `TemplateResource`.
 */
export type Reference = { readonly $reference: { address: string; attribute: string } };

/**
 * What a template gives an attribute. What cannot be known before it is applied is an `Unknown`
 * with the reason `known-after-apply` (a plan says so) or `unresolved` (an expression, named in the
 * detail, that cannot be computed from the files). Keys of a template's own that begin with `$`
 * are escaped, so that only this program makes markers.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly [key: string]: Value }
  | Unknown
  | Reference;

/** Whether a value is an attribute of another resource of the same input. */
export function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "$reference");
}
