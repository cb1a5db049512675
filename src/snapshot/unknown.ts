import type { Static } from "typebox";
import type { CauseSchema, UnknownSchema } from "./unknown-schema.ts";

/** Why a fact is not known. README says of each what it means and how to cure it. */
export const REASONS = [
  "access-denied",
  "denied-by-scp",
  "throttled",
  "timeout",
  "account-unreachable",
  "region-disabled",
  "outside-scope",
  "too-young",
  "known-after-apply",
  "unresolved",
  "not-collected",
  "unsupported",
] as const;

export type Reason = (typeof REASONS)[number];

/** One reason, without the marker around it. */
export type Cause = Static<typeof CauseSchema>;

/** The marker for a fact that is not known. Only `unknown` and `unknownMore` make one. */
export type Unknown = Static<typeof UnknownSchema>;

/** A value as its source gave it (`null` where the source says there is none), or why it is not known. */
export type Fact<T> = T | Unknown;

/** Marks one fact as not known. */
export function unknown(reason: Reason, about: Omit<Cause, "reason"> = {}): Unknown {
  return { $unknown: { reason, ...about } };
}

/** The last item of a list that may be incomplete. */
export function unknownMore(from: Unknown): Unknown {
  return { $unknown: { ...from.$unknown, more: true } };
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "$unknown");
}

/** Whether this item says that a list may have more items than are shown. */
export function isOpenEnd(value: unknown): value is Unknown {
  return isUnknown(value) && value.$unknown.more === true;
}

/** Whether two facts are the same, value or marker. */
export const isSameFact = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** A fact that is known. */
export function isKnown<T>(value: Fact<T>): value is T {
  return !isUnknown(value);
}

/** Every reason that a marker carries, its own first. */
export function causesOf({ $unknown: { reason, action, detail, also = [] } }: Unknown): Cause[] {
  const own: Cause = {
    reason,
    ...(action === undefined ? {} : { action }),
    ...(detail === undefined ? {} : { detail }),
  };
  return [own, ...also];
}

/** One marker for a fact derived from several unknown ones; keeps at most eight distinct reasons. */
export function merged(markers: readonly Unknown[]): Unknown {
  const distinct = new Map<string, Cause>();
  for (const each of markers.flatMap(causesOf)) {
    const key = `${each.reason} ${each.action ?? ""}`;
    if (!distinct.has(key)) distinct.set(key, each);
  }
  const [first, ...also] = [...distinct.values()].slice(0, 8);
  if (first === undefined) throw new Error("merged() needs at least one marker");
  return { $unknown: also.length === 0 ? first : { ...first, also } };
}

/** The end of a list from which these facts may keep items, in one marker; none where all are known. */
export function openEnd(facts: readonly unknown[]): Unknown[] {
  const markers = facts.filter(isUnknown);
  return markers.length === 0 ? [] : [unknownMore(merged(markers))];
}

/** Applies a function to a fact's value and keeps the marker where there is none. */
export function mapFact<T, U>(value: Fact<T>, apply: (known: T) => Fact<U>): Fact<U> {
  return isUnknown(value) ? value : apply(value);
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Copies JSON that somebody else wrote so that it cannot pose as a marker: a key that begins with
 * `$` gets another `$` in front, and `__proto__` becomes an ordinary key of the copy.
 */
export function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.startsWith("$") ? `$${key}` : key,
      plain(inner),
    ]),
  );
}
