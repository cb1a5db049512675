import type { Gate } from "../evaluate/gate/gate.ts";
import { SEVERITIES } from "../policy/policy.ts";
import { isCompared, standings } from "./planned.ts";
import type { Report } from "./report.ts";
import type { Results } from "./results-schema.ts";
import { counted } from "./terminal.ts";

type GateResults = NonNullable<Results["gate"]>;

/** The gate as results.json tells it. */
export function gateResults(report: Report, gate: Gate): GateResults {
  const { regressions, debt } = standings(report);
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { gateSeverity } of regressions) bySeverity[gateSeverity] += 1;
  return {
    ...copied(gate),
    counts: {
      regressions: bySeverity,
      debt: debt.length,
      improvements: gate.improvements.length,
      judged: gate.stacks.filter(({ kind }) => kind !== null).length,
      missing: gate.missing.length,
    },
    undecided: report.audit.unknowns
      .filter((group) => group.counted)
      .map(({ counted: _, affects: __, ...group }) => group),
  };
}

/** With lists of its own: those of a gate are read-only, those of results are not. */
function copied(gate: Gate): Omit<GateResults, "counts" | "undecided"> {
  const { stacks, rules } = gate;
  return {
    ...gate,
    lead: [...gate.lead],
    stacks: stacks.map((stack) => ({ ...stack, notes: [...stack.notes] })),
    missing: [...gate.missing],
    passedOver: [...gate.passedOver],
    moves: [...gate.moves],
    improvements: [...gate.improvements],
    notAsked: [...gate.notAsked],
    rules:
      rules === null
        ? null
        : { files: [...rules.files], hidden: [...rules.hidden], added: [...rules.added] },
  };
}

/** How many regressions there are, of whatever severity. */
export const regressionCount = ({ counts }: GateResults): number =>
  Object.values(counts.regressions).reduce((sum, count) => sum + count, 0);

/**
 * What a change does, in counts alone: "2 regressions (1 critical, 1 high); 3 findings were there
 * before; 1 mended".
 */
export function changeFoundWords(gate: GateResults): string {
  const { counts, undecided } = gate;
  const total = regressionCount(gate);
  const noun = isCompared(gate) ? "regression" : "finding";
  const severities = SEVERITIES.flatMap((severity) => {
    const count = counts.regressions[severity] ?? 0;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return [
    total === 0 ? `no ${noun}s` : `${counted(total, noun)} (${severities.join(", ")})`,
    ...(counts.debt === 0
      ? []
      : [`${counted(counts.debt, "finding")} ${counts.debt === 1 ? "was" : "were"} there before`]),
    ...(counts.improvements === 0 ? [] : [`${counts.improvements} mended`]),
    ...(undecided.length === 0
      ? []
      : [`${counted(undecided.length, "cause")} of unknown verdicts`]),
    ...(counts.missing === 0
      ? []
      : [`judged ${counts.judged} of ${counted(counts.judged + counts.missing, "stack")}`]),
  ].join("; ");
}

/** What a change is compared with, and how much of it there is to judge; each a sentence. */
export function comparedWords({ base, stacks, live }: Gate): string[] {
  const judged = stacks.filter(({ kind }) => kind !== null);
  const plans = judged.filter(({ kind }) => kind === "terraform-plan").length;
  const about = judged.reduce((sum, { resources }) => sum + resources, 0);
  return [
    `${judgedWords(judged.length, about)}.`,
    ...(plans === 0 ? [] : ["A plan is compared with the state that it changes."]),
    ...(plans === judged.length && plans > 0 ? [] : [basedWords(base)]),
    ...(live === null ? [] : [`The change is laid over the snapshot of ${live.startedAt}.`]),
  ];
}

function judgedWords(stacks: number, resources: number): string {
  if (stacks === 0) return "Nothing was found to judge";
  const which = stacks === 1 ? "it" : "them";
  const what =
    resources === 0
      ? `: after the change nothing in ${which} has to do with CloudTrail`
      : ` with ${counted(resources, "resource")} that ${resources === 1 ? "has" : "have"} to do with CloudTrail`;
  return `Judged ${counted(stacks, "stack")}${what}`;
}

const basedWords = (base: Gate["base"]): string =>
  base === null
    ? "There is nothing to compare with: every failing verdict counts."
    : `Compared with ${base.what} (commit ${base.commit.slice(0, 12)}).`;

/** What its own rules would hide, to be said first; null: a change that hides nothing. */
export function hiddenWords({ rules }: Gate): string | null {
  if (rules === null || rules.hidden.length === 0) return null;
  const { length } = rules.hidden;
  return `This change also changes the rules: under its own rules ${counted(length, "finding")} would not be raised.`;
}

/** How a missing stack comes to be judged. */
export const MISSING_CURE =
  "Make its plan before this step (terraform show -json), name its path, or leave it out of --expect and of the config's stacks.";

/** How policies come to be asked that are about more than a template. */
export const LIVE_CURE =
  "That is about more than plans and templates tell; --live with the snapshot.ndjson.gz of a scan lays the change over the live state and asks it too.";
