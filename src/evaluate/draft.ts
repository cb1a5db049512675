import { compare } from "./accounts.ts";
import { type Failure, folded } from "./failures.ts";
import { type Finding, fingerprint, worse } from "./finding.ts";
import { type Reach, reach } from "./reach.ts";
import type { SubjectReference } from "./verdict.ts";
import { acceptance, type Waiver } from "./waiver.ts";

/** A finding in the making: failures of one policy at one place. */
export type Draft = {
  reach: Reach;
  take(failure: Failure, region: string | null): void;
  worsen(by: Failure): void;
  finding(): Finding;
};

/** Begins a finding with the first of its failures. */
export function newDraft({ verdict }: Failure): Draft {
  const regions = new Set<string>();
  const reached = reach();
  let gateSeverity = verdict.severity;
  let expired: Waiver | null = null;
  return {
    reach: reached,
    take: ({ verdict: { subject }, match }, region) => {
      if (region !== null) regions.add(region);
      reached.add(subject.account, region === null ? placesOf(subject) : [region]);
      expired ??= match.expired;
    },
    worsen: (by) => {
      gateSeverity = worse(gateSeverity, by.verdict.severity);
    },
    finding: () => {
      const { policy, severity, because, message, fix } = verdict;
      const subject = folded(verdict.subject);
      return {
        policy,
        severity,
        gateSeverity,
        verdict: "fail",
        subject,
        regions: [...regions].sort(compare),
        because,
        message,
        fix,
        affects: reached.told(),
        fingerprint: fingerprint(policy, subject),
        ...(expired === null ? {} : { expiredWaiver: acceptance(expired) }),
      };
    },
  };
}

/** The region that a subject without places is in; a trail's or a key's own. */
export const placesOf = ({ region }: SubjectReference): string[] =>
  region === null ? [] : [region];
