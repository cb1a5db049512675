import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { BucketParts } from "./bucket.ts";
import { allKnown, block, flag, given, isAbsent, objects, type Values, whole } from "./read.ts";
import { each } from "./selectors.ts";
import { textIn } from "./texts.ts";
import type { Planned, World } from "./world.ts";

type Rules = Exclude<BucketRecord["lifecycleRules"], Unknown>;
type Rule = Rules[number];
type At = { world: World; planned: Planned };

/** S3 takes no more rules than these. */
const MOST_RULES = 1000;

/** A bucket's lifecycle rules; a new bucket has none. */
export function lifecycleRules({ world, planned, companion }: BucketParts): Fact<Rules> {
  const other = companion("lifecycle");
  if (isUnknown(other)) return other;
  const at = { world, planned: other ?? planned };
  const own = block(planned.values, "LifecycleConfiguration");
  if (isUnknown(own)) return own;
  const found =
    other !== null
      ? objects(other.values, "rule")
      : objects(own ?? planned.values, own === null ? "lifecycle_rule" : "Rules");
  if (!isUnknown(found) && found.length > MOST_RULES) {
    return unknown("unsupported", { detail: `more than ${MOST_RULES} lifecycle rules` });
  }
  return each(found, (rule) => readRule(at, rule));
}

function readRule(at: At, rule: Values): Fact<Rule> {
  const filter = block(rule, "filter");
  if (isUnknown(filter)) return filter;
  const and = block(filter ?? {}, "and");
  if (isUnknown(and)) return and;
  const expiration = block(rule, "expiration");
  const noncurrent = block(rule, "noncurrent_version_expiration", "NoncurrentVersionExpiration");
  if (isUnknown(expiration)) return expiration;
  if (isUnknown(noncurrent)) return noncurrent;
  const text = (values: Values | null, ...names: string[]) =>
    textIn(at.world, at.planned, given(values ?? {}, ...names));
  return allKnown({
    id: text(rule, "id", "Id"),
    enabled: isEnabled(at, rule),
    prefix: decidedPrefix([
      text(and, "prefix"),
      text(filter, "prefix"),
      text(rule, "prefix", "Prefix"),
    ]),
    otherFilter: [rule, filter ?? {}, and ?? {}].some(narrows),
    expirationDays: expirationDays(rule, expiration),
    noncurrentExpirationDays: orElse(
      whole(noncurrent ?? {}, "noncurrent_days", "days", "NoncurrentDays"),
      whole(rule, "NoncurrentVersionExpirationInDays"),
    ),
    newerNoncurrentVersions: whole(
      noncurrent ?? {},
      "newer_noncurrent_versions",
      "NewerNoncurrentVersions",
    ),
    transitions: transitions(at, rule),
  });
}

const orElse = (first: Fact<number | null>, second: Fact<number | null>): Fact<number | null> =>
  first === null ? second : first;

function isEnabled(at: At, rule: Values): Fact<boolean> {
  if (!isAbsent(given(rule, "enabled"))) return flag(rule, ["enabled"], false);
  const status = textIn(at.world, at.planned, given(rule, "status", "Status"));
  return mapFact(status, (text) => text === "Enabled");
}

/** A prefix of which a part is not known may be any: no rule can be said to be about anything. */
function decidedPrefix(given: readonly Fact<string | null>[]): Fact<string | null> {
  const prefix = given.find((each) => each !== null) ?? null;
  if (isUnknown(prefix) || prefix === null) return prefix;
  return hasStandIn(prefix) ? unknown("unresolved", { detail: "a rule's prefix" }) : prefix;
}

const NARROWING = [
  "tag",
  "tags",
  "object_size_greater_than",
  "object_size_less_than",
  "TagFilters",
  "ObjectSizeGreaterThan",
  "ObjectSizeLessThan",
];

/** Plans fill in empty lists and objects where nothing is written. */
function narrows(values: Values): boolean {
  return NARROWING.some((name) => {
    const value = given(values, name);
    if (value === null || value === 0 || value === "") return false;
    return typeof value !== "object" || Object.keys(value).length > 0;
  });
}

/** A rule with a date removes, on that day, whatever there is: no age is safe from it. */
function expirationDays(rule: Values, expiration: Values | null): Fact<number | null> {
  const days = whole(expiration ?? rule, "days", "ExpirationInDays");
  if (isUnknown(days) || (days !== null && days > 0)) return days;
  const date = given(expiration ?? rule, "date", "ExpirationDate");
  return date === null || date === "" ? null : 0;
}

function transitions(at: At, rule: Values): Fact<Rule["transitions"]> {
  const found = objects(rule, "transition", "Transitions");
  const one = objects(rule, "Transition");
  if (isUnknown(found)) return found;
  if (isUnknown(one)) return one;
  return each([...found, ...one], (transition) => {
    const date = given(transition, "date", "TransitionDate");
    const days = whole(transition, "days", "TransitionInDays");
    const storageClass = textIn(
      at.world,
      at.planned,
      given(transition, "storage_class", "StorageClass"),
    );
    return allKnown({
      days: date === null || date === "" ? mapFact(days, (known) => known ?? 0) : null,
      storageClass: mapFact(storageClass, (name) => name ?? ""),
    });
  });
}
