import { type Explained, type Finding, inOrder, type Waived } from "../../evaluate/finding.ts";
import { and } from "../../snapshot/logic.ts";
import type { SnapshotRecord } from "../../snapshot/records.ts";
import type { Fact } from "../../snapshot/unknown.ts";
import type { SubjectContext } from "../../subjects/join.ts";
import { keeping } from "../../subjects/overlay/kept.ts";
import { type LiveView, liveView } from "../../subjects/overlay/live-trails.ts";
import { type LiveUsers, liveUsers } from "../../subjects/overlay/live-users.ts";
import { overlaid } from "../../subjects/overlay/overlaid.ts";
import { subjects } from "../../subjects/subjects.ts";
import { snapshotReader } from "../whole-snapshot.ts";
import { coveredIn } from "./live/covered.ts";
import { type Differences, differencesOf, type LiveJudging } from "./live/differences.ts";
import { guardDifferences, united } from "./live/guards.ts";
import { overlayNotes, snapshotNotes } from "./live/notes.ts";
import { type LiveWays, overlaysOf, type Possible } from "./live/overlays.ts";
import { isCompared, subjectPairs } from "./live/subject-pairs.ts";
import { together } from "./live/together.ts";
import { twice } from "./live/twice.ts";

/** What a change makes of a saved snapshot. */
export type LiveComparison = {
  /** When the snapshot was begun, ISO 8601. */
  startedAt: string;
  /** What the change breaks in organization, accounts and regions: each has `standing` "regression". */
  findings: Finding[];
  /** What fails only because of one of these. */
  explained: Explained[];
  waived: Waived[];
  /** What fails in the snapshot and no longer will, as it is in the snapshot. */
  mended: Finding[];
  /**
   * Whether all that a trail of the plan recorded, by its id before the change, others will record;
   * false for what is no trail that the change touches.
   */
  coveredByOthers: (id: string) => Fact<boolean>;
  /** What the reader should know, each a sentence. */
  notes: string[];
};

/** What judges a change laid over a snapshot; of the policies those count that a plan cannot decide. */
export type LiveContext = LiveJudging & { subjects: SubjectContext };

/** A snapshot that changes can be laid over, and who uses what in it. */
export type LiveSnapshot = {
  read: () => AsyncGenerator<SnapshotRecord>;
  view: LiveView;
  users: LiveUsers;
};

/** Reads what has to be known of a saved snapshot first; throws "bad-snapshot". */
export async function liveSnapshot(path: string): Promise<LiveSnapshot> {
  const read = await snapshotReader(path);
  const view = await liveView(read());
  return { read, view, users: liveUsers(view) };
}

/** Lays a change over a snapshot and compares the verdicts; throws "bad-snapshot". */
export async function compareLive(
  { read, view }: LiveSnapshot,
  ways: LiveWays,
  context: LiveContext,
): Promise<LiveComparison> {
  const { all, isCut } = overlaysOf(view, ways);
  const compared = [];
  for (const possible of all) compared.push(await compareOne(read, view, { possible, context }));
  const isCovered = compared.map(({ coveredByOthers }) => coveredByOthers);
  const cut = isCut
    ? ["The change may turn out in more ways than were laid over the live snapshot: the first are."]
    : [];
  const told = together(compared);
  const coveredByOthers = (id: string) =>
    isCovered.length === 0 ? false : and(...isCovered.map((covers) => covers(id)));
  return {
    startedAt: view.header.startedAt,
    ...told,
    findings: told.findings.sort(inOrder),
    coveredByOthers,
    notes: [
      ...new Set([
        ...snapshotNotes(view, ways, context.accepting.today),
        ...all.flatMap(({ overlay }) => overlayNotes(overlay)),
        ...cut,
      ]),
    ],
  };
}

/** One way in which a change may turn out, compared. */
type Compared = Differences & Pick<LiveComparison, "coveredByOthers"> & Pick<Possible, "assuming">;

async function compareOne(
  read: () => AsyncGenerator<SnapshotRecord>,
  view: LiveView,
  { possible, context }: { possible: Possible; context: LiveContext },
): Promise<Compared> {
  const { overlay, assuming } = possible;
  const touched = new Set(overlay.effects.flatMap(({ found }) => found.arns));
  const kept = keeping(view, context.subjects, [...touched]);
  const policies = context.policies.filter(({ policy }) => isCompared(policy.subject));
  const differences = differencesOf({ ...context, policies });
  const [live, planned] = twice(read());
  const pairs = subjectPairs(
    subjects(live, context.subjects),
    subjects(overlaid(planned, overlay, kept.take), context.subjects),
  );
  for await (const pair of pairs) differences.take(pair);
  const told = [differences.told(), await guardDifferences(read, overlay.guards, context)];
  return { ...united(told), assuming, coveredByOthers: coveredIn(overlay, kept) };
}
