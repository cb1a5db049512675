import { folded } from "./failures.ts";
import type { SubjectVerdict } from "./verdict.ts";

/** What outputs say of a waiver. */
export type Acceptance = { reason: string; owner: string; expires: string };

/** Findings that somebody accepts until a day. */
export type Waiver = Acceptance & {
  policies: readonly string[];
  scope: WaiverScope;
  /** Where it is written: `trailproof.yaml:12:5`. */
  at: string;
};

/** Where a waiver holds: every list that is there must fit. */
export type WaiverScope = {
  accounts?: readonly string[];
  /** Paths of organizational units; what is below them fits too. */
  ous?: readonly string[];
  regions?: readonly string[];
  /** ARNs or ids, as results.json has them. */
  resources?: readonly string[];
};

/** The first waiver that holds and the first that no longer does; null: none. */
export type Match = { live: Waiver | null; expired: Waiver | null };

/** All waivers of a config. */
export type Waivers = {
  match(verdict: Pick<SubjectVerdict, "policy" | "subject">): Match;
  /** Every waiver that matched a verdict so far. */
  matched: ReadonlySet<Waiver>;
};

export const NO_MATCH: Match = { live: null, expired: null };

/** Makes waivers ready to match verdicts; `today` is `YYYY-MM-DD` in UTC. */
export function waiversOn(list: readonly Waiver[], today: string): Waivers {
  const byPolicy = new Map<string, Waiver[]>();
  for (const waiver of list) {
    for (const id of waiver.policies) byPolicy.set(id, [...(byPolicy.get(id) ?? []), waiver]);
  }
  const matched = new Set<Waiver>();
  return {
    matched,
    match: ({ policy, subject }) => {
      const fitting = (byPolicy.get(policy) ?? []).filter(({ scope }) => fits(scope, subject));
      for (const waiver of fitting) matched.add(waiver);
      return {
        live: fitting.find((waiver) => !isExpired(waiver, today)) ?? null,
        expired: fitting.find((waiver) => isExpired(waiver, today)) ?? null,
      };
    },
  };
}

/** Whether its last day is over. */
export const isExpired = ({ expires }: Waiver, today: string): boolean => expires < today;

/** The waiver in the words of outputs. */
export const acceptance = ({ reason, owner, expires }: Acceptance): Acceptance => ({
  reason,
  owner,
  expires,
});

function fits(scope: WaiverScope, subject: SubjectVerdict["subject"]): boolean {
  const { account, ouPath, region, id, arn } = subject;
  // An alert is about a folded subject; its id, copied from results.json, is to work too.
  const names = [id, arn, folded(subject).id];
  return (
    holds(scope.accounts, (each) => each === account) &&
    holds(scope.ous, (each) => ouPath !== null && `${ouPath}/`.startsWith(`${each}/`)) &&
    holds(scope.regions, (each) => each === region) &&
    holds(scope.resources, (each) => names.includes(each))
  );
}

const holds = (list: readonly string[] | undefined, is: (each: string) => boolean): boolean =>
  list === undefined || list.some(is);
