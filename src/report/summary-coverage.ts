import { compare } from "../evaluate/accounts.ts";
import type { CoverageRow } from "../evaluate/coverage.ts";
import { details, type Ink, tableHead, tableRow } from "./markdown.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";
import { counted } from "./terminal.ts";

/** Up to so many accounts each has a row; above, those of one unit that look alike share one. */
const SINGLE_ROWS = 30;
const SHOWN_ROWS = 100;
const SHOWN_ACCOUNTS = 3;
const SHOWN_REGIONS = 2;

const LEGEND = "✅ recorded · ❌ not recorded in full · ❓ not known · – not enabled there";

/** The coverage map: accounts by organizational unit against regions, both folded where alike. */
export function coverageSection({ audit }: Report, pen: Ink): Section | null {
  if (audit.coverage.length === 0) return null;
  const units = new Map(audit.accounts.map(({ id, ouPath }) => [id, ouPath]));
  const lines = byUnit(audit.coverage.flatMap((row) => linesOf(row, units)));
  const columns = columnsOf(audit.coverage);
  const shown = lines.slice(0, SHOWN_ROWS);
  const head = ["Unit", "Account", ...columns.map((column) => columnName(column, columns, pen))];
  return {
    heading: "## Where management events are recorded",
    lead: [LEGEND, ...legend(columns, pen)].join("\n\n"),
    tableHead: tableHead(head),
    items: shown.map((line) => tableRow(cells(line, columns, pen))),
    hidden: lines.length - shown.length,
    separator: "\n",
    leftOut: (count) => `… and ${count} more rows; \`results.json\` and the snapshot hold them.`,
    share: 0.2,
  };
}

type Line = { unit: string | null; accounts: CoverageRow["accounts"]; row: CoverageRow };

function linesOf(row: CoverageRow, units: ReadonlyMap<string, string | null>): Line[] {
  const lines = new Map<string, Line>();
  for (const account of row.accounts) {
    const unit = units.get(account.id) ?? null;
    const key = units.size <= SINGLE_ROWS ? account.id : (unit ?? "");
    const line = lines.get(key) ?? { unit, accounts: [], row };
    line.accounts.push(account);
    lines.set(key, line);
  }
  return [...lines.values()];
}

/** Units together, those with the worst rows first: what is cut off at the end is the best. */
function byUnit(lines: readonly Line[]): Line[] {
  const worst = new Map<string, number>();
  for (const { unit, row } of lines) {
    worst.set(unit ?? "", Math.max(worst.get(unit ?? "") ?? 0, badness(row)));
  }
  const of = ({ unit }: Line) => worst.get(unit ?? "") ?? 0;
  return [...lines].sort(
    (a, b) =>
      of(b) - of(a) ||
      compare(a.unit ?? "", b.unit ?? "") ||
      badness(b.row) - badness(a.row) ||
      compare(a.accounts[0]?.id ?? "", b.accounts[0]?.id ?? ""),
  );
}

/** A region that is not recorded outweighs all that are not known. */
const badness = ({ missing, unknown }: CoverageRow): number =>
  missing.length * 1000 + unknown.length;

/** Regions that look alike in every account. */
type Column = string[];

function columnsOf(rows: readonly CoverageRow[]): Column[] {
  const regions = new Set(
    rows.flatMap(({ recorded, missing, unknown }) => [...missing, ...unknown, ...recorded]),
  );
  regions.delete("?");
  // Where no region could be listed anywhere, one column says so.
  if (regions.size === 0) return [["?"]];
  const columns = new Map<string, Column>();
  for (const region of [...regions].sort(compare)) {
    const look = rows.map((row) => mark(row, region)).join("");
    const column = columns.get(look) ?? [];
    column.push(region);
    columns.set(look, column);
  }
  return [...columns.values()];
}

function mark({ recorded, missing, unknown }: CoverageRow, region = "?"): string {
  if (missing.includes(region)) return "❌";
  if (unknown.includes(region)) return "❓";
  if (recorded.includes(region)) return "✅";
  return unknown.includes("?") ? "❓" : "–";
}

function columnName(column: Column, columns: readonly Column[], pen: Ink): string {
  if (column.includes("?")) return "regions";
  if (columns.length === 1 && column.length > 1) return `all ${counted(column.length, "region")}`;
  const shown = column.slice(0, SHOWN_REGIONS).map(pen.prose).join("<br>");
  const hidden = column.length - SHOWN_REGIONS;
  return hidden > 0 ? `${shown}<br>and ${hidden} more` : shown;
}

/** The regions behind a column that does not name them all. */
function legend(columns: readonly Column[], pen: Ink): string[] {
  const folded = columns.filter(({ length }) => length > SHOWN_REGIONS);
  if (folded.length === 0) return [];
  const lines = folded.map((column) => `- ${column.map(pen.prose).join(", ")}`);
  return [details("Regions that share a column", lines.join("\n"))];
}

function cells({ unit, accounts, row }: Line, columns: readonly Column[], pen: Ink): string[] {
  const shown = accounts.slice(0, SHOWN_ACCOUNTS);
  const hidden = accounts.length - shown.length;
  const who = shown.map(({ id, name }) => pen.account(id, name)).join(", ");
  const many =
    hidden > 0 ? `${counted(accounts.length, "account")}: ${who} and ${hidden} more` : who;
  const marks = columns.map(([region]) => mark(row, region));
  return [unit === null ? "–" : pen.prose(unit), many, ...marks];
}
