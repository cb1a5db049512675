import { not, type Truth } from "../../snapshot/logic.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { hasStandIn, isAnyText, withoutMarks } from "../../snapshot/stand-in.ts";
import { isSameFact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import { isTrusted } from "../access/trust.ts";
import { bucketAccount } from "../ownership.ts";
import type { Sides } from "./fate.ts";
import { accountsOfUsers, isSurelyOutside } from "./newcomers.ts";
import type { Part } from "./part.ts";

type Rule = Exclude<BucketRecord["replicationRules"], { $unknown: unknown }>[number];

/** To which strangers' buckets log files are copied after the change and were not before; null: to none. */
export function strangeCopies(sides: Sides, was: BucketRecord, now: BucketRecord): Part["lost"] {
  const [before, after] = [was.replicationRules, now.replicationRules];
  if (isSameFact(before, after) || isUnknown(before)) return null;
  if (isUnknown(after)) return after;
  const known = new Set(before.filter(({ enabled }) => enabled).map(destinationOf));
  const own = [bucketAccount(was), ...accountsOfUsers(sides.before, "bucket", was.name)];
  const added = after
    .filter((rule) => rule.enabled && !known.has(destinationOf(rule)))
    .map((rule) => ({ rule, isStrange: isStrange(sides, rule, own) }))
    .filter(({ isStrange }) => isStrange !== false);
  const strange = added.filter((each) => isSurelyOutside(each.isStrange)).map(({ rule }) => rule);
  if (strange.length > 0) return `copies log files to ${shown(strange)}, did not`;
  return added.length === 0 ? null : doubt(added.map(({ rule }) => rule));
}

const destinationOf = ({ destinationBucket }: Rule): string => destinationBucket;

/** What an account is called that only applying tells is one that the stack's own providers enter. */
function isStrange(
  { join }: Sides,
  { destinationAccountId: account }: Rule,
  own: Parameters<typeof isTrusted>[2],
): Truth {
  if (account === null || isAnyText(account)) return NOT_TOLD;
  return hasStandIn(account) ? false : not(isTrusted(join, account, own));
}

const NOT_TOLD = unknown("unresolved", { detail: "whose a bucket is" });

/** How many buckets a message names. */
const SHOWN = 3;

const shown = (rules: readonly Rule[]): string =>
  [...new Set(rules.map(destination))].sort().slice(0, SHOWN).join(", ");

const destination = ({ destinationBucket: arn, destinationAccountId: account }: Rule): string =>
  account === null ? withoutMarks(arn) : `${withoutMarks(arn)} of ${withoutMarks(account)}`;

const doubt = (rules: readonly Rule[]) =>
  unknown("unresolved", {
    detail: `whose ${shown(rules)} is, to which log files are newly copied; a rule can name the account of its destination`,
  });
