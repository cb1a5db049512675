import { CURES } from "../evaluate/cures.ts";
import type { Finding } from "../evaluate/finding.ts";
import type { Gate } from "../evaluate/gate/gate.ts";
import { EXIT_CODES } from "../evaluate/outcome.ts";
import { type Policy, SEVERITIES, type Severity } from "../policy/policy.ts";
import { byPolicy } from "./gate-summary-regressions.ts";
import {
  changeFoundWords,
  comparedWords,
  gateResults,
  hiddenWords,
  LIVE_CURE,
  MISSING_CURE,
} from "./gate-words.ts";
import {
  isCompared,
  placeOf,
  plannedOf,
  plannedWords,
  shownTurns,
  snippetsOf,
  standings,
  valueWords,
} from "./planned.ts";
import type { Report } from "./report.ts";
import { counted, harmless, type Paint } from "./terminal.ts";
import { badge } from "./text-badge.ts";
import { waiverLines } from "./waiver-text.ts";

const SHOWN_PER_POLICY = 5;
const SHOWN_FACTS = 3;
const SHOWN = 10;

/** The outcome of a change in a few lines; all that `--quiet` prints. */
export function gateHeadline(report: Report, gate: Gate, paint: Paint): string[] {
  const { outcome } = report;
  const colour = { pass: paint.green, fail: paint.red, incomplete: paint.yellow }[outcome];
  const found = changeFoundWords(gateResults(report, gate));
  const hidden = hiddenWords(gate);
  return [
    ...gate.lead.slice(0, SHOWN).map((sentence) => paint.yellow(harmless(sentence))),
    `${paint.bold(colour(outcome.toUpperCase()))}  ${found}; exit code ${EXIT_CODES[outcome]}`,
    ...(hidden === null ? [] : [paint.yellow(hidden)]),
    harmless(comparedWords(gate).join(" ")),
    ...gate.missing
      .slice(0, SHOWN)
      .map((name) => paint.yellow(`  missing: ${harmless(name)}, neither plan nor source`)),
  ];
}

/** What a change breaks, what was broken before and what could not be decided, for a terminal. */
export function gateSections(report: Report, gate: Gate, paint: Paint): string[][] {
  const { regressions, debt } = standings(report);
  const { audit } = report;
  return [
    gateHeadline(report, gate, paint),
    regressionLines(regressions, { report, gate, paint }),
    debtLines(debt, paint),
    listed("Would not be raised under the rules of the change", ruled(gate), paint),
    listed(
      "Moved",
      gate.moves.map(({ from, to }) => `${named(from)} to ${named(to)}`),
      paint,
    ),
    listed("Mended", mended(gate), paint),
    undecidedLines(report, paint),
    noteLines(gate, paint),
    waiverLines(audit.waived, audit.waivers, paint),
  ];
}

type Told = { report: Report; gate: Gate; paint: Paint };

function regressionLines(found: readonly Finding[], told: Told): string[] {
  const { report, gate, paint } = told;
  const policies = new Map(report.policies.map((policy) => [policy.id, policy]));
  const groups = [...byPolicy(found)].flatMap(([id, group]) => {
    const policy = policies.get(id);
    return policy === undefined ? [] : groupLines(policy, group, told);
  });
  return groups.length === 0
    ? []
    : [paint.bold(isCompared(gate) ? "This change breaks" : "What fails"), ...groups];
}

function groupLines(policy: Policy, found: readonly Finding[], { gate, paint }: Told): string[] {
  const shown = found.slice(0, SHOWN_PER_POLICY);
  const hidden = found.length - shown.length;
  const snippets = new Set(
    shown.flatMap(({ subject }) => snippetsOf(policy, subject, gate).map(({ text }) => text)),
  );
  const fix = [policy.fix.text?.trimEnd() ?? [], ...snippets].flat().join("\n");
  return [
    `${badge(gravest(found) ?? policy.severity, paint)} ${policy.id}${found.length > 1 ? ` (${found.length})` : ""}`,
    ...shown.flatMap((finding) => findingLines(finding, paint)),
    ...(hidden > 0 ? [paint.dim(`    … and ${hidden} more, all in results.json`)] : []),
    ...(fix === "" ? [] : fixLines(fix, paint)),
  ];
}

/** What follows from a finding may weigh more than it does by itself. */
const gravest = (found: readonly Finding[]): Severity | undefined =>
  SEVERITIES.find((each) => found.some(({ gateSeverity }) => gateSeverity === each));

function findingLines(finding: Finding, paint: Paint): string[] {
  const { message, subject, location } = finding;
  const where = location == null ? "" : `${harmless(placeOf(location))}  `;
  return [
    `    ${paint.bold(where)}${named(subject.id)}: ${harmless(message)}`,
    ...shownTurns(finding)
      .slice(0, SHOWN_FACTS)
      .map(({ pointer, was, told, is, expected }) => {
        const before = told ? `was ${harmless(valueWords(was))}, ` : "";
        const fact = pointer === "" ? "it" : harmless(pointer);
        return paint.dim(
          `      ${fact}: ${before}is ${harmless(valueWords(is))}, expected ${harmless(expected)}`,
        );
      }),
  ];
}

/** A planned resource by its stack and address, a live one by its id. */
function named(id: string): string {
  const planned = plannedOf({ id });
  if (planned === null) return harmless(id);
  return harmless(plannedWords(planned));
}

const fixLines = (fix: string, paint: Paint): string[] =>
  fix
    .trimEnd()
    .split("\n")
    .map((line, index) => paint.cyan(`    ${index === 0 ? "fix: " : "     "}${harmless(line)}`));

function debtLines(debt: readonly Finding[], paint: Paint): string[] {
  const lines = debt.map(({ severity, policy, subject, location }) => {
    const where = location == null ? "" : `  ${placeOf(location)}`;
    return `${severity} ${policy}: ${named(subject.id)}${harmless(where)}`;
  });
  return listed("Broken before, gating nothing", lines, paint);
}

const ruled = ({ rules }: Gate): string[] =>
  (rules?.hidden ?? []).map(
    ({ severity, policy, subject }) => `${severity} ${harmless(policy)}: ${named(subject)}`,
  );

const mended = ({ improvements }: Gate): string[] =>
  improvements.map(({ policy, subject }) => `${harmless(policy)}: ${named(subject)}`);

function undecidedLines({ audit }: Report, paint: Paint): string[] {
  const lines = audit.unknowns
    .filter((group) => group.counted)
    .map(({ reason, detail, verdicts, places }) => {
      const what = detail === null ? reason : `${reason}: ${harmless(detail)}`;
      const [first = "", second] = places;
      const where = `${named(first)}${second === undefined ? "" : ", …"}`;
      return `${what}: ${counted(verdicts, "verdict")} (${where}); ${CURES[reason]}`;
    });
  return listed("Not decided", lines, paint);
}

function noteLines({ stacks, passedOver, missing, notAsked }: Gate, paint: Paint): string[] {
  const notes = stacks.flatMap(({ name, notes: own }) => own.map((note) => `${name}: ${note}`));
  const asked = `${notAsked.length === 1 ? "1 policy is" : `${notAsked.length} policies are`} not asked. ${LIVE_CURE}`;
  return listed(
    "Noted",
    [
      ...(missing.length === 0
        ? []
        : [`${counted(missing.length, "missing stack")}: ${MISSING_CURE}`]),
      ...(notAsked.length === 0 ? [] : [asked]),
      ...[...passedOver, ...notes].map(harmless),
    ],
    paint,
  );
}

function listed(title: string, lines: readonly string[], paint: Paint): string[] {
  if (lines.length === 0) return [];
  const hidden = lines.length - SHOWN;
  return [
    paint.bold(`${title} (${lines.length})`),
    ...lines.slice(0, SHOWN).map((line) => `  ${line}`),
    ...(hidden > 0 ? [paint.dim(`  … and ${hidden} more, all in results.json`)] : []),
  ];
}
