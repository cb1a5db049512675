import type { Subject } from "../subjects/schema/kinds.ts";
import type { Judging } from "./audit.ts";
import { historyOf } from "./diff-history.ts";
import { type Answer, additionalTrails, judgeSubject, subjectVerdict } from "./judge.ts";
import { judgesOf } from "./judges.ts";
import { rollUp } from "./roll-up.ts";
import { tallyOf } from "./tally.ts";
import type { SubjectVerdict } from "./verdict.ts";
import { waiversOn } from "./waiver.ts";

/** Judges subjects as they come, and passes on each verdict to all that gather them. */
export function hearing({
  policies,
  accepting,
  past,
  each,
}: Required<Pick<Judging, "policies" | "accepting" | "past">> & Pick<Judging, "each">) {
  const waivers = waiversOn(accepting.waivers, accepting.today);
  const history = historyOf(past, policies);
  const tally = tallyOf(waivers);
  const rolled = rollUp(policies, new Set(accepting.waivers.flatMap((each) => each.policies)));
  const judging = { judges: judgesOf(policies), additional: additionalTrails() };
  const hear = (verdict: SubjectVerdict) => {
    history.see(verdict);
    each?.(verdict);
  };
  // Millions of verdicts are passes: unless somebody listens, none of them is put into words.
  const isHeard = each !== undefined || past.baseline !== null || past.carry !== null;
  const answer: Answer = (said, compiled, asked) => {
    if (said === "pass") {
      tally.pass(compiled, asked.about);
      rolled.pass(compiled, asked);
      if (isHeard) hear(subjectVerdict(said, compiled, asked));
      return;
    }
    const verdict = subjectVerdict(said, compiled, asked);
    const match = waivers.match(verdict);
    const told = { verdict, subject: asked.subject, compiled, match, waived: match.live !== null };
    tally.add(told);
    rolled.add(told);
    hear(verdict);
  };
  const meet = (subject: Subject) => {
    tally.meet(subject);
    history.meet(subject);
    rolled.meet(subject);
    judgeSubject(subject, judging, answer);
  };
  return { meet, waivers, history, tally, rolled };
}
