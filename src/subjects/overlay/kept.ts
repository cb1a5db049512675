import type { AccountRecord } from "../../snapshot/account-record.ts";
import { all, and, not, or, type Truth } from "../../snapshot/logic.ts";
import type { SnapshotRecord } from "../../snapshot/records.ts";
import { unknown } from "../../snapshot/unknown.ts";
import { combination } from "../coverage.ts";
import {
  addOrganization,
  addResource,
  headless,
  type Join,
  newJoin,
  type SubjectContext,
} from "../join.ts";
import { isRecordedIn, othersOf } from "../role.ts";
import { type SeenAccount, type SeenRegion, seenAccount, unasked } from "../sightings.ts";
import type { TrailEntry } from "../trail-entry.ts";
import type { LiveView } from "./live-trails.ts";

/** Follows a change through a snapshot, and tells whether all that a trail recorded still is. */
export type Keeping = {
  take(before: SnapshotRecord, after: readonly SnapshotRecord[]): void;
  /** Whether no region of any account loses what the trail of this ARN recorded there. */
  isKept(arn: string): Truth;
};

/** Watches what becomes of what these trails record; memory grows with distinct resources alone. */
export function keeping(view: LiveView, context: SubjectContext, arns: readonly string[]): Keeping {
  let joins: { before: Join; after: Join } | null = null;
  const ledger = new Map<string, Truth>(arns.map((arn) => [arn, unseenAccounts(view, arn)]));
  const isKeptIn = remembered(view.header.partition);
  const account = (record: AccountRecord, after: AccountRecord) => {
    if (joins === null) throw headless();
    const sides = {
      before: seenAccount(joins.before, record),
      after: seenAccount(joins.after, after),
    };
    for (const [arn, truth] of ledger) {
      const trail = joins.before.trails.get(arn);
      if (trail === undefined || truth === false) continue;
      ledger.set(arn, and(truth, keptInAccount(trail, sides, isKeptIn)));
    }
  };
  return {
    take: (record, after) => {
      if (record.kind === "header") {
        joins = { before: newJoin(record, context), after: newJoin(record, context) };
      } else if (joins !== null) note(joins.before, record);
      for (const each of after) {
        if (joins !== null && record.kind !== "header") note(joins.after, each);
        if (record.kind === "account" && each.kind === "account") account(record, each);
      }
    },
    isKept: (arn) => ledger.get(arn) ?? NOT_SEEN,
  };
}

const NOT_SEEN = unknown("outside-scope", { detail: "the trail is not in the snapshot" });

function note(join: Join, record: SnapshotRecord): void {
  if (record.kind === "resource") addResource(join, record);
  if (record.kind === "organization") addOrganization(join, record);
}

/** An account that the snapshot does not show may lose what it has of the trail. */
function unseenAccounts({ header, organization, trails, accounts }: LiveView, arn: string): Truth {
  const trail = trails.get(arn);
  if (trail === undefined) return NOT_SEEN;
  const outside = unknown("outside-scope", { detail: "accounts that the snapshot does not show" });
  const owner: Truth = accounts.has(trail.accountId) ? true : outside;
  const expected = (organization?.accounts ?? []).filter(
    ({ skipped }) => skipped === null || !skipped.startsWith("state "),
  );
  const isWhole =
    header.scope === "organization" &&
    organization !== null &&
    expected.every(({ id }) => accounts.has(id));
  return and(owner, or(not(trail.isOrganizationTrail), isWhole ? true : outside));
}

type Sides = { before: SeenAccount; after: SeenAccount };
type Regions = { before: SeenRegion; after: SeenRegion };
type IsKeptIn = (trail: TrailEntry, regions: Regions) => Truth;

function keptInAccount(trail: TrailEntry, { before, after }: Sides, isKeptIn: IsKeptIn): Truth {
  const isMember: Truth =
    before.record.id === trail.record.accountId ? true : trail.record.isOrganizationTrail;
  if (isMember === false) return true;
  const regions = before.regions.map((region, place) => {
    const then = after.regions[place];
    return then === undefined ? NOT_SEEN : isKeptIn(trail, { before: region, after: then });
  });
  const hidden: Truth = and(before.open ?? true, unasked(before) ?? true);
  return or(
    not(isMember),
    and(
      all(regions, (truth) => truth),
      hidden,
    ),
  );
}

/** Remembers answers: thousands of regions share a handful of combinations of trails. */
function remembered(partition: string): IsKeptIn {
  const memo = new Map<string, Truth>();
  const questions = new Map<TrailEntry, ReturnType<typeof othersOf>>();
  return (trail, { before, after }) => {
    const { name, optStatus } = before.record;
    const key = [
      trail.index,
      name,
      JSON.stringify(optStatus),
      combination(before),
      combination(after),
    ].join(" ");
    const known = memo.get(key);
    if (known !== undefined) return known;
    const others = questions.get(trail) ?? othersOf(trail);
    questions.set(trail, others);
    if (memo.size >= MEMO_LIMIT) memo.clear();
    const seen = [...after.sightings, ...after.presumed];
    const question = {
      trail,
      before: new Map(seen.map((each) => [each.trail, true])),
      partition,
      others,
    };
    const answer = or(not(worked(trail, before)), isRecordedIn(after, question));
    memo.set(key, answer);
    return answer;
  };
}

const MEMO_LIMIT = 20_000;

/** Whether the trail's events arrived from the region; AWS is still copying it into a new one. */
function worked(trail: TrailEntry, { record, sightings, presumed, open }: SeenRegion): Truth {
  if (record.optStatus === "ENABLING") return false;
  const seen = [...sightings, ...presumed].find((each) => each.trail === trail);
  if (seen !== undefined) return seen.works;
  const { homeRegion, isMultiRegion } = trail.record;
  return and(or(homeRegion === record.name, isMultiRegion), open ?? false);
}
