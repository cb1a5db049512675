import type { ChangeSides } from "./gated.ts";
import { type InWays, type Judged, type Side, sideKey } from "./sides.ts";
import { type Standing, standingOf, standingOfLoss, type Was } from "./standing.ts";

/** A verdict as it counts, with what it was before the change. */
export type Compared = { judged: Judged; was: Was; standing: Standing };

/**
 * Compares a verdict with the one before the change, each way in which stacks may be applied with
 * the same way: what one file of values breaks is no old debt because of another one.
 */
export function compared(change: ChangeSides, judged: Judged & { inWays: InWays }): Compared {
  const all = [...judged.inWays].map(([way, each]) => inOneWay(change, each, way));
  const broken = all.filter(({ standing }) => standing === "regression");
  const worst = all.filter((each) => isSame(each, judged));
  const [first] = [
    ...broken.filter(({ judged: { verdict } }) => verdict.verdict === "fail"),
    ...broken,
    ...worst.filter(({ standing }) => standing !== "same"),
    ...worst,
  ];
  if (first === undefined) throw new Error("the worst verdict is one of those in each way");
  return first;
}

const isSame = ({ judged: { verdict } }: Compared, worst: Judged): boolean =>
  verdict.verdict === worst.verdict.verdict;

function inOneWay(change: ChangeSides, judged: Judged, way: string | null): Compared {
  const was = wasOf(change, judged, way);
  const standing =
    judged.subject.kind === "change"
      ? standingOfLoss(judged)
      : standingOf(was, judged, change.isMadeHere);
  return { judged, was, standing };
}

function wasOf(
  { before, movedFrom }: ChangeSides,
  { verdict, subject }: Judged,
  way: string | null,
): Was {
  const { id } = subject.fields;
  const former = formerId(id, before, movedFrom);
  const known = before.verdicts.get(sideKey(verdict.policy, former));
  const isNew = way !== null && !before.appliedWith.has(way);
  // With values that come with the change nothing was proven before.
  if (isNew && verdict.verdict === "unknown") return { kind: "absent" };
  const judged = known?.inWays.get(isNew ? null : way);
  if (judged !== undefined) return { kind: "judged", judged };
  return before.subjects.has(former) && known === undefined
    ? { kind: "not-selected" }
    : { kind: "absent" };
}

/** A replica moves with its trail. What a `moved` block names may have moved long ago. */
function formerId(id: string, { subjects }: Side, movedFrom: ReadonlyMap<string, string>): string {
  const at = id.lastIndexOf("@");
  const trail = at < 0 ? undefined : movedFrom.get(id.slice(0, at));
  const former = movedFrom.get(id) ?? (trail === undefined ? id : `${trail}${id.slice(at)}`);
  return subjects.has(former) ? former : id;
}
