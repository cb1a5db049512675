import type { Finding } from "../evaluate/finding.ts";
import type { Policy, Severity } from "../policy/policy.ts";
import { plannedOf, plannedWords, standings, turnsOf, valueWords } from "./planned.ts";
import { type Redact, redactionOf } from "./redact.ts";
import type { Report } from "./report.ts";
import { harmless } from "./terminal.ts";

const LEVELS = ["error", "warning", "notice"] as const;
type Level = (typeof LEVELS)[number];

const LEVEL: Record<Severity, Level> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "notice",
  info: "notice",
};

/** GitHub shows ten of a level and step, and drops the rest without a word. */
const SHOWN = 10;
const SHOWN_FACTS = 3;

/**
 * What a change breaks, as commands to GitHub's runner that mark lines of it: at most ten of a level,
 * the last of which counts what is left out. A live scan has none: it points at no code.
 */
export function annotations(report: Report): string[] {
  if (report.gate === null) return [];
  const { regressions } = standings(report);
  const titles = new Map(report.policies.map((policy) => [policy.id, policy]));
  const redact = report.redact ? redactionOf(report) : (text: string) => text;
  return LEVELS.flatMap((level) => {
    const marks = marksOf(regressions.filter((each) => LEVEL[each.gateSeverity] === level));
    const shown = marks.length <= SHOWN ? marks : marks.slice(0, SHOWN - 1);
    const left = marks.slice(shown.length).reduce((sum, found) => sum + found.length, 0);
    return [
      ...shown.map((mark) => annotation(level, mark, { titles, redact })),
      ...(left === 0 ? [] : [command(level, { title: "Trailproof" }, leftOut(left))]),
    ];
  });
}

const leftOut = (count: number): string =>
  `${count} more of this kind, see the summary of this run`;

/** Findings that one annotation stands for: a policy's of one severity at one line. */
type Mark = [Finding, ...Finding[]];

function marksOf(found: readonly Finding[]): Mark[] {
  const policies = new Map<string, Map<string, Mark>>();
  for (const finding of found) {
    const { location, fingerprint } = finding;
    const policy = `${finding.gateSeverity} ${finding.policy}`;
    const at = location == null ? fingerprint : `${location.line} ${location.file}`;
    const marks = policies.get(policy) ?? new Map<string, Mark>();
    policies.set(policy, marks);
    const mark = marks.get(at);
    if (mark === undefined) marks.set(at, [finding]);
    else mark.push(finding);
  }
  return [...policies.values()].flatMap((marks) => [...marks.values()]);
}

type Words = { titles: ReadonlyMap<string, Policy>; redact: Redact };

function annotation(level: Level, mark: Mark, { titles, redact }: Words): string {
  const [finding, ...others] = mark;
  const { policy, gateSeverity, location } = finding;
  const claim = titles.get(policy)?.title ?? policy;
  const title = `${gateSeverity}: ${claim}`;
  const more = others.length === 0 ? "" : ` (and ${others.length} more at this line)`;
  return command(
    level,
    // A path is the repository's own, and a changed one would mark nothing: it is not redacted.
    { ...(location == null ? {} : region(location)), title: harmless(redact(title)) },
    `${redact(told(finding))}${more}`,
  );
}

/** Columns only within one line: GitHub refuses them for several. */
function region({ file, line, column, endLine, endColumn }: NonNullable<Finding["location"]>) {
  const columns = line === endLine ? { col: column, endColumn } : {};
  return { file, line, endLine, ...columns };
}

function told(finding: Finding): string {
  const { subject, message } = finding;
  const planned = plannedOf(subject);
  const who = planned === null ? subject.name : plannedWords(planned);
  const turns = turnsOf(finding)
    .filter((turn) => turn.told)
    .slice(0, SHOWN_FACTS)
    .map(({ pointer, was, is }) =>
      harmless(`${pointer} was ${valueWords(was)}, is ${valueWords(is)}`),
    );
  const how = turns.length === 0 ? "" : ` (${turns.join("; ")})`;
  return `${harmless(who)}: ${harmless(message)}${how}`;
}

/** One command; nothing in it can end it early, or be another. */
function command(
  level: Level,
  properties: Record<string, string | number>,
  message: string,
): string {
  const given = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${level} ${given.join(",")}::${data(message)}`;
}

function data(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("##[", "## [")
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

const property = (value: string | number): string =>
  data(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
