import { jsonOrNull } from "../snapshot/json.ts";
import type { Json } from "../snapshot/unknown.ts";

/** Longer patterns are kept unread: AWS allows 4,096 characters at most. */
const MOST_READ = 8192;

/** What the events that tell of a call to CloudTrail have in these fields. */
const TRAIL_CHANGES: { path: string[]; fits: (value: string) => boolean }[] = [
  { path: ["source"], fits: (value) => value === "aws.cloudtrail" },
  { path: ["detail-type"], fits: (value) => value === "AWS API Call via CloudTrail" },
  { path: ["detail", "eventSource"], fits: (value) => value.startsWith("cloudtrail.") },
  {
    path: ["detail", "eventName"],
    fits: (value) => /trail|logging|selectors|configuration|eventdatastore/i.test(value),
  },
];

/**
 * Whether an EventBridge pattern may match a call that stops, changes or deletes a trail. Only
 * plain values rule that out: what is not understood here may match.
 */
export function mayMatchTrailChanges(pattern: string): boolean {
  if (pattern.length > MOST_READ) return true;
  const parsed = jsonOrNull(pattern);
  return TRAIL_CHANGES.every(({ path, fits }) => {
    const wanted = path.reduce<Json | undefined>(inner, parsed);
    if (!Array.isArray(wanted)) return true;
    return wanted.some((value) => typeof value !== "string" || fits(value));
  });
}

function inner(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
