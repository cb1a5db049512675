import { all, and, any, not, or, type Truth } from "../snapshot/logic.ts";
import { isUnknown, mapFact, unknown } from "../snapshot/unknown.ts";
import { isRecordedBy, type Recorder } from "./containment.ts";
import { byAny } from "./coverage.ts";
import type { Source } from "./management.ts";
import type { Trail } from "./schema/trail.ts";
import { ANY_OTHER, type Selector } from "./selectors.ts";
import { type SeenAccount, type SeenRegion, unasked } from "./sightings.ts";
import { leaderRegion, type TrailEntry } from "./trail-entry.ts";
import { predecessors } from "./trail-order.ts";

/**
 * `additional` where all that the trail is configured to record in its owner's account is recorded by
 * working trails that come before it: organization trails first, then multi-region ones, then the
 * oldest. Such a trail's configuration matters to nobody but the bill.
 */
export function roleOf(trail: TrailEntry, owner: SeenAccount, partition: string): Trail["role"] {
  const before = predecessors(trail, owner);
  const isAdditional = and(
    or(
      any(before.values(), (truth) => truth),
      owner.anyOpen ?? false,
    ),
    isRecordedElsewhere({ trail, before, partition, others: othersOf(trail) }, owner),
  );
  return mapFact<boolean, "primary" | "additional">(isAdditional, (is) =>
    is ? "additional" : "primary",
  );
}

/** Whether what a trail records is recorded by those that come before it. */
export type Question = {
  trail: TrailEntry;
  /** Whether each other trail comes before it. */
  before: ReadonlyMap<TrailEntry, Truth>;
  partition: string;
  /** `othersOf` the trail. */
  others: (recorders: Recorders) => Truth;
};

/** In every region where the trail applies: all of the account's, or its home alone. */
function isRecordedElsewhere(question: Question, owner: SeenAccount): Truth {
  const { homeRegion, isMultiRegion } = question.trail.record;
  const { regions, open } = owner;
  const home = regions.some(({ record }) => record.name === homeRegion);
  return and(
    home || (open ?? unknown("outside-scope", { detail: "the trail's home region" })),
    all(regions, (region) => {
      const applies = region.record.name === homeRegion ? true : isMultiRegion;
      // AWS is still copying trails there; what it will look like is told by the other regions.
      if (region.record.optStatus === "ENABLING") return true;
      return or(not(applies), isRecordedIn(region, question));
    }),
    or(not(isMultiRegion), and(open ?? true, unasked(owner) ?? true)),
  );
}

/** Whether working trails of a region that come before it record there all that the trail lets through. */
export function isRecordedIn(region: SeenRegion, question: Question): Truth {
  const before = (recorded: (trail: TrailEntry) => Truth): Truth =>
    byAny(region, (other) => and(question.before.get(other) ?? false, recorded(other)));
  return and(
    isManagementRecorded(before, question.trail, sourcesIn(region)),
    isGlobalRecorded(before, region, question),
    areOthersRecorded(region, question),
  );
}

type Before = (recorded: (trail: TrailEntry) => Truth) => Truth;

function sourcesIn({ sightings, presumed }: SeenRegion): string[] {
  return [...sightings, ...presumed].flatMap(({ trail }) => trail.sources);
}

function isManagementRecorded(before: Before, trail: TrailEntry, named: readonly string[]): Truth {
  const sources: Source[] = [ANY_OTHER, ...new Set([...trail.sources, ...named])];
  return all(sources, (source) =>
    all([true, false], (readOnly) =>
      or(
        not(trail.recorded(source, readOnly)),
        before((other) => other.recorded(source, readOnly)),
      ),
    ),
  );
}

function isGlobalRecorded(
  before: Before,
  region: SeenRegion,
  { trail, partition }: Question,
): Truth {
  const leader = leaderRegion(partition);
  if (leader !== null && region.record.name !== leader) return true;
  return all([true, false], (readOnly) =>
    or(
      not(and(trail.recordsGlobalServiceEvents, trail.recorded(ANY_OTHER, readOnly))),
      before((other) => and(other.recordsGlobalServiceEvents, other.recorded(ANY_OTHER, readOnly))),
    ),
  );
}

/** Data events, network activity and whatever else its selectors name. */
function areOthersRecorded(region: SeenRegion, { trail, before, others }: Question): Truth {
  if (isUnknown(trail.record.eventSelectors)) return trail.record.eventSelectors;
  const recorders = [...region.sightings, ...region.presumed]
    .map((seen) => ({
      trail: seen.trail,
      selectors: seen.trail.selectors ?? [],
      counts: and(seen.works, before.get(seen.trail) ?? false),
    }))
    .filter(({ counts }) => counts !== false);
  const undecided = or(
    region.open ?? false,
    region.young ?? false,
    any(recorders, ({ trail: { record }, counts }) =>
      isUnknown(record.eventSelectors) ? and(counts, record.eventSelectors) : false,
    ),
  );
  return or(others(recorders), undecided);
}

export type Recorders = readonly (Recorder & { trail: TrailEntry })[];

/** Whether recorders have all that is no management event; regions with the same ones ask it once. */
export function othersOf({ selectors }: TrailEntry): (recorders: Recorders) => Truth {
  const others = (selectors ?? []).filter((selector) => !isManagement(selector));
  const answers = new Map<string, Truth>();
  return (recorders) => {
    const isCertain = recorders.every(({ counts }) => counts === true);
    const key = isCertain ? recorders.map(({ trail }) => trail.index).join() : null;
    const known = key === null ? undefined : answers.get(key);
    if (known !== undefined) return known;
    const answer = all(others, (selector) => isRecordedBy(selector, recorders));
    if (key !== null) answers.set(key, answer);
    return answer;
  };
}

function isManagement(selector: Selector): boolean {
  return selector.some(
    ({ field, equals }) => field === "eventCategory" && equals?.join() === "Management",
  );
}
