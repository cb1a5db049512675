import { compare } from "../../../evaluate/accounts.ts";
import { type Affects, type Explained, type Finding, worse } from "../../../evaluate/finding.ts";

type Told = { findings: readonly Finding[]; explained: readonly Explained[] };

/** So many accounts that fail alike are told one by one; of more the first stands for all. */
const APART = 3;

const SAMPLE = 20;

/** One change that breaks the same in a thousand accounts is one alert. */
export function foldAccounts({ findings, explained }: Told): {
  findings: Finding[];
  explained: Explained[];
} {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = alike(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  const told: { findings: Finding[]; explained: Explained[] } = {
    findings: [],
    explained: [...explained],
  };
  const roots = new Map<string, string>();
  for (const group of groups.values()) {
    const [first, ...others] = group.sort((a, b) => compare(a.subject.id, b.subject.id));
    if (first === undefined) continue;
    if (group.length <= APART) {
      told.findings.push(...group);
      continue;
    }
    told.findings.push(standingForAll(first, others));
    for (const other of others) {
      roots.set(other.fingerprint, first.fingerprint);
      told.explained.push(follower(other, first.fingerprint));
    }
  }
  return {
    findings: told.findings,
    explained: told.explained.map((each) => ({
      ...each,
      explainedBy: roots.get(each.explainedBy) ?? each.explainedBy,
    })),
  };
}

/** The same policy, broken by the same facts, whatever the account. */
function alike({ policy, verdict, subject, because, fingerprint }: Finding): string {
  if (subject.kind !== "account" && subject.kind !== "regions") return fingerprint;
  const facts = because.map(({ pointer, expected, actual }) => [pointer, expected, actual]);
  return JSON.stringify([policy, verdict, subject.kind, facts]);
}

function standingForAll(first: Finding, others: readonly Finding[]): Finding {
  const all = [first, ...others];
  return {
    ...first,
    gateSeverity: all.reduce((worst, each) => worse(worst, each.gateSeverity), first.gateSeverity),
    message: `${first.message.replace(/\.$/, "")}, and so it is in ${others.length} more accounts.`,
    affects: summed(all),
  };
}

function summed(findings: readonly Finding[]): Affects {
  const accounts = findings.map(({ affects }) => affects);
  return {
    accounts: accounts.reduce((sum, each) => sum + each.accounts, 0),
    regions: accounts.reduce((sum, each) => sum + each.regions, 0),
    sample: [...new Set(accounts.flatMap(({ sample }) => sample))].sort(compare).slice(0, SAMPLE),
  };
}

function follower(finding: Finding, explainedBy: string): Explained {
  const { policy, severity, subject, regions, fingerprint } = finding;
  return { policy, severity, subject, regions, fingerprint, explainedBy };
}
