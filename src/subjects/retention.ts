import type { Truth } from "../snapshot/logic.ts";
import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, merged, type Unknown, unknown } from "../snapshot/unknown.ts";
import {
  after,
  certainly,
  daysOf,
  either,
  type Interval,
  later,
  NEVER,
  perhaps,
  sooner,
} from "./interval.ts";
import { coversLogFiles, type LogFiles, touchesLogFiles } from "./log-files.ts";
import type { Bucket } from "./schema/bucket.ts";

/** The lifecycle rules of a bucket, or why they are not known. */
type Rules = Exclude<BucketRecord["lifecycleRules"], { $unknown: unknown }>;
type Rule = Rules[number];

/** After how many days a class of log files is hidden, its hidden version gone, or it is archived. */
type Effects = { expired: Interval; goneAfterwards: Interval; archived: Interval };

const UNTOUCHED: Effects = { expired: NEVER, goneAfterwards: NEVER, archived: NEVER };

/** How long the log files in a bucket are kept, and at hand. */
export function retention(bucket: BucketRecord, files: LogFiles): Bucket["retention"] {
  const lockedDays = locked(bucket);
  const rules = bucket.lifecycleRules;
  if (isUnknown(rules)) return { days: rules, lockedDays, archivedAfterDays: rules };
  const doubts: Unknown[] = [];
  const classes = classesOf(rules, files, doubts);
  const gone = classes.map(({ effects }) => goneIn(effects, bucket.versioning));
  const archived = classes.map(beforeItGoes);
  const versions = isUnknown(bucket.versioning) ? [bucket.versioning] : [];
  const locks = isUnknown(lockedDays) ? [lockedDays] : [];
  const days = later(earliest(classes, gone), lockInterval(lockedDays));
  return {
    days: daysOf(days, () => because([...doubts, ...versions, ...locks])),
    lockedDays,
    archivedAfterDays: daysOf(earliest(classes, archived), () => because(doubts)),
  };
}

const because = (doubts: readonly Unknown[]): Unknown =>
  doubts.length > 0 ? merged(doubts) : unknown("unresolved", { detail: "lifecycle rules" });

/** Both modes keep a version for its days, whatever lifecycle says. */
function locked({ objectLock: lock }: BucketRecord): Fact<number | null> {
  if (isUnknown(lock)) return lock;
  if (lock === null || lock.mode === null) return null;
  const isUnderstood = lock.mode === "COMPLIANCE" || lock.mode === "GOVERNANCE";
  if (isUnderstood && lock.days !== null) return lock.days;
  return unknown("unsupported", { detail: "how long Object Lock keeps a version by default" });
}

const lockInterval = (days: Fact<number | null>): Interval =>
  isUnknown(days) ? perhaps(0, NEVER) : certainly(days ?? 0);

/** Log files whose keys begin alike, so that the same rules apply. */
type Class = {
  prefix: string;
  /** Whether there are any. */
  touched: Truth;
  effects: Effects;
  /** After how many days at the earliest a rule for longer prefixes hides some of them, or all. */
  below: number;
};

/**
 * Every rule's prefix makes a class: what applies to it are its own rules and those of shorter
 * prefixes of it. Sorted, a prefix comes before all that go on from it, so one walk with a stack
 * finds them.
 */
function classesOf(rules: Rules, files: LogFiles, doubts: Unknown[]): Class[] {
  const classes: Class[] = [];
  const stack: Class[] = [];
  for (const [prefix, own] of byPrefix(rules, files)) {
    while (stack.length > 0 && !prefix.startsWith(stack.at(-1)?.prefix ?? "")) leave(stack);
    const touched = touchesLogFiles(prefix, files);
    const noted: Unknown[] = touched === false ? [] : doubts;
    if (isUnknown(touched)) noted.push(touched);
    const effects = own
      .map((rule) => effectsOf(rule, noted))
      .reduce(together, stack.at(-1)?.effects ?? UNTOUCHED);
    const below = touched === false ? NEVER.earliest : effects.expired.earliest;
    const found = { prefix, touched, effects, below };
    stack.push(found);
    classes.push(found);
  }
  while (stack.length > 0) leave(stack);
  return classes;
}

function leave(stack: Class[]): void {
  const left = stack.pop();
  const parent = stack.at(-1);
  if (left === undefined || parent === undefined) return;
  parent.below = Math.min(parent.below, left.below);
}

/** For log files, a prefix that all their keys have is the same as none. */
function byPrefix(rules: Rules, files: LogFiles): [string, Rule[]][] {
  const found = new Map<string, Rule[]>();
  for (const rule of rules.filter(({ enabled }) => enabled)) {
    const prefix = coversLogFiles(rule.prefix ?? "", files) === true ? "" : (rule.prefix ?? "");
    const before = found.get(prefix);
    if (before === undefined) found.set(prefix, [rule]);
    else before.push(rule);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

const together = (a: Effects, b: Effects): Effects => ({
  expired: sooner(a.expired, b.expired),
  goneAfterwards: sooner(a.goneAfterwards, b.goneAfterwards),
  archived: sooner(a.archived, b.archived),
});

function effectsOf(rule: Rule, doubts: Unknown[]): Effects {
  const archived = rule.transitions
    .map((transition) => archival(transition, doubts))
    .reduce(sooner, NEVER);
  // With versions kept by their number, the one hidden version of a log file stays.
  const keepsSome = (rule.newerNoncurrentVersions ?? 0) > 0;
  const effects: Effects = {
    expired: inDays(rule.expirationDays),
    goneAfterwards: keepsSome ? NEVER : inDays(rule.noncurrentExpirationDays),
    archived,
  };
  if (!rule.otherFilter) return effects;
  doubts.push(unknown("unresolved", { detail: "a lifecycle rule for tags or sizes" }));
  return {
    expired: perhaps(effects.expired.earliest, NEVER),
    goneAfterwards: perhaps(effects.goneAfterwards.earliest, NEVER),
    archived: perhaps(effects.archived.earliest, NEVER),
  };
}

const inDays = (days: number | null): Interval => (days === null ? NEVER : certainly(days));

/** Classes whose objects can be read at once. */
const READABLE = ["STANDARD", "STANDARD_IA", "ONEZONE_IA", "GLACIER_IR", "REDUCED_REDUNDANCY"];

/** S3 takes no fewer days without access before its automatic archiving. */
const INTELLIGENT_ARCHIVE_DAYS = 90;

/** A transition with a date moves, from that day on, whatever there is: files of any age. */
function archival(
  { days, storageClass }: Rule["transitions"][number],
  doubts: Unknown[],
): Interval {
  const from = days ?? 0;
  if (storageClass === "GLACIER" || storageClass === "DEEP_ARCHIVE") return certainly(from);
  if (READABLE.includes(storageClass)) return NEVER;
  if (storageClass === "INTELLIGENT_TIERING") {
    const detail = "whether S3 Intelligent-Tiering archives here";
    doubts.push(unknown("not-collected", { detail }));
    return perhaps(from + INTELLIGENT_ARCHIVE_DAYS, NEVER);
  }
  const detail = `whether storage class ${storageClass.slice(0, 40)} needs restoring`;
  doubts.push(unknown("unsupported", { detail }));
  return perhaps(from, NEVER);
}

/** With versions an expired file is only hidden, until its hidden version expires too. */
function goneIn({ expired, goneAfterwards }: Effects, versioning: BucketRecord["versioning"]) {
  const hidden = after(expired, goneAfterwards);
  if (versioning === "Enabled") return hidden;
  return isUnknown(versioning) ? either(expired, hidden) : expired;
}

/** What goes first is never archived; rules for longer prefixes may hide all that the class has. */
function beforeItGoes({ effects: { archived, expired }, below }: Class): Interval {
  return {
    earliest: archived.earliest < expired.latest ? archived.earliest : NEVER.earliest,
    latest: archived.latest < below ? archived.latest : NEVER.latest,
  };
}

/** The earliest of all classes; one that may have no files may also not count. */
function earliest(classes: readonly Class[], each: readonly Interval[]): Interval {
  return classes
    .map(({ touched }, index) => {
      const interval = each[index] ?? NEVER;
      if (touched === false) return NEVER;
      return touched === true ? interval : perhaps(interval.earliest, NEVER);
    })
    .reduce(sooner, NEVER);
}
