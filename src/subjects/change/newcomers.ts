import { firstFew } from "../../snapshot/first-few.ts";
import type { Truth } from "../../snapshot/logic.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import type { KeyRecord } from "../../snapshot/resources/key.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { causesOf, type Fact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import { bucketAsked } from "../access/bucket-access.ts";
import type { Asked } from "../access/candidates.ts";
import { everybody, type Guest, guests } from "../access/foreigners.ts";
import { keyAsked } from "../access/key-access.ts";
import type { Join } from "../join.ts";
import type { PolicyDocument } from "../policy-document/document.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import type { Sides } from "./fate.ts";
import type { Part } from "./part.ts";
import { LINKS, type Side } from "./side.ts";

/** Whom the bucket's policy lets in after the change and did not before; null: nobody. */
export function bucketNewcomers(sides: Sides, was: BucketRecord, now: BucketRecord): Part["lost"] {
  if (was.policy === now.policy) return null;
  const accounts = accountsOfUsers(sides.before, "bucket", was.name);
  const asked = bucketAsked(sides.join, was, accounts);
  return newcomers(sides.join, asked, {
    was: was.policy,
    now: now.policy,
    resources: bucketAsked(sides.join, now, accounts).resources,
    own: ownOf(was, now),
  });
}

/** Whom the key's policy lets in after the change and did not before; null: nobody. */
export function keyNewcomers(sides: Sides, was: KeyRecord, now: KeyRecord): Part["lost"] {
  if (was.policy === now.policy) return null;
  const asked = keyAsked(sides.join, was, accountsOfUsers(sides.before, "key", was.arn));
  return newcomers(sides.join, asked, {
    was: was.policy,
    now: now.policy,
    resources: [now.arn],
    own: ownOf(was, now),
  });
}

/** The accounts of the trails that used it: one that comes with the change vouches for nobody. */
export const accountsOfUsers = (
  { trails }: Side,
  kind: "bucket" | "key",
  key: string,
): string[] => [
  ...new Set(
    trails.filter(({ record }) => LINKS[kind](record) === key).map((each) => each.record.accountId),
  ),
];

type Policies = {
  was: Fact<string | null>;
  now: Fact<string | null>;
  /** What `now` is about; a resource may get its name by the change. */
  resources: readonly string[];
  /** The resource's own account, where only the change tells which it is. */
  own: string | null;
};

/** A provider that says whose role it takes on does not make the account another. */
function ownOf(was: BucketRecord | KeyRecord, now: BucketRecord | KeyRecord): string | null {
  const [before, after] = [was.accountId, now.accountId];
  if (isUnknown(before) || isUnknown(after)) return null;
  return hasStandIn(before) && !hasStandIn(after) ? after : null;
}

/** Where a policy cannot be read it is for the facts that follow from it to say so. */
function newcomers(join: Join, asked: Asked, { was, now, resources, own }: Policies): Part["lost"] {
  const [before, after] = [
    guestsOf(join, asked, was),
    guestsOf(join, { ...asked, resources }, now),
  ];
  if (before === null || after === null) return null;
  const named = [...after.named.values()]
    .filter((guest) => guest.name !== own)
    .map((guest) => ({ guest, actions: widened(before.named.get(guest.name), guest) }));
  const { everybody: all } = after;
  const news = [{ guest: all, actions: widened(before.everybody, all) }, ...named].filter(
    ({ actions }) => actions.length > 0,
  );
  const strange = news.filter(({ guest }) => isStrange(guest)).map(shown);
  if (strange.length > 0) return `lets ${strange.sort().join(" and ")}, did not`;
  const [doubtful] = news.map(shown).sort();
  return doubtful === undefined
    ? null
    : unknown("unresolved", {
        detail: `whether it is an account of ours that the policy newly lets in: ${doubtful}`,
      });
}

const NOBODY: PolicyDocument = { statements: [] };

function guestsOf(join: Join, asked: Asked, policy: Fact<string | null>) {
  if (isUnknown(policy)) return null;
  const document = policy === null ? NOBODY : parsePolicyDocument(policy);
  if (isUnknown(document)) return null;
  return { named: guests(join, document, asked), everybody: everybody(document, asked) };
}

/** What somebody may do, or may perhaps do, and could do less before. */
const widened = (before: Guest | undefined, { may }: Guest): string[] =>
  [...may]
    .filter(([action, isAllowed]) => rank(isAllowed) > rank(before?.may.get(action) ?? false))
    .map(([action]) => action);

const rank = (isAllowed: Truth): number => (isUnknown(isAllowed) ? 1 : isAllowed ? 2 : 0);

/** Whether nothing but the organization's list, which is not at hand, could make it one of ours. */
export const isSurelyOutside = (isForeign: Truth): boolean =>
  isUnknown(isForeign)
    ? causesOf(isForeign).every(({ reason }) => reason === "outside-scope")
    : isForeign;

/** Everybody, or an account that is neither the resource's own nor named; a list of the organization might have it. */
function isStrange({ name, isForeign, may }: Guest): boolean {
  return (
    isSurelyOutside(isForeign) &&
    /^(\d{12}|everybody)$/.test(name) &&
    [...may.values()].some((each) => each === true)
  );
}

/** How many actions a message names. */
const SHOWN = 3;

function shown({ guest, actions }: { guest: Guest; actions: readonly string[] }): string {
  return `${guest.name} do ${firstFew(actions, SHOWN)}`;
}
