import type { PlannedGuards } from "../../snapshot/planned-guards.ts";
import type { PlannedTopics } from "../../snapshot/planned-topics.ts";
import type { OpenWatch, PlannedWatch } from "../../snapshot/planned-watch.ts";
import type { SnapshotRecord } from "../../snapshot/records.ts";
import type { Fact, Unknown } from "../../snapshot/unknown.ts";
import { headless, type Join, newJoin, type SubjectContext } from "../join.ts";
import type { Subject } from "../schema/kinds.ts";
import { explanations } from "./explains.ts";
import { lossesOfControlPolicies } from "./guards/control-policies.ts";
import { lossesOfEventRules } from "./guards/event-rules.ts";
import { lossesOfOrganizations } from "./guards/organizations.ts";
import { lossesOfHearing } from "./hearing/losses.ts";
import { movesOf } from "./moves.ts";
import { lossesOfResources } from "./resources.ts";
import { type LinkKind, readSide } from "./side.ts";
import { changeSubject } from "./subject.ts";
import { lossesOfTrails } from "./trails.ts";

/** What plans and templates describe at one time, as records. */
export type ChangeSide = {
  records: readonly SnapshotRecord[];
  /** What denies tampering with trails, or tells of it. */
  guards: PlannedGuards;
  /** Whether the inputs describe a resource of that id (`stack#address`) at all, sure to be there or not. */
  has: (id: string) => boolean;
  /** Whether there will be such a resource, of those that are described, or why that is not known. */
  presenceOf: (id: string) => true | Unknown;
  /** The metric filter or alarm of that id, wherever it looks; null: there is none, or it is something else. */
  watchAt: (id: string) => PlannedWatch | null;
  /**
   * The metric filters on the log group of that id, and the alarms on what filters count there, of
   * which not all is known, so that its record does not have them; absent: nobody looks for any.
   */
  openWatchesOn?: (groupId: string) => readonly OpenWatch[];
  /** Who hears of what watches trails; absent: nobody asks. */
  topics?: PlannedTopics;
};

/** What inputs say of resources by themselves, by the id that each had before. */
export type Fates = {
  /** The id after the change, where it differs, or why it is not known whether one of them is the same. */
  movedTo: ReadonlyMap<string, string | Unknown>;
  /** What is deleted and made anew. */
  replaced: ReadonlySet<string>;
  /**
   * What stays in AWS and is no longer managed: what a plan forgets or a `removed` block names (all
   * instances, a whole module).
   */
  forgotten: ReadonlySet<string>;
  /** What stays in AWS by a policy of retention, where it leaves its template, or is replaced. */
  retained?: { deleted: ReadonlySet<string>; replaced: ReadonlySet<string> };
  /** The names of the trails of a snapshot that use the resource of that kind, by name or ARN. */
  liveUsersOf?: (kind: LinkKind, key: string) => readonly string[];
  /** Whether a snapshot shows that there is no trail of this ARN; absent: none was given. */
  hasNoLiveTrail?: (arn: string) => boolean;
  /** Whether others record all that this trail records, as far as a snapshot shows it. */
  coveredByOthers: (id: string) => Fact<boolean>;
};

/**
 * What one loss explains: facts of other subjects by their ids after the change, `""` being all of
 * them. `by`: only where the loss fails for the fact at that pointer; left out: whatever it is.
 */
export type Explained = { id: string; pointers: readonly string[]; by?: string };

/** The losses of a change, subjects of the kind `change`, and what each explains by its id. */
export type Losses = { subjects: Subject[]; explains: Map<string, readonly Explained[]> };

/** What a change is judged with: what becomes of resources, and whom the config trusts. */
export type Telling = Fates & { context: SubjectContext };

/** Compares what was there before with what is there after it. */
export function changeSubjects(before: ChangeSide, after: ChangeSide, told: Telling): Losses {
  const [was, now] = [readSide(before), readSide(after)];
  const join = joinOf(after, told.context);
  const sides = { before: was, after: now, fates: told, join };
  const trails = lossesOfTrails(sides);
  const resources = lossesOfResources(sides, trails);
  const guards = [
    ...lossesOfControlPolicies(sides),
    ...lossesOfEventRules(sides),
    ...lossesOfOrganizations(sides),
  ];
  const hearing = lossesOfHearing(sides, trails);
  return {
    subjects: [...trails, ...resources, ...guards, ...hearing]
      .filter(({ isLoss }) => isLoss)
      .map(changeSubject),
    explains: explanations(trails, resources, hearing),
  };
}

/** With what the records after the change say of their organization: mostly nothing. */
function joinOf({ records }: ChangeSide, context: SubjectContext): Join {
  const [header] = records;
  if (header?.kind !== "header") throw headless();
  return newJoin(header, context);
}

/**
 * Finds resources that leave one stack and enter another: the same ARN, or the same name where
 * account and region do not differ; unknown where account or region are not known on a side, or
 * the name of what enters. By the id that each had before.
 */
export function movesBetween(before: ChangeSide, after: ChangeSide): Map<string, string | Unknown> {
  return movesOf(readSide(before), readSide(after));
}
