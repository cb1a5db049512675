import type { AccountRecord, RegionRecord } from "../snapshot/account-record.ts";
import type { OrganizationRecord } from "../snapshot/organization-record.ts";
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

/** What one account's record tells of its own audit. */
export type AccountReading = {
  state: Exclude<AccountState, "skipped">;
  why: string | null;
  /** What service control policies hid; null: nothing. */
  hidden: string | null;
};

/**
 * How far each listed account was audited: every enabled region's trails and their status were
 * read, or hidden by service control policies in an account of `proven`, where a multi-region
 * trail logs and so records in the hidden regions too.
 */
export function accountOutcomes(
  organization: OrganizationRecord | null,
  readings: ReadonlyMap<string, AccountReading>,
  proven: ReadonlySet<string>,
): AccountOutcome[] {
  const listed = organization?.accounts ?? [];
  return listed
    .map(({ id, name, ouPath, skipped }): AccountOutcome => {
      const who = { id, name, ouPath: isKnown(ouPath) ? ouPath : null };
      if (skipped !== null) return { ...who, state: "skipped", why: skipped };
      return { ...who, ...settled(readings.get(id), proven.has(id)) };
    })
    .sort((a, b) => compare(a.id, b.id));
}

function settled(
  reading: AccountReading | undefined,
  isProven: boolean,
): Pick<AccountOutcome, "state" | "why"> {
  if (reading === undefined) {
    return { state: "unreachable", why: "the snapshot holds nothing about it" };
  }
  const { state, why, hidden } = reading;
  if (state !== "audited" || hidden === null || isProven) return { state, why };
  return { state: "partial", why: hidden };
}

/** How far one account was audited, from its record alone. */
export function accountReading(record: AccountRecord): AccountReading {
  if (record.unreachable !== null) {
    return { state: "unreachable", why: words(record.unreachable), hidden: null };
  }
  const all = gaps(record);
  const hidden = sentence(all.filter(({ marker }) => isFor(marker, HIDDEN)));
  const why = sentence(all.filter(({ marker }) => !isFor(marker, NO_GAP)));
  return { state: why === null ? "audited" : "partial", why, hidden };
}

function sentence([gap, ...others]: readonly Gap[]): string | null {
  if (gap === undefined) return null;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `${words(gap.marker)} in ${gap.where}${more}`;
}

type Gap = { where: string; marker: Unknown };

/** What could not be read of an account's trails. */
function gaps(record: AccountRecord): Gap[] {
  const found: Gap[] = [];
  for (const region of record.regions) {
    if (isUnknown(region)) found.push({ where: "its list of regions", marker: region });
    else found.push(...regionGaps(region));
  }
  return found;
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

const HIDDEN = new Set<Cause["reason"]>(["denied-by-scp"]);
const NO_GAP = new Set<Cause["reason"]>([...HIDDEN, "region-disabled", "outside-scope"]);

function isFor(marker: Unknown, reasons: ReadonlySet<Cause["reason"]>): boolean {
  return causesOf(marker).every(({ reason }) => reasons.has(reason));
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
