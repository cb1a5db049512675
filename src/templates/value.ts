import type { Unknown } from "../snapshot/unknown.ts";

/**
 * An attribute of another resource of the same input, which gets its value when that is made: not
 * known, but never null nor empty. `address` is as in `TemplateResource`; where no resource of the
 * input has it, it names something else that is looked up on applying: `{{resolve:ssm:/key}}`, or
 * where a provider works (`placeReference`).
 */
export type Reference = { readonly $reference: { address: string; attribute: string } };

/**
 * A text of which parts are not known, such as `["arn:aws:s3:::", reference, "/*"]`; at least one
 * part is no string, and no two strings are neighbours. `isJson`: an encoder wrote it as JSON, which
 * what is not known in it cannot break: each such part is in a text, or is a list of texts instead of one.
 */
export type Text = {
  readonly $text: readonly (string | Unknown | Reference)[];
  readonly isJson?: true;
};

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
  | Reference
  | Text;

/** Whether a value is an attribute of another resource of the same input. */
export function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "$reference");
}

/** Whether a value is a text of which parts are not known. */
export function isText(value: unknown): value is Text {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "$text");
}
