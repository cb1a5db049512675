import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { type Fact, isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import { afterChange, blurred, configuration, type Edit, editOf } from "./edits.ts";
import { type Found, foundIn, type LiveTrail, type LiveView, withOwner } from "./live-trails.ts";
import type { PlannedTrail, TrailChange } from "./planned-trails.ts";

/** Where a trail is to be seen that is not seen there yet, and what it does there. */
export type Spread = {
  arn: string;
  accountId: string;
  homeRegion: string;
  /** Whether it is there at all. */
  presence: true | Unknown;
  isMultiRegion: Fact<boolean>;
  isOrganizationTrail: Fact<boolean>;
  isLogging: Fact<boolean>;
  /** Why nobody knows yet how it will deliver there. */
  delivery: Unknown;
};

/** What a trail of the plan means for the snapshot. */
export type Effect = {
  change: TrailChange;
  found: Found;
  edits: readonly (readonly [arn: string, edit: Edit])[];
  spreads: readonly Spread[];
  /** A trail that the snapshot does not have. */
  made: TrailRecord | null;
};

/** Works out what each change of a trail does to the snapshot. */
export function effectOf(view: LiveView, change: TrailChange): Effect {
  const known = change.before ?? change.after;
  const found = known === null ? { arns: [], doubt: null } : foundIn(view, known);
  const { before, after, doubt } = change;
  if (before === null && after !== null && (found.doubt !== null || found.arns.length === 0)) {
    return { change, found, edits: [], ...newTrail(view, after) };
  }
  const edit = editOf(change);
  const unsure = found.doubt ?? doubt;
  const sure = unsure === null ? edit : blurred(edit, unsure);
  const spreads = found.arns.flatMap((arn) => {
    const live = view.trails.get(arn);
    return live === undefined || !isWider(sure)
      ? []
      : [spreadOf(live, sure, { id: known?.id ?? arn, presence: unsure ?? true })];
  });
  return {
    change,
    found,
    edits: found.arns.map((arn) => [arn, sure] as const),
    spreads,
    made: null,
  };
}

const isWider = ({ isGone, isMultiRegion, isOrganizationTrail }: Edit): boolean =>
  isGone !== true && [isMultiRegion, isOrganizationTrail].some((fact) => fact !== null && fact);

function spreadOf(
  live: LiveTrail,
  edit: Edit,
  { id, presence }: Pick<PlannedTrail, "id" | "presence">,
): Spread {
  return {
    arn: live.arn,
    accountId: live.accountId,
    homeRegion: live.homeRegion,
    presence: isUnknown(edit.isGone) ? edit.isGone : presence,
    isMultiRegion: edit.isMultiRegion ?? live.isMultiRegion,
    isOrganizationTrail: edit.isOrganizationTrail ?? live.isOrganizationTrail,
    isLogging: edit.isLogging ?? live.isLogging,
    delivery: afterChange(id),
  };
}

function newTrail(view: LiveView, after: PlannedTrail): Pick<Effect, "spreads" | "made"> {
  const record = { ...withOwner(view, after.record), ...configuration(after.record) };
  const { arn, accountId, homeRegion, isMultiRegion, isOrganizationTrail } = record;
  const { presence, isLogging } = after;
  const where = { arn, accountId, homeRegion, isMultiRegion, isOrganizationTrail };
  const delivery = afterChange(after.id);
  return { made: record, spreads: [{ ...where, presence, isLogging, delivery }] };
}
