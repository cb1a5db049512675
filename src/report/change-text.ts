import { compare } from "../evaluate/accounts.ts";
import type { Difference } from "../evaluate/diff.ts";
import type { Finding } from "../evaluate/finding.ts";
import type { Results } from "./results-schema.ts";
import { counted } from "./terminal.ts";

/** The kinds of change, in the order in which people ask for them, with the words for each. */
const CHANGES = [
  ["new", "new"],
  ["worse", "worse"],
  ["better", "better"],
  ["unchanged", "unchanged"],
  ["fixed", "fixed"],
  ["gone", "gone"],
  ["unseen", "not seen this time"],
  ["covered", "no alert any more"],
] as const satisfies [Exclude<keyof Difference, "since">, string][];

/** "Since 2026-11-19T02:00:00.000Z: 1 new, 3 unchanged, 2 fixed."; of counts alone. */
export function changeWords(change: Difference): string {
  const { since, ...kinds } = change;
  const parts = CHANGES.filter(([kind]) => kinds[kind].length > 0).map(
    ([kind, words]) => `${kinds[kind].length} ${words}`,
  );
  return `Since ${since.at}: ${parts.length === 0 ? "nothing found then or now" : parts.join(", ")}.`;
}

/** What is to be said of a finding beside what is wrong; empty for most. */
export function markWords({ isNew, carriedFrom, expiredWaiver }: Finding): string[] {
  return [
    ...(isNew === true ? ["new"] : []),
    ...(carriedFrom === undefined ? [] : [`not looked at this time, last seen ${carriedFrom.at}`]),
    ...(expiredWaiver === undefined
      ? []
      : [`waived by ${expiredWaiver.owner} until ${expiredWaiver.expires}, which is over`]),
  ];
}

/** The change as results.json tells it. */
export function baselineOf(change: Difference): NonNullable<Results["baseline"]> {
  const { since, unchanged, ...listed } = change;
  const { worse, better, fixed, gone, unseen, covered } = listed;
  return {
    version: since.version,
    startedAt: since.at,
    counts: {
      new: listed.new.length,
      unchanged: unchanged.length,
      worse: worse.length,
      better: better.length,
      fixed: fixed.length,
      gone: gone.length,
      unseen: unseen.length,
      covered: covered.length,
    },
    new: prints(listed.new),
    worse: prints(worse),
    better: prints(better),
    fixed: prints(fixed),
    gone: prints(gone),
    unseen: prints(unseen),
    covered: prints(covered),
  };
}

const prints = (findings: readonly Finding[]): string[] =>
  findings.map(({ fingerprint }) => fingerprint).sort(compare);

/** One note for all findings that stand from before. */
export function carriedNotes(findings: readonly Finding[]): Results["notes"] {
  const carried = findings.filter(({ carriedFrom }) => carriedFrom !== undefined);
  if (carried.length === 0) return [];
  const [oldest = ""] = carried.map(({ carriedFrom }) => carriedFrom?.at ?? "").sort(compare);
  const accounts = [...new Set(carried.flatMap(({ subject: { account } }) => account ?? []))];
  return [
    {
      id: "carried-forward",
      text: `${counted(carried.length, "finding")} could not be looked at again and stand from before, the oldest since ${oldest}`,
      accounts: accounts.length,
      sample: accounts.sort(compare).slice(0, 20),
    },
  ];
}
