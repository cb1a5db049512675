import { isUnknown } from "../snapshot/unknown.ts";
import { words } from "./accounts.ts";
import { newDraft } from "./draft.ts";
import { type Failure, foldKey, loneFailure } from "./failures.ts";
import { inOrder, type Waived } from "./finding.ts";
import type { SubjectVerdict } from "./verdict.ts";
import { NO_MATCH, type Waiver } from "./waiver.ts";

export type WaivedUnknowns = {
  add(verdict: SubjectVerdict, waiver: Waiver): void;
  told(): Waived[];
};

/** Collects undecided verdicts that somebody accepted, folded by place. */
export function waivedUnknowns(): WaivedUnknowns {
  const groups = new Map<string, { failures: Failure[]; waiver: Waiver }>();
  return {
    add: (verdict, waiver) => {
      const key = `${foldKey(verdict)} ${waiver.at}`;
      const group = groups.get(key) ?? { failures: [], waiver };
      groups.set(key, group);
      group.failures.push(loneFailure(verdict, NO_MATCH));
    },
    told: () => [...groups.values()].map(finding).sort(inOrder),
  };
}

function finding({ failures, waiver }: { failures: Failure[]; waiver: Waiver }): Waived {
  const [first] = failures;
  if (first === undefined) throw new Error("a group begins with a verdict");
  const draft = newDraft(first);
  for (const failure of failures) draft.take(failure, failure.regions[0] ?? null);
  const marker = first.verdict.because.map(({ actual }) => actual).find(isUnknown);
  const message = `not known: ${marker === undefined ? "no reason was given" : words(marker)}`;
  return { ...draft.finding(), verdict: "unknown", message, waiver, explainedBy: null };
}
