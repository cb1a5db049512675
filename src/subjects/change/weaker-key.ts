import { not } from "../../snapshot/logic.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import type { EventDataStoreRecord } from "../../snapshot/resources/event-data-store.ts";
import { type Fact, isSameFact, isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import { isTrusted, type Own } from "../access/trust.ts";
import { shownArn } from "../naming.ts";
import { bucketAccount } from "../ownership.ts";
import type { Sides } from "./fate.ts";
import { accountsOfUsers, isSurelyOutside } from "./newcomers.ts";
import type { Part } from "./part.ts";
import { LINKS, type Side } from "./side.ts";

/**
 * What the default encryption of a bucket loses. Where each planned trail that delivers there has a
 * key of its own, its log files have nothing of it.
 */
export function weakerEncryption(sides: Sides, was: BucketRecord, now: BucketRecord): Part["lost"] {
  if (isSameFact(was.encryption, now.encryption) || isUnknown(was.encryption)) return null;
  const users = sides.before.trails.filter(({ record }) => LINKS.bucket(record) === was.name);
  const isOfNone = ({ record }: (typeof users)[number]) => typeof LINKS.key(record) === "string";
  if (users.length > 0 && users.every(isOfNone)) return null;
  const own = [bucketAccount(was), ...accountsOfUsers(sides.before, "bucket", was.name)];
  const lost = weakerKey(sides, [keyOf(was.encryption), mapFact(now.encryption, keyOf)], own);
  return typeof lost === "string" ? `encryption ${lost}` : lost;
}

/** What the encryption of an event data store loses. */
export function weakerStoreKey(
  sides: Sides,
  was: EventDataStoreRecord,
  now: EventDataStoreRecord,
): Part["lost"] {
  return weakerKey(sides, [was.kmsKeyArn, now.kmsKeyArn], [was.accountId]);
}

type Encryption = Exclude<BucketRecord["encryption"], { $unknown: unknown }>;

/** The KMS key that a bucket names; with one of AWS's own, whoever may read the bucket reads it. */
const keyOf = (encryption: Encryption): string | null =>
  encryption?.algorithm.startsWith("aws:kms") ? encryption.kmsKeyArn : null;

/** AWS's own keys cannot be taken away from anybody who may read what they encrypt. */
const isOwned = (key: string): boolean => !/(^|:)alias\/aws\//.test(key);

type Keys = readonly [was: Fact<string | null>, now: Fact<string | null>];

/** A key of one's own that is one no more, or becomes a stranger's, who can make all of it unreadable. */
function weakerKey(sides: Sides, [before, now]: Keys, own: Own): Part["lost"] {
  if (isSameFact(before, now) || isUnknown(before)) return null;
  const was = before !== null && isOwned(before) ? before : null;
  if (isUnknown(now)) return was === null ? null : now;
  const named = was === null ? "a key of AWS" : shown(sides.before, was);
  if (now === null || !isOwned(now)) return was === null ? null : `was ${named}, is a key of AWS`;
  const account = accountOf(now);
  if (account === null || account === (was && accountOf(was))) return null;
  const isStrange = not(isTrusted(sides.join, account, own));
  if (isStrange === false) return null;
  const next = shown(sides.after, now);
  if (isSurelyOutside(isStrange)) return `was ${named}, is a stranger's: ${next}`;
  return unknown("unresolved", { detail: `whose the key ${next} is` });
}

/** The account in a key's ARN; null: an id or alias, which is of one's own account, or none that is known. */
function accountOf(key: string): string | null {
  const [, , , , account = ""] = key.split(":");
  return /^\d{12}$/.test(account) ? account : null;
}

const shown = ({ linked }: Side, key: string): string =>
  shownArn(key, linked.key.get(key)?.record).slice(0, 200);
