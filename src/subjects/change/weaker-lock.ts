import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { isSameFact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import type { Part } from "./part.ts";

/** What Object Lock keeps less of; null: nothing. Where there is no retention on a side it is for others to say. */
export function weakerLock(
  { objectLock: was }: BucketRecord,
  { objectLock: now }: BucketRecord,
): Part["lost"] {
  if (isSameFact(was, now)) return null;
  if (isUnknown(now)) return now;
  if (isUnknown(was)) return was;
  if (was === null || was.mode === null || now === null || now.mode === null) return null;
  const isWeaker = was.mode === COMPLIANCE && now.mode !== COMPLIANCE;
  const before = `${was.mode}${shownDays(was.days)}`;
  const lost = `was ${before}, is ${now.mode}${shownDays(now.days)}`;
  if (isWeaker || (was.days !== null && now.days !== null && now.days < was.days)) return lost;
  return was.days !== null && now.days === null ? DAYS_UNTOLD : null;
}

/** Whoever is allowed to bypass GOVERNANCE deletes what it keeps; nobody deletes what COMPLIANCE does. */
const COMPLIANCE = "COMPLIANCE";

const DAYS_UNTOLD = unknown("unsupported", { detail: "Object Lock retention without days" });

const shownDays = (days: number | null): string => (days === null ? "" : ` for ${days} days`);
