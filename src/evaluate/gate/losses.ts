import { type Explained, type Finding, worse } from "../finding.ts";

/** Facts of a subject that a loss explains; `""` is all of them. */
export type Explains = { id: string; pointers: readonly string[] };

type Told = { findings: Finding[]; explained: Explained[] };

/**
 * One cause, one alert: what fails only because the change removed something follows from that loss,
 * and so does the loss of what served nothing but another thing that is lost.
 */
export function explainedByLosses(
  findings: readonly Finding[],
  explains: ReadonlyMap<string, readonly Explains[]>,
): Told {
  const losses = findings.filter(
    ({ subject, verdict }) => subject.kind === "change" && verdict === "fail",
  );
  const causeOf = new Map<Finding, Finding>();
  for (const loss of losses) {
    for (const each of explains.get(loss.subject.id) ?? []) {
      for (const finding of findings) {
        if (finding !== loss && isExplained(finding, each)) causeOf.set(finding, loss);
      }
    }
  }
  const told: Told = { findings: [], explained: [] };
  const roots = new Map(findings.map((finding) => [finding, rootOf(finding, causeOf)]));
  for (const [finding, root] of roots) {
    if (root !== finding) told.explained.push(follower(finding, root));
    else told.findings.push(worsened(finding, roots));
  }
  return told;
}

function isExplained(finding: Finding, { id, pointers }: Explains): boolean {
  if (finding.standing !== "regression" || finding.subject.id !== id) return false;
  return finding.because.some(({ pointer }) =>
    pointers.some((prefix) => pointer === prefix || pointer.startsWith(`${prefix}/`)),
  );
}

function rootOf(finding: Finding, causeOf: ReadonlyMap<Finding, Finding>): Finding {
  const seen = new Set([finding]);
  let root = finding;
  for (
    let next = causeOf.get(root);
    next !== undefined && !seen.has(next);
    next = causeOf.get(next)
  ) {
    seen.add(next);
    root = next;
  }
  return root;
}

function follower({ policy, severity, subject, regions, fingerprint }: Finding, root: Finding) {
  return { policy, severity, subject, regions, fingerprint, explainedBy: root.fingerprint };
}

function worsened(finding: Finding, roots: ReadonlyMap<Finding, Finding>): Finding {
  const gateSeverity = [...roots]
    .filter(([, root]) => root === finding)
    .reduce((worst, [each]) => worse(worst, each.gateSeverity), finding.gateSeverity);
  return { ...finding, gateSeverity };
}
