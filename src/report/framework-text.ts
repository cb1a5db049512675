import type { ControlRollUp, FrameworkRollUp } from "../evaluate/roll-up.ts";
import { CONTROL_STATES, type ControlState } from "../evaluate/roll-up-state.ts";
import { counted, harmless, type Paint } from "./terminal.ts";

const NAMED = 8;

/** What the verdicts support evidence for: one table of frameworks, and what is contradicted. */
export function frameworkLines(frameworks: readonly FrameworkRollUp[], paint: Paint): string[] {
  if (frameworks.length === 0) return [];
  const heads = frameworks.map((each) => harmless(titleOf(each)));
  const width = Math.max(...heads.map((head) => head.length));
  return [
    `${paint.bold("Frameworks")}: controls by what the verdicts support evidence for, each by its worst account`,
    paint.dim(`  ${"".padEnd(width)}  ${COLUMNS.map(([word]) => word).join("  ")}`),
    ...frameworks.flatMap((each, index) => [
      `  ${(heads[index] ?? "").padEnd(width)}  ${cells(each)}`,
      ...contradicted(each, paint),
    ]),
  ];
}

function titleOf({ title, scope, accounts }: FrameworkRollUp): string {
  const where = scope === null ? "" : `${scope}, `;
  return `${title} (${where}${counted(accounts, "account")})`;
}

/** Every control is in one column: one that no policy can show is so even where nothing was judged. */
const COLUMNS: [string, (control: ControlRollUp) => boolean][] = [
  ...[...CONTROL_STATES]
    .reverse()
    .map((state: ControlState): [string, (control: ControlRollUp) => boolean] => [
      state,
      (control) => control.state === state && !isBeyond(control),
    ]),
  ["not assessable", isBeyond],
];

function isBeyond({ state, notAssessable }: ControlRollUp): boolean {
  return state === "not-assessed" && notAssessable !== undefined;
}

const cells = ({ controls }: FrameworkRollUp): string =>
  COLUMNS.map(([word, is]) => String(controls.filter(is).length).padStart(word.length)).join("  ");

function contradicted({ controls }: FrameworkRollUp, paint: Paint): string[] {
  const against = controls.filter(({ state }) => state === "contradicted");
  if (against.length === 0) return [];
  const shown = against
    .slice(0, NAMED)
    .map(({ id, rollUp }) => `${harmless(id)} in ${counted(rollUp.contradicted, "account")}`);
  const more = against.length > NAMED ? `, and ${against.length - NAMED} more` : "";
  return [`    ${paint.red("contradicted:")} ${shown.join(", ")}${more}`];
}
