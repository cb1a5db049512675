import { all, and, any, type Truth } from "../snapshot/logic.ts";
import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import type { TrailRecord } from "../snapshot/resources/trail.ts";
import { isKnown, mapFact, unknown } from "../snapshot/unknown.ts";
import { coversTrail, type LogFiles, touchesLogFiles } from "./log-files.ts";

type Rule = Exclude<BucketRecord["replicationRules"], { $unknown: unknown }>[number];

/**
 * Whether every log file of every trail is copied. CloudTrail sets no tags, so a rule for tagged
 * objects copies nothing of it; and what a KMS key encrypts is copied only where the rule says so.
 */
export function replicatesLogs({ replicationRules }: BucketRecord, files: LogFiles): Truth {
  return mapFact(replicationRules, (rules) => {
    const working = rules.filter(({ enabled, otherFilter }) => enabled && !otherFilter);
    if (working.length === 0) return false;
    const known = all(files.records, (trail) => isCopied(working, trail, files));
    const takesAll = working.some(({ prefix, kmsEncrypted }) => prefix === null && kmsEncrypted);
    return and(known, takesAll ? true : (files.open ?? true));
  });
}

function isCopied(rules: readonly Rule[], trail: TrailRecord, files: LogFiles): Truth {
  const whole = any(rules, ({ prefix, kmsEncrypted }) =>
    and(isAdmitted(kmsEncrypted, trail), coversTrail(prefix ?? "", trail, files)),
  );
  if (whole !== false) return whole;
  const own = { ...files, records: [trail], open: null };
  const inPart = any(rules, ({ prefix, kmsEncrypted }) =>
    and(isAdmitted(kmsEncrypted, trail), touchesLogFiles(prefix ?? "", own)),
  );
  if (inPart === false) return false;
  return isKnown(inPart)
    ? unknown("unresolved", { detail: "whether the rules together copy every log file" })
    : inPart;
}

function isAdmitted(kmsEncrypted: boolean, { kmsKeyArn }: TrailRecord): Truth {
  return kmsEncrypted ? true : mapFact(kmsKeyArn, (key) => key === null);
}
