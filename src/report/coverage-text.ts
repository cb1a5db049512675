import type { CoverageRow } from "../evaluate/coverage.ts";
import { counted, harmless, type Paint } from "./terminal.ts";

const ROWS = 12;

/** The coverage map: one line for all accounts whose regions are recorded alike. */
export function coverageLines(rows: readonly CoverageRow[], paint: Paint): string[] {
  if (rows.length === 0) return [];
  return [
    paint.bold("Management events recorded, by account"),
    ...rows.slice(0, ROWS).map((row) => line(row, paint)),
    ...(rows.length > ROWS ? [paint.dim(`  … and ${rows.length - ROWS} more kinds of gaps`)] : []),
  ];
}

function line({ accounts, recorded, missing, unknown }: CoverageRow, paint: Paint): string {
  const listed = !unknown.includes("?");
  const regions = listed
    ? `${recorded.length} of ${recorded.length + missing.length + unknown.length}`
    : "?";
  const word = missing.length > 0 ? paint.red : unknown.length > 0 ? paint.yellow : paint.green;
  return `  ${word(regions.padStart(8))} regions  ${who(accounts)}${gaps(missing, unknown)}`;
}

function who(accounts: CoverageRow["accounts"]): string {
  const [first, second] = accounts;
  if (first === undefined || second !== undefined) return counted(accounts.length, "account");
  return first.name === null ? first.id : `${harmless(first.name)} (${first.id})`;
}

function gaps(missing: readonly string[], unknown: readonly string[]): string {
  const named = unknown.filter((region) => region !== "?");
  return [
    missing.length > 0 ? `; not in ${abridged(missing)}` : "",
    named.length > 0 ? `; not known in ${abridged(named)}` : "",
    named.length < unknown.length ? "; regions not known" : "",
  ].join("");
}

/** The first six regions, and how many more. */
export function abridged(regions: readonly string[]): string {
  const shown = regions.slice(0, 6).map(harmless).join(", ");
  return regions.length > 6 ? `${shown} and ${regions.length - 6} more` : shown;
}
