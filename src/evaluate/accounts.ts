import type { AccountRecord, OrganizationRecord, RegionRecord } from "../snapshot/records.ts";
import { type Cause, causesOf, isKnown, isUnknown, type Unknown } from "../snapshot/unknown.ts";

export type AccountState = "audited" | "partial" | "unreachable" | "skipped";

/** How far one listed account was audited. */
export type AccountOutcome = {
  id: string;
  name: string | null;
  ouPath: string | null;
  state: AccountState;
  /** Why it was not audited in full; null where it was. */
  why: string | null;
};

/** Which of these accounts were audited: every enabled region's trails and their status were read. */
export function accountOutcomes(
  organization: OrganizationRecord | null,
  records: ReadonlyMap<string, AccountOutcome>,
): AccountOutcome[] {
  const listed = organization?.accounts ?? [];
  return listed
    .map(({ id, name, ouPath, skipped }): AccountOutcome => {
      const who = { id, name, ouPath: isKnown(ouPath) ? ouPath : null };
      if (skipped !== null) return { ...who, state: "skipped", why: skipped };
      const seen = records.get(id);
      if (seen !== undefined) return { ...who, state: seen.state, why: seen.why };
      return { ...who, state: "unreachable", why: "the snapshot holds nothing about it" };
    })
    .sort((a, b) => compare(a.id, b.id));
}

/** The outcome of one account, from its record alone. */
export function accountOutcome(record: AccountRecord): AccountOutcome {
  const base = { id: record.id, name: null, ouPath: null };
  if (record.unreachable !== null) {
    return { ...base, state: "unreachable", why: words(record.unreachable) };
  }
  const [gap, ...others] = gaps(record);
  if (gap === undefined) return { ...base, state: "audited", why: null };
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return { ...base, state: "partial", why: `${words(gap.marker)} in ${gap.where}${more}` };
}

type Gap = { where: string; marker: Unknown };

/**
 * What could not be read of an account's trails. A region that service control policies deny is no
 * gap where a multi-region trail logs elsewhere in the account: the trail records there too.
 */
function gaps(record: AccountRecord): Gap[] {
  const found: Gap[] = [];
  for (const region of record.regions) {
    if (isUnknown(region)) found.push({ where: "its list of regions", marker: region });
    else found.push(...regionGaps(region));
  }
  return found.filter(({ marker }) => !isNoGap(marker));
}

function regionGaps({ name, trails }: RegionRecord): Gap[] {
  return trails.flatMap((trail): Gap[] => {
    if (isUnknown(trail)) return [{ where: name, marker: trail }];
    if (isUnknown(trail.status)) return [{ where: name, marker: trail.status }];
    return isUnknown(trail.status.isLogging)
      ? [{ where: name, marker: trail.status.isLogging }]
      : [];
  });
}

const NO_GAP = new Set<Cause["reason"]>(["denied-by-scp", "region-disabled", "outside-scope"]);

function isNoGap(marker: Unknown): boolean {
  return causesOf(marker).every(({ reason }) => NO_GAP.has(reason));
}

/** A marker's first reason in words: the reason, the permission, what was said. */
export function words(marker: Unknown): string {
  const { reason, action, detail } = marker.$unknown;
  const about = [action, detail].filter((part) => part !== undefined).join(": ");
  return about === "" ? reason : `${reason} (${about})`;
}

/** Plain order of code points, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
