import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import { hasStandIn, withoutMarks } from "../snapshot/stand-in.ts";
import {
  type Fact,
  isKnown,
  isUnknown,
  merged,
  type Unknown,
  unknown,
} from "../snapshot/unknown.ts";
import type { Join } from "./join.ts";
import { OWNERS, type Owner } from "./schema/owners.ts";

/** What a bucket record says where every account of the organization said that it is not theirs. */
const ELSEWHERE = "elsewhere";

/** Organizations' states of an account that works; one pending closure still does. */
const ACTIVE = ["ACTIVE", "PENDING_CLOSURE"];

/** Whose a key is, from the point of view of the trail's account. The ARN tells, so it is always known. */
export function keyOwner(join: Join, trailAccount: string, keyAccount: string): Fact<Owner> {
  if (!/^\d{12}$/.test(keyAccount) && !hasStandIn(keyAccount)) {
    return unknown("unresolved", { detail: "the key's ARN names no account" });
  }
  return near(join, trailAccount, keyAccount) ?? undecided(trailAccount, keyAccount);
}

/** Whose a bucket is, from the point of view of the trail's account. */
export function bucketOwner(
  join: Join,
  trailAccount: string,
  bucket: BucketRecord | undefined,
): Fact<Owner> {
  if (bucket === undefined) return unknown("not-collected", { detail: "the bucket" });
  // A name that nobody owns can be registered by any stranger.
  if (bucket.exists === false) return "other-account";
  const { accountId } = bucket;
  if (isUnknown(accountId)) return accountId;
  if (accountId === ELSEWHERE) return elsewhere(join);
  const owner = near(join, trailAccount, accountId);
  if (owner !== null) return owner;
  const foreign = undecided(trailAccount, accountId);
  if (isUnknown(foreign)) return foreign;
  // Without the organization's list a foreign account may be one of it.
  return join.header.scope === "organization" ? "other-account" : outside();
}

/** The bucket's account; null where the organization has none of that name. */
export function bucketAccount({ exists, accountId }: BucketRecord): Fact<string | null> {
  if (exists === false) return null;
  return accountId === ELSEWHERE ? null : accountId;
}

/** A bucket whose owner is known exists, even where it could not be asked itself. */
export function bucketExists({ exists, accountId }: BucketRecord): Fact<boolean> {
  if (isKnown(exists)) return exists;
  return isKnown(accountId) && accountId !== ELSEWHERE ? true : exists;
}

/** The least trusted answer among those who share a key or bucket; unknown while it may be worse. */
export function leastTrusted(owners: readonly Fact<Owner>[]): Fact<Owner> {
  const markers = owners.filter((owner): owner is Unknown => isUnknown(owner));
  const worst = Math.max(-1, ...owners.filter(isKnown).map((owner) => OWNERS.indexOf(owner)));
  if (worst === OWNERS.length - 1) return "other-account";
  if (markers.length > 0) return merged(markers);
  return OWNERS[worst] ?? unknown("not-collected", { detail: "the trail that uses it" });
}

/** An account that is not known to be ours may be, as long as one of the two is not known. */
function undecided(trailAccount: string, accountId: string): Fact<Owner> {
  const open = [trailAccount, accountId].find(hasStandIn);
  return open === undefined
    ? "other-account"
    : unknown("unresolved", { detail: withoutMarks(open) });
}

/** The closest relation that is certain; null where the account is none of ours. */
function near(join: Join, trailAccount: string, accountId: string): Owner | null {
  if (accountId === trailAccount) return "trail-account";
  if (join.context.named.includes(accountId)) return "named-account";
  const state = join.listed.get(accountId)?.state ?? "";
  const isOrganization = join.header.scope === "organization";
  return isOrganization && ACTIVE.includes(state) ? "organization-account" : null;
}

/** Accounts that the config names but the organization does not list were never asked. */
function elsewhere({ header, context, listed }: Join): Fact<Owner> {
  const asked = header.scope === "organization" && context.named.every((id) => listed.has(id));
  return asked ? "other-account" : outside();
}

const outside = () =>
  unknown("outside-scope", { detail: "which account of the organization owns the bucket" });
