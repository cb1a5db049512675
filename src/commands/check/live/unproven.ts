import { compare } from "../../../evaluate/accounts.ts";
import { folded } from "../../../evaluate/failures.ts";
import { type Before, type Finding, fingerprint } from "../../../evaluate/finding.ts";
import type { Judged } from "../../../evaluate/gate/sides.ts";
import { type Reach, reach } from "../../../evaluate/reach.ts";
import { causesBehind } from "../../../evaluate/unknowns.ts";
import { type SubjectVerdict, settled } from "../../../evaluate/verdict.ts";
import { accountOf } from "./messages.ts";

type Draft = {
  /** The first by account and region. */
  verdict: SubjectVerdict;
  title: string;
  before: Before | null;
  reach: Reach;
};

/** Folds what a change takes the proof from: by policy and cause, whatever the place. */
export function unprovenOf() {
  const drafts = new Map<string, Draft>();
  return {
    add: ({ verdict, compiled }: Judged, before: Before | null): void => {
      const key = `${verdict.policy} ${causesBehind(verdict)[0]?.detail ?? ""}`;
      const known = drafts.get(key);
      const isFirst = known === undefined || place(verdict) < place(known.verdict);
      const { title } = compiled.policy;
      const draft = isFirst ? { verdict: settled(verdict), title, before } : known;
      const reached = known?.reach ?? reach();
      const { account, region } = verdict.subject;
      reached.add(account, region === null ? [] : [region]);
      drafts.set(key, { ...draft, reach: reached });
    },
    told: (): Finding[] =>
      [...drafts].sort(([a], [b]) => compare(a, b)).map(([, draft]) => finding(draft)),
  };
}

const place = ({ subject: { account, region } }: SubjectVerdict): string =>
  `${account ?? ""} ${region ?? ""}`;

function finding({ verdict, title, before, reach: reached }: Draft): Finding {
  const { policy, severity, because, fix } = verdict;
  const subject = folded(verdict.subject);
  const affects = reached.told();
  const more = affects.accounts > 1 ? ` and ${affects.accounts - 1} more accounts` : "";
  const [why] = causesBehind(verdict);
  const where = subject.kind === "organization" ? subject.name : `${accountOf(subject)}${more}`;
  return {
    policy,
    severity,
    gateSeverity: severity,
    verdict: "unknown",
    subject,
    regions: verdict.subject.region === null ? [] : [verdict.subject.region],
    because,
    message: `After this change it can no longer be proven for ${where}: ${title} (${why?.detail ?? why?.reason ?? "not known"})`,
    fix,
    affects,
    fingerprint: fingerprint(policy, subject),
    standing: "regression",
    ...(before === null ? {} : { before }),
  };
}
