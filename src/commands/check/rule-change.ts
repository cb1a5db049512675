import type { Finding } from "../../evaluate/finding.ts";
import type { RuleChange } from "../../evaluate/gate/gate.ts";
import type { Rules } from "../rules.ts";
import type { JudgedChange } from "./judge-change.ts";
import type { RulesOfChange } from "./rules-of-change.ts";

/** Judges by the rules as the change leaves them too, and tells the difference; null: none. */
export async function changeOfRules(
  judged: JudgedChange,
  { judging, proposed }: RulesOfChange,
  judge: (rules: Rules) => Promise<JudgedChange>,
): Promise<RuleChange | null> {
  if (proposed === null) return null;
  const other = await judge(proposed);
  return {
    files: filesThatDiffer(judging, proposed),
    hidden: missingFrom(judged, other),
    added: missingFrom(other, judged),
  };
}

function filesThatDiffer(one: Rules, other: Rules): string[] {
  const [a, b] = [one.digests(), other.digests()];
  return [
    ...(a.config === b.config ? [] : ["the config"]),
    ...(a.policies === b.policies ? [] : ["the policies that it leaves, or their parameters"]),
  ];
}

function missingFrom(these: JudgedChange, those: JudgedChange): RuleChange["hidden"] {
  const known = new Set(those.findings.map(({ fingerprint }) => fingerprint));
  return these.findings.filter(({ fingerprint }) => !known.has(fingerprint)).map(shown);
}

const shown = ({ policy, subject, gateSeverity }: Finding) => ({
  policy,
  subject: subject.id,
  severity: gateSeverity,
});
