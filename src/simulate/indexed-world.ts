import { type Directory, directoryOf } from "./directory.ts";
import type { Bucket } from "./schema/buckets.ts";
import type { Moment } from "./schema/fields.ts";
import type { Identity, ManagedPolicy } from "./schema/identities.ts";
import type { Account, RegionState, Role } from "./schema/organization.ts";
import type { Key, Topic } from "./schema/resources.ts";
import type { Trail } from "./schema/trails.ts";
import type { World } from "./world.ts";

export const CLOUDTRAIL = "cloudtrail.amazonaws.com";

/** A world with what the answers look up in it; made once, never changed. */
export type IndexedWorld = {
  world: World;
  partition: string;
  /** Unix milliseconds. */
  now: number;
  directory: Directory | undefined;
  accounts: ReadonlyMap<string, Account>;
  buckets: ReadonlyMap<string, Bucket>;
  bucketsOf: ReadonlyMap<string, Bucket[]>;
  keys: ReadonlyMap<string, Key>;
  topics: ReadonlyMap<string, Topic>;
  trailsOf: ReadonlyMap<string, Trail[]>;
  /** By the name of the bucket that they deliver to. */
  trailsInto: ReadonlyMap<string, Trail[]>;
  organizationTrails: readonly Trail[];
  trustedAccess: ReadonlySet<string>;
  identitiesOf: ReadonlyMap<string, Identity[]>;
  managedPolicies: ReadonlyMap<string, ManagedPolicy>;
};

/** Prepares a world for answering. Costs a few map entries an account. */
export function indexed(world: World): IndexedWorld {
  const { organization, trails = [], buckets = [], keys = [], topics = [] } = world;
  const trusted = organization?.trustedAccess ?? [CLOUDTRAIL, "account.amazonaws.com"];
  const trustedAccess = new Set(organization === undefined ? [] : trusted);
  return {
    world,
    partition: world.partition ?? "aws",
    now: Date.parse(world.now),
    directory: directoryOf(world),
    accounts: new Map(world.accounts.map((each) => [each.id, each])),
    buckets: new Map(buckets.map((each) => [each.name, each])),
    bucketsOf: grouped(buckets, (each) => each.account),
    keys: new Map(keys.map((each) => [each.arn, each])),
    topics: new Map(topics.map((each) => [each.arn, each])),
    trailsOf: grouped(trails, (each) => each.account),
    trailsInto: grouped(trails, bucketNameOf),
    // Without trusted access AWS turns an organization trail into a trail of its owner alone.
    organizationTrails: trails.filter(
      (each) =>
        each.isOrganizationTrail === true &&
        each.account === organization?.managementAccount &&
        trustedAccess.has(CLOUDTRAIL),
    ),
    trustedAccess,
    identitiesOf: grouped(world.identities ?? [], (each) => each.arn.split(":")[4] ?? ""),
    managedPolicies: new Map((world.managedPolicies ?? []).map((each) => [each.arn, each])),
  };
}

/** The bucket that a trail delivers to. */
export const bucketNameOf = ({ s3BucketName, name }: Trail): string =>
  s3BucketName ?? `${name}-logs`;

/** The name at the end of the ARN of an IAM identity or policy, without its path. */
export const identityName = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** Things by a key of theirs, in the order in which they came. */
export function grouped<T>(items: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = by(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** A region's opt status in an account; undefined for a region that is not in the world. */
export function regionState(
  { world, accounts }: IndexedWorld,
  accountId: string,
  region: string,
): RegionState | undefined {
  return accounts.get(accountId)?.regions?.[region] ?? world.regions[region];
}

/** All regions of an account with their opt status, by name. */
export function regionsOf({ world, accounts }: IndexedWorld, accountId: string) {
  const states = { ...world.regions, ...accounts.get(accountId)?.regions };
  return Object.entries(states).sort(([left], [right]) => (left < right ? -1 : 1));
}

/** Whether any account has to opt in before it can use the region. */
export const isOptIn = ({ world }: IndexedWorld, region: string): boolean =>
  world.regions[region] !== "ENABLED_BY_DEFAULT";

/** Whether calls to the region are answered: all but disabled ones. */
export function isUsable(world: IndexedWorld, accountId: string, region: string): boolean {
  const state = regionState(world, accountId, region);
  return state !== undefined && state !== "DISABLED";
}

/** The roles of an account that may be assumed. */
export const rolesOf = ({ world }: IndexedWorld, account: Account): readonly Role[] =>
  account.roles ?? world.roles ?? [{ name: "TrailproofAuditor" }];

/** Unix milliseconds of a moment, by the world's clock. */
export function moment({ now }: IndexedWorld, when: Moment): number {
  return typeof when === "string" ? Date.parse(when) : now - when.minutesAgo * 60_000;
}

/** Whether the account is one of the organization's. */
export function isMember({ world, accounts }: IndexedWorld, accountId: string): boolean {
  const account = accounts.get(accountId);
  return world.organization !== undefined && account !== undefined && account.outside !== true;
}
