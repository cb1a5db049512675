import type { CompiledPolicy } from "../policy/compile.ts";
import type { Subject } from "../subjects/schema/kinds.ts";
import { type Carried, carriedFrom } from "./carry.ts";
import { type Difference, diff, type Earlier } from "./diff.ts";
import { type Run, sightingsOf } from "./diff-sightings.ts";
import type { Finding } from "./finding.ts";
import type { SubjectVerdict } from "./verdict.ts";
import type { Waivers } from "./waiver.ts";

/** Results of runs before this one; null: none was given. */
export type Past = {
  /** To compare with. */
  baseline: Earlier | null;
  /** Whose findings stand where this run could not look. */
  carry: Earlier | null;
};

export type History = {
  meet(subject: Subject): void;
  see(verdict: SubjectVerdict): void;
  /** What stands from before; asked once all subjects have passed. */
  carried(run: Whereto, waivers: Waivers): Carried | null;
  /** The findings with what is new marked, and what changed; null: nothing to compare with. */
  compared(run: Whereto, findings: Finding[]): Compared;
};

type Whereto = Omit<Run, "policies">;
type Compared = { findings: Finding[]; change: Difference | null };

/** Follows a run with earlier ones in mind. */
export function historyOf({ baseline, carry }: Past, compiled: readonly CompiledPolicy[]): History {
  const sightings = sightingsOf([baseline, carry].filter((each) => each !== null));
  const policies = compiled.map(({ policy }) => policy);
  const ids = new Set(policies.map(({ id }) => id));
  const whereabouts = (from: Earlier, run: Whereto) => (finding: Finding) =>
    sightings.whereabouts(finding, from, { ...run, policies: ids });
  return {
    meet: sightings.meet,
    see: sightings.see,
    carried: (run, waivers) =>
      carry && carriedFrom(carry, { whereabouts: whereabouts(carry, run), policies, waivers }),
    compared: (run, findings) => {
      if (baseline === null) return { findings, change: null };
      const change = diff(baseline, { findings, whereabouts: whereabouts(baseline, run) });
      const fresh = new Set(change.new);
      return { findings: findings.map((each) => ({ ...each, isNew: fresh.has(each) })), change };
    },
  };
}
