import { compare } from "./accounts.ts";
import type { SubjectVerdict } from "./verdict.ts";

/** The policy whose verdicts make the coverage map. */
const COVERAGE_POLICY = "region-management-events-recorded";

/** Accounts whose regions are recorded alike. */
export type CoverageRow = {
  accounts: { id: string; name: string | null }[];
  /** Regions where management events are recorded in full. */
  recorded: string[];
  /** Regions where management events are not recorded in full. */
  missing: string[];
  /** Regions of which that is not known; `?` for regions that could not be listed. */
  unknown: string[];
};

type Tally = Omit<CoverageRow, "accounts"> & { name: string | null };

/** What is accepted is not recorded all the same. */
const PICTURE = {
  pass: "recorded",
  fail: "missing",
  unknown: "unknown",
  waived: "missing",
} as const;

export type CoverageMap = {
  add(verdict: Pick<SubjectVerdict, "policy" | "verdict" | "subject">): void;
  rows(): CoverageRow[];
};

/** Builds the coverage map from verdicts as they pass. */
export function coverageMap(): CoverageMap {
  const tallies = new Map<string, Tally>();
  return {
    add: ({ policy, verdict, subject: { account, accountName, region } }) => {
      if (policy !== COVERAGE_POLICY || account === null) return;
      const tally = tallies.get(account) ?? {
        name: accountName,
        recorded: [],
        missing: [],
        unknown: [],
      };
      tallies.set(account, tally);
      tally[PICTURE[verdict]].push(region ?? "?");
    },
    rows: () => folded(tallies),
  };
}

/** One row for all accounts with the same picture, worst rows first. */
function folded(tallies: ReadonlyMap<string, Tally>): CoverageRow[] {
  const rows = new Map<string, CoverageRow>();
  const byId = [...tallies].sort(([a], [b]) => compare(a, b));
  for (const [id, { name, recorded, missing, unknown }] of byId) {
    const picture = {
      recorded: recorded.sort(compare),
      missing: missing.sort(compare),
      unknown: unknown.sort(compare),
    };
    const key = JSON.stringify(picture);
    const row = rows.get(key) ?? { accounts: [], ...picture };
    row.accounts.push({ id, name });
    rows.set(key, row);
  }
  return [...rows.values()].sort(worstFirst);
}

function worstFirst(a: CoverageRow, b: CoverageRow): number {
  return (
    b.missing.length - a.missing.length ||
    b.unknown.length - a.unknown.length ||
    compare(a.accounts[0]?.id ?? "", b.accounts[0]?.id ?? "")
  );
}
