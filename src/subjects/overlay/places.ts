import type {
  AccountRecord,
  RegionRecord,
  SeenTrail,
  TrailStatus,
} from "../../snapshot/account-record.ts";
import { and, not, or, type Truth } from "../../snapshot/logic.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { undelivered } from "../../snapshot/undelivered.ts";
import { type Fact, isOpenEnd, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Edit } from "./edits.ts";
import type { Spread } from "./effects.ts";

/** What a change means for the accounts of a snapshot. */
export type Places = {
  edits: ReadonlyMap<string, readonly Edit[]>;
  spreads: readonly Spread[];
  /** Home region and owner of the trails that are edited, by ARN. */
  home: (arn: string) => { accountId: string; homeRegion: string } | undefined;
  /** The error with which the trail of this ARN will deliver no more; null: none. */
  cut: (arn: string) => Fact<string> | null;
  /** Whether every account of the snapshot belongs to the organization. */
  isOrganization: boolean;
};

/** An account as it will be; the same record where nothing changes in it. */
export function accountAfter(places: Places, record: AccountRecord): AccountRecord {
  let isChanged = false;
  const regions = record.regions.map((region) => {
    if (isUnknown(region)) return region;
    const after = regionAfter(places, record.id, region);
    if (after !== region) isChanged = true;
    return after;
  });
  return isChanged ? { ...record, regions } : record;
}

function regionAfter(places: Places, account: string, region: RegionRecord): RegionRecord {
  const at = { account, region: region.name };
  const isTouched = region.trails.some(
    (seen) => !isUnknown(seen) && (places.edits.has(seen.arn) || places.cut(seen.arn) !== null),
  );
  const seen = new Set(region.trails.map((each) => (isUnknown(each) ? "" : each.arn)));
  const added = places.spreads
    .filter(({ arn }) => !seen.has(arn))
    .flatMap((spread) => spreadTo(places, spread, at));
  if (!isTouched && added.length === 0) return region;
  const kept = region.trails.flatMap((each): RegionRecord["trails"] =>
    isUnknown(each) ? [each] : edited(places, each, at),
  );
  const [open, shown] = [kept.filter(isOpenEnd), kept.filter((each) => !isOpenEnd(each))];
  return { ...region, trails: [...shown, ...added, ...open] };
}

type At = { account: string; region: string };

const OUTSIDE = unknown("outside-scope", { detail: "whether the account is of the organization" });

/** Whether a trail of such a reach is in a region of an account. */
function reaches(
  { isOrganization }: Pick<Places, "isOrganization">,
  trail: Pick<Spread, "accountId" | "homeRegion" | "isMultiRegion" | "isOrganizationTrail">,
  { account, region }: At,
): Truth {
  const is = (known: string, here: string): Truth =>
    hasStandIn(known)
      ? unknown("unresolved", { detail: "where a new trail is made" })
      : known === here;
  const member = and(trail.isOrganizationTrail, isOrganization ? true : OUTSIDE);
  return and(
    or(is(trail.accountId, account), member),
    or(is(trail.homeRegion, region), trail.isMultiRegion),
  );
}

function spreadTo(places: Places, spread: Spread, at: At): SeenTrail[] {
  const isHere = and(spread.presence, reaches(places, spread, at));
  if (isHere === false) return [];
  const status = isUnknown(isHere) ? isHere : fresh(spread);
  return [{ arn: spread.arn, status }];
}

function fresh({ isLogging, delivery: later }: Spread): TrailStatus {
  return {
    observedAt: later,
    isLogging,
    startLoggingTime: later,
    stopLoggingTime: later,
    ...undelivered(later),
  };
}

/** A trail that is seen here, as it will be; none where it will be gone. */
function edited(places: Places, seen: SeenTrail, at: At): SeenTrail[] {
  const home = places.home(seen.arn);
  let isHere: Truth = true;
  let { status } = seen;
  for (const edit of places.edits.get(seen.arn) ?? []) {
    if (home !== undefined) isHere = and(isHere, stays(places, { ...home, edit }, at));
    status = statusAfter(status, edit);
  }
  if (isHere === false) return [];
  const error = places.cut(seen.arn);
  if (error !== null && !isUnknown(status)) status = { ...status, latestDeliveryError: error };
  return [{ arn: seen.arn, status: isUnknown(isHere) ? isHere : status }];
}

type Narrowing = { accountId: string; homeRegion: string; edit: Edit };

/** What is not changed of a trail's reach takes it away from nowhere. */
function stays(places: Places, { edit, ...home }: Narrowing, at: At): Truth {
  const { isGone, isMultiRegion, isOrganizationTrail } = edit;
  const reach = {
    ...home,
    isMultiRegion: isMultiRegion ?? true,
    isOrganizationTrail: isOrganizationTrail ?? true,
  };
  // It is here, and so the account is of its organization.
  return and(not(isGone), reaches({ ...places, isOrganization: true }, reach, at));
}

function statusAfter(status: Fact<TrailStatus>, { isLogging, delivery }: Edit): Fact<TrailStatus> {
  if (isUnknown(status)) return isLogging === false ? stopped(status) : status;
  const logging = isLogging === null ? status : { ...status, isLogging };
  return delivery === null ? logging : { ...logging, ...undelivered(delivery) };
}

/** Whatever it did, it will not log. */
function stopped(why: Unknown): TrailStatus {
  return {
    observedAt: why,
    isLogging: false,
    startLoggingTime: why,
    stopLoggingTime: why,
    ...undelivered(why),
  };
}
