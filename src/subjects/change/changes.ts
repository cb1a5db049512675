import type { SnapshotRecord } from "../../snapshot/records.ts";
import type { Fact, Unknown } from "../../snapshot/unknown.ts";
import type { Subject } from "../schema/kinds.ts";

/** What plans and templates describe at one time, as records. */
export type ChangeSide = {
  records: readonly SnapshotRecord[];
  /** Whether there is such a resource, by its subject's id (`stack#address`), or why that is not known. */
  presenceOf: (id: string) => true | Unknown;
};

/** What inputs say of resources by themselves, by the id that each had before. */
export type Fates = {
  /** The id after the change, where it differs, or why it is not known whether one of them is the same. */
  movedTo: ReadonlyMap<string, string | Unknown>;
  /** What is deleted and made anew. */
  replaced: ReadonlySet<string>;
  /** What stays in AWS and is no longer managed. */
  forgotten: ReadonlySet<string>;
  /** Whether others record all that this trail records, as far as a snapshot shows it. */
  coveredByOthers: (id: string) => Fact<boolean>;
};

/** What one loss explains: facts of other subjects, `""` being all of them. */
export type Explained = { id: string; pointers: readonly string[] };

/** The losses of a change, subjects of the kind `change`, and what each explains by its id. */
export type Losses = { subjects: Subject[]; explains: Map<string, readonly Explained[]> };

/** Compares what was there before with what is there after it. */
export function changeSubjects(_before: ChangeSide, _after: ChangeSide, _fates: Fates): Losses {
  throw new Error("not built yet");
}

/**
 * Finds resources that leave one stack and enter another: the same ARN, or the same name where
 * account and region do not differ; unknown where account or region are not known on a side.
 */
export function movesBetween(
  _before: ChangeSide,
  _after: ChangeSide,
): Map<string, string | Unknown> {
  throw new Error("not built yet");
}
