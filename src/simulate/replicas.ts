import { matches } from "./globs.ts";
import { CLOUDTRAIL, type IndexedWorld, isMember, isUsable, regionState } from "./indexed-world.ts";
import type { Status, Trail } from "./schema/trails.ts";

/** Whether a trail is an organization trail now: without trusted access it shrinks to its owner. */
export const isOrganizationTrail = ({ trustedAccess }: IndexedWorld, trail: Trail): boolean =>
  trail.isOrganizationTrail === true && trustedAccess.has(CLOUDTRAIL);

/** The one place an ARN of a trail is made: the same in every account and region that sees it. */
export const trailArn = (
  { partition }: IndexedWorld,
  { account, homeRegion, name }: Trail,
): string => `arn:${partition}:cloudtrail:${homeRegion}:${account}:trail/${name}`;

/** The trails that an account knows of: its own, and the organization's. */
export function knownTrails(world: IndexedWorld, accountId: string): Trail[] {
  const own = world.trailsOf.get(accountId) ?? [];
  const shared = world.organizationTrails.filter(
    (trail) => trail.account !== accountId && isSeenBy(world, trail, accountId),
  );
  return [...own, ...shared];
}

/**
 * A member takes part in an organization trail only where it has the trail's home region: one
 * homed in an opt-in region leaves out the members that have not opted in to it.
 */
export const isSeenBy = (world: IndexedWorld, trail: Trail, accountId: string): boolean =>
  isOrganizationTrail(world, trail) &&
  isMember(world, accountId) &&
  isUsable(world, accountId, trail.homeRegion);

/** Whether this account's region has the trail or a copy of it. A region being enabled has none yet. */
export function isPresent(world: IndexedWorld, trail: Trail, place: Place): boolean {
  if (trail.account === place.account && trail.homeRegion === place.region) return true;
  const isThere = trail.homeRegion === place.region || (trail.isMultiRegionTrail ?? true);
  const state = regionState(world, place.account, place.region);
  if (!isThere || state === undefined || state === "DISABLED" || state === "ENABLING") return false;
  return !(trail.absentFrom ?? []).some((each) => covers(each, place));
}

export type Place = { account: string; region: string };
type Places = { accounts?: string[]; regions?: string[] };

/** Whether a place is among those that globs name; what is left out is anywhere. */
export const covers = ({ accounts, regions }: Places, { account, region }: Place): boolean =>
  (accounts === undefined || accounts.some((each) => matches(each, account))) &&
  (regions === undefined || regions.some((each) => matches(each, region)));

/** What a trail's status is in one place: a healthy one, with what the world says differs there. */
export function statusAt(trail: Trail, place: Place): Status {
  const stated: Status = Object.assign(
    {},
    ...(trail.status ?? []).filter((each) => covers(each, place)),
  );
  return { ...healthy(trail, stated.isLogging ?? true), ...stated };
}

const DAY = 24 * 60;

/** Of a trail that was stopped, the times end where it was stopped, three days ago. */
function healthy(trail: Trail, isLogging: boolean): Status {
  const ago = (minutesAgo: number) => ({
    minutesAgo: isLogging ? minutesAgo : 3 * DAY + minutesAgo,
  });
  return {
    isLogging,
    startLoggingTime: { minutesAgo: 400 * DAY },
    ...(isLogging ? {} : { stopLoggingTime: { minutesAgo: 3 * DAY } }),
    latestDeliveryTime: ago(4),
    ...((trail.logFileValidationEnabled ?? true) ? { latestDigestDeliveryTime: ago(35) } : {}),
    ...(trail.cloudWatchLogsLogGroupArn ? { latestCloudWatchLogsDeliveryTime: ago(2) } : {}),
    ...(trail.snsTopicArn ? { latestNotificationTime: ago(4) } : {}),
  };
}
