import { foldKey } from "../../../evaluate/failures.ts";
import type { Explained, Finding, Waived } from "../../../evaluate/finding.ts";
import type { Judged } from "../../../evaluate/gate/sides.ts";
import { beforeOf, standingOf, type Was } from "../../../evaluate/gate/standing.ts";
import { additionalTrails, judgeSubject, subjectVerdict } from "../../../evaluate/judge.ts";
import { judgesOf } from "../../../evaluate/judges.ts";
import { tallyOf } from "../../../evaluate/tally.ts";
import type { SubjectVerdict } from "../../../evaluate/verdict.ts";
import { NO_MATCH, type Waiver, waiversOn } from "../../../evaluate/waiver.ts";
import type { CompiledPolicy } from "../../../policy/compile.ts";
import { causesOf, isUnknown } from "../../../snapshot/unknown.ts";
import { isAfterChange } from "../../../subjects/overlay/edits.ts";
import { foldAccounts } from "./fold-accounts.ts";
import { afterwards, type Sight } from "./messages.ts";
import type { SubjectPair } from "./subject-pairs.ts";
import { unprovenOf } from "./unproven.ts";

/** How the verdicts after a change differ from those before it. */
export type Differences = {
  /** What the change breaks, makes worse, or takes the proof from. */
  findings: Finding[];
  explained: Explained[];
  waived: Waived[];
  /** What failed before and passes now, as it was before. */
  mended: Finding[];
};

/** How differences are judged. */
export type LiveJudging = {
  policies: readonly CompiledPolicy[];
  accepting: { waivers: readonly Waiver[]; today: string };
};

/** Takes subjects before and after a change; memory grows with what the change breaks or mends. */
export function differencesOf({ policies, accepting }: LiveJudging) {
  const waivers = waiversOn(accepting.waivers, accepting.today);
  const judge = judgeWith(policies);
  const broken = tallyOf(waivers);
  const mended = tallyOf(waiversOn([], accepting.today));
  const unproven = unprovenOf();
  const sights = new Map<string, Sight>();
  const take = ({ before, after }: SubjectPair): void => {
    const former = new Map(judge(before).map((each) => [each.verdict.policy, each]));
    for (const judged of judge(after)) {
      const { verdict } = judged;
      const was = wasOf(former.get(verdict.policy));
      const standing = standingOf(was, judged, () => false);
      if (standing === "improvement" && was.kind === "judged") {
        if (was.judged.verdict.verdict === "fail") mended.add({ ...was.judged, match: NO_MATCH });
      }
      if (standing !== "regression") continue;
      const match = waivers.match(verdict);
      if (verdict.verdict === "fail") {
        broken.add({ ...judged, match });
        see(sights, judged, was);
      } else if (match.live === null && !isYetToBeSeen(verdict)) {
        unproven.add(judged, beforeOf(was, judged));
      }
    }
  };
  const all = (): Differences => {
    const { findings, explained, waived } = broken.told(null);
    const told = <F extends Finding>(each: F) => afterwards(each, sights.get(foldKey(each)));
    const failing = findings.map(told);
    const folded = foldAccounts({ findings: failing, explained });
    return {
      findings: [...folded.findings, ...unproven.told()],
      explained: folded.explained,
      waived: waived.map(told),
      mended: foldAccounts(mended.told(null)).findings,
    };
  };
  return { take, told: all };
}

function judgeWith(
  policies: readonly CompiledPolicy[],
): (subject: SubjectPair["after"]) => Judged[] {
  const judging = { judges: judgesOf(policies), additional: additionalTrails() };
  return (subject) => {
    const all: Judged[] = [];
    judgeSubject(subject, judging, (verdict, compiled, asked) => {
      all.push({ verdict: subjectVerdict(verdict, compiled, asked), subject, compiled });
    });
    return all;
  };
}

const wasOf = (judged: Judged | undefined): Was =>
  judged === undefined ? { kind: "not-selected" } : { kind: "judged", judged };

/** What only the first delivery of a new or changed trail tells is the plan's to judge. */
const isYetToBeSeen = ({ because }: SubjectVerdict): boolean =>
  because.every(({ actual }) => isUnknown(actual) && causesOf(actual).every(isAfterChange));

/** Regions of an account are one finding: what holds for it has to hold for each of them. */
function see(sights: Map<string, Sight>, judged: Judged, was: Was): void {
  const { verdict, subject } = judged;
  const key = foldKey(verdict);
  const isBare = subject.kind === "region" && subject.fields.trails.length === 0;
  const known = sights.get(key);
  if (known === undefined) sights.set(key, { before: beforeOf(was, judged), isBare });
  else known.isBare &&= isBare;
}
