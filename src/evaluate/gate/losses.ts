import type { Severity } from "../../policy/policy.ts";
import { type Explained, type Finding, worse } from "../finding.ts";

/**
 * Facts of a subject that a loss explains; `""` is all of them. `by`: only where the loss itself
 * fails for that fact.
 */
export type Explains = { id: string; pointers: readonly string[]; by?: string };

type Told = { findings: Finding[]; explained: Explained[] };

/**
 * One cause, one alert: what fails only because the change removed something follows from that loss,
 * and so does the loss of what served nothing but another thing that is lost.
 */
export function explainedByLosses(
  findings: readonly Finding[],
  explains: ReadonlyMap<string, readonly Explains[]>,
): Told {
  const losses = findings.filter(({ subject }) => subject.kind === "change");
  const causeOf = causesOf(losses, findings, explains);
  const told: Told = { findings: [], explained: [] };
  const worst = new Map<Finding, Severity>();
  for (const finding of findings) {
    const root = rootOf(finding, causeOf);
    if (root !== finding) told.explained.push(follower(finding, root));
    worst.set(root, worse(worst.get(root) ?? root.gateSeverity, finding.gateSeverity));
  }
  for (const finding of findings) {
    if (causeOf.has(finding)) continue;
    told.findings.push({ ...finding, gateSeverity: worst.get(finding) ?? finding.gateSeverity });
  }
  return told;
}

/** What each finding follows from at once; nothing follows from itself, whatever leads there. */
function causesOf(
  losses: readonly Finding[],
  findings: readonly Finding[],
  explains: ReadonlyMap<string, readonly Explains[]>,
): Map<Finding, Finding> {
  const about = new Map<string, Finding[]>();
  for (const finding of findings) {
    const others = about.get(finding.subject.id);
    if (others === undefined) about.set(finding.subject.id, [finding]);
    else others.push(finding);
  }
  const causeOf = new Map<Finding, Finding>();
  for (const loss of losses) {
    for (const each of explains.get(loss.subject.id) ?? []) {
      if (each.by !== undefined && !isAbout(loss, [each.by])) continue;
      for (const finding of about.get(each.id) ?? []) {
        if (causeOf.has(finding) || !isExplained(finding, loss, each)) continue;
        if (rootOf(loss, causeOf) !== finding) causeOf.set(finding, loss);
      }
    }
  }
  return causeOf;
}

/** What may be lost explains no more than what can no longer be proven. */
const isExplained = (finding: Finding, loss: Finding, { pointers }: Explains): boolean =>
  finding.standing === "regression" &&
  (loss.verdict === "fail" || finding.verdict === "unknown") &&
  isAbout(finding, pointers);

function isAbout(finding: Finding, pointers: readonly string[]): boolean {
  return finding.because.some(({ pointer }) => isWithin(pointer, pointers));
}

/** Whether a fact is one of these, or lies within one. */
export const isWithin = (pointer: string, pointers: readonly string[]): boolean =>
  pointers.some((prefix) => pointer === prefix || pointer.startsWith(`${prefix}/`));

function rootOf(finding: Finding, causeOf: ReadonlyMap<Finding, Finding>): Finding {
  let root = finding;
  for (let next = causeOf.get(root); next !== undefined; next = causeOf.get(root)) root = next;
  return root;
}

function follower({ policy, severity, subject, regions, fingerprint }: Finding, root: Finding) {
  return { policy, severity, subject, regions, fingerprint, explainedBy: root.fingerprint };
}
