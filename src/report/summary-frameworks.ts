import type { ControlRollUp, FrameworkRollUp } from "../evaluate/roll-up.ts";
import { CONTROL_STATES, type ControlState } from "../evaluate/roll-up-state.ts";
import { type Ink, tableHead, tableRow } from "./markdown.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";
import { counted } from "./terminal.ts";

const MARK: Record<ControlState, string> = {
  contradicted: "❌",
  incomplete: "❓",
  excepted: "✋",
  "not-assessed": "–",
  "partly-supported": "◐",
  supported: "✅",
};

const LEAD =
  "What the verdicts support evidence for, and what speaks against it: never that somebody complies. Each control by its worst account.";

/** The roll-up by framework and control, one section a framework; none where none was asked for. */
export function frameworkSections({ audit }: Report, pen: Ink): Section[] {
  return audit.frameworks.map((framework) =>
    section(framework, 0.1 / audit.frameworks.length, pen),
  );
}

function section(framework: FrameworkRollUp, share: number, pen: Ink): Section {
  const { title, scope, accounts, controls } = framework;
  const assessed = controls.filter((control) => !isBeyond(control)).sort(worstFirst);
  const beyond = controls.filter(isBeyond).map(({ id }) => pen.prose(id));
  const where = scope === null ? "" : `scope ${pen.prose(scope)}, `;
  return {
    heading: `## ${pen.prose(title)}: ${where}${counted(accounts, "account")}`,
    lead: [
      LEAD,
      ...(beyond.length === 0 ? [] : [`No policy can show: ${beyond.join(", ")}.`]),
    ].join("\n\n"),
    tableHead: tableHead(["Control", "State", "Accounts", "What it asks"]),
    items: assessed.map((control) => row(control, pen)),
    separator: "\n",
    leftOut: (count) => `… and ${count} more controls, all in \`results.json\`.`,
    share,
  };
}

/** Whether no policy can show a control, and none speaks against it. */
const isBeyond = ({ state, notAssessable }: ControlRollUp): boolean =>
  state === "not-assessed" && notAssessable !== undefined;

const worstFirst = (a: ControlRollUp, b: ControlRollUp): number =>
  CONTROL_STATES.indexOf(a.state) - CONTROL_STATES.indexOf(b.state);

function row({ id, paraphrase, state, rollUp }: ControlRollUp, pen: Ink): string {
  const accounts = CONTROL_STATES.filter((each) => rollUp[each] > 0)
    .map((each) => `${rollUp[each]} ${each}`)
    .join(", ");
  return tableRow([pen.prose(id), `${MARK[state]} ${state}`, accounts, pen.prose(paraphrase)]);
}
