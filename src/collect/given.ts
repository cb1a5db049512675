import { type Fact, isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";

// AWS's answers are read field by field: what is not of the documented kind is not known.

const missing = (name: string): Unknown =>
  unknown("unsupported", { detail: `the answer has no ${name} that this version understands` });

/** A flag that AWS always sends. */
export function flag(value: unknown, name: string): Fact<boolean> {
  return typeof value === "boolean" ? value : missing(name);
}

/** A flag that AWS leaves out where it has its default. */
export function flagOr(value: unknown, name: string, absent: boolean): Fact<boolean> {
  return value === undefined ? absent : flag(value, name);
}

/** A text that AWS always sends. */
export function text(value: unknown, name: string): Fact<string> {
  return typeof value === "string" && value !== "" ? value : missing(name);
}

/** A text that AWS leaves out where there is none. */
export function textOrNull(value: unknown, name: string): Fact<string | null> {
  return value === undefined || value === "" ? null : text(value, name);
}

/** A time that AWS leaves out where there is none, as ISO 8601. */
export function timeOrNull(value: unknown, name: string): Fact<string | null> {
  if (value === undefined) return null;
  const isTime = value instanceof Date && !Number.isNaN(value.getTime());
  return isTime ? value.toISOString() : missing(name);
}

/** One of a closed set of texts. */
export function oneOf<const T extends string>(
  value: unknown,
  name: string,
  choices: readonly T[],
): Fact<T> {
  return choices.find((choice) => choice === value) ?? missing(name);
}

/** A list that AWS always sends. */
export function list<T>(value: readonly T[] | undefined, name: string): Fact<readonly T[]> {
  return Array.isArray(value) ? value : missing(name);
}

/** A count that AWS writes as text. */
export function count(value: unknown, name: string): Fact<number> {
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : missing(name);
}

/** A whole number that AWS always sends. */
export function wholeNumber(value: unknown, name: string): Fact<number> {
  return typeof value === "number" && Number.isInteger(value) ? value : missing(name);
}

/** A policy document as IAM sends it: URL-encoded text. */
export function policyDocument(value: unknown, name: string): Fact<string> {
  const encoded = text(value, name);
  if (isUnknown(encoded)) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (error instanceof URIError) return missing(name);
    throw error;
  }
}
