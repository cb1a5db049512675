import type { SnapshotRecord } from "../../snapshot/records.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { hasStandIn, mayBeSame } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import { CLOUDTRAIL } from "../access/service-context.ts";
import { subjectId } from "../naming.ts";
import { isPositive } from "../policy-document/condition.ts";
import type { PolicyDocument, Statement } from "../policy-document/document.ts";
import { ANY, globExtent } from "../policy-document/glob.ts";
import { allowsAny } from "../policy-document/judge.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import { known, type PolicyRequest } from "../policy-document/request.ts";
import type { Sides } from "./fate.ts";
import { accountsOfUsers } from "./newcomers.ts";
import type { Part } from "./part.ts";
import { linkKey, type ThingRecord } from "./side.ts";

/** What CloudTrail asks for where trails deliver. */
const ACTIONS = { bucket: "s3:PutObject", key: "kms:GenerateDataKey" } as const;

/** Of more ways to be let in the rest is not looked at: a policy has 20 kilobytes. */
const MOST_WAYS = 300;

/**
 * Whether the policy of a bucket or a key names CloudTrail and lets it deliver: then trails use it,
 * although no plan that was given holds them.
 */
export const letsCloudTrailIn = (record: ThingRecord): boolean => waysIn(record).length > 0;

/** Where in a bucket its policy lets CloudTrail write: keys up to the first wildcard. */
export function foldersLetIn(bucket: BucketRecord): string[] {
  const keys = waysIn(bucket).map(({ request: { resource } }) => resource.split("/").slice(1));
  return [...new Set(keys.map((parts) => parts.join("/").split(ANY, 1)[0] ?? ""))];
}

/** The ids of planned buckets and keys whose policy lets CloudTrail in. */
export function lettingIn(records: Iterable<SnapshotRecord>): Set<string> {
  const ids = new Set<string>();
  for (const record of records) {
    if (record.kind !== "resource" || record.planned === undefined) continue;
    const isOne = record.type === "bucket" || record.type === "key";
    if (isOne && letsCloudTrailIn(record)) ids.add(subjectId(record));
  }
  return ids;
}

/**
 * For which trails a policy let CloudTrail in before the change and does not after it; null: for none.
 * Where a plan holds a trail that uses it, that trail is asked instead; what a snapshot shows to be no
 * trail any more misses nothing.
 */
export function shutOut(sides: Sides, was: ThingRecord, now: ThingRecord): Part["lost"] {
  const { before } = sides;
  if (!isAsked(was) || !isAsked(now) || was.policy === now.policy) return null;
  if (accountsOfUsers(before, was.type, linkKey(was)).length > 0) return null;
  const document = documentOf(now.policy);
  if (document === null) return isLost(was, now.policy);
  const shut = waysIn(was).find(
    ({ request, trail }) => !isGone(sides, trail) && allowsAny(document, request) === false,
  );
  if (shut === undefined) return null;
  const lost = `let CloudTrail do ${ACTIONS[was.type]}${shut.whose}, does not`;
  return shut.trail === null ? lost : `${lost} (a snapshot without that trail, --live, clears it)`;
}

/** Whether the trail of an ARN is surely none, neither planned nor live. */
function isGone({ after, fates }: Sides, arn: string | null): boolean {
  if (arn === null || fates.hasNoLiveTrail?.(arn) !== true) return false;
  return !after.trails.some(
    ({ record }) => record.arn === arn || (hasStandIn(record.arn) && mayBeSame(record.arn, arn)),
  );
}

/** A policy that cannot be read says nothing; without one nobody is let in. */
function isLost(was: Asked, policy: Fact<string | null>): Part["lost"] {
  if (!letsCloudTrailIn(was)) return null;
  if (isUnknown(policy)) return policy;
  return policy === null ? `let CloudTrail do ${ACTIONS[was.type]}, does not` : unreadable();
}

const unreadable = () => unknown("unsupported", { detail: "what the policy says" });

type Asked = Extract<ThingRecord, { type: "bucket" | "key" }>;

const isAsked = (record: ThingRecord): record is Asked =>
  record.type === "bucket" || record.type === "key";

/** One way in which a statement lets CloudTrail in, and for whom, where it says so. */
type Way = {
  request: PolicyRequest;
  whose: string;
  /** The ARN of the one trail that it is for; null: it may be for others. */
  trail: string | null;
};

function waysIn(record: ThingRecord): Way[] {
  if (!isAsked(record)) return [];
  const document = documentOf(record.policy);
  if (document === null) return [];
  return document.statements
    .filter((each) => isForCloudTrail(each, ACTIONS[record.type]))
    .flatMap((each) => waysOf(each, record))
    .slice(0, MOST_WAYS)
    .filter(({ request }) => allowsAny(document, request) !== false);
}

function documentOf(policy: Fact<string | null>): PolicyDocument | null {
  if (isUnknown(policy) || policy === null) return null;
  const document = parsePolicyDocument(policy);
  return isUnknown(document) ? null : document;
}

/** It has to be named: what is open to everybody is open to CloudTrail too, and says nothing of trails. */
function isForCloudTrail({ effect, actions, principals }: Statement, action: string): boolean {
  if (effect !== "Allow" || actions.not || principals === null || principals.not) return false;
  const isNamed = principals.values.some(
    ({ type, value }) => type === "Service" && NAMES.includes(value),
  );
  return (
    isNamed && actions.values.some((each) => globExtent(each, action.toLowerCase()).ever !== false)
  );
}

const NAMES = [CLOUDTRAIL.name, `${CLOUDTRAIL.name}.cn`];

/** What tells trails apart, the first that a statement has. */
const WHOSE = ["aws:sourcearn", "aws:sourceaccount"];

/** The requests that the statement was written for: each resource, for each trail that it names. */
function waysOf(statement: Statement, record: Asked): Way[] {
  const named = new Map(
    statement.conditions
      .filter(isPositive)
      .map(({ key, values }): [string, string[]] => [key, values.map(free)]),
  );
  const key = WHOSE.find((each) => named.has(each));
  const trails = key === undefined ? [] : (named.get(key) ?? []);
  const found: Way[] = [];
  for (const resource of resourcesOf(statement, record)) {
    for (const trail of trails.length === 0 ? [null] : trails) {
      if (found.length >= MOST_WAYS) return found;
      const values = {
        ...Object.fromEntries(named),
        ...(trail === null ? {} : { [`${key}`]: [trail] }),
      };
      found.push({
        request: {
          action: ACTIONS[record.type],
          resource,
          principal: CLOUDTRAIL,
          context: known({ "aws:SecureTransport": ["true"], ...values }),
        },
        trail: key === WHOSE[0] && trail !== null && isWhole(trail) ? trail : null,
        whose: trail === null ? "" : ` for ${trail.replaceAll(ANY, "*").slice(0, 200)}`,
      });
    }
  }
  return found;
}

/** Whether it stands for no other text. */
const isWhole = (text: string): boolean => !text.includes(ANY) && !hasStandIn(text);

/** A policy of a key is about that key, however it calls it. */
function resourcesOf({ resources }: Statement, record: Asked): string[] {
  if (record.type === "key" || resources === null || resources.not) {
    return [record.type === "key" ? record.arn : `${record.arn}/${ANY}`];
  }
  const objects = resources.values.filter((each) => each.includes("/") || each.includes("*"));
  return objects.map(free);
}

/** Any of what a pattern matches. */
const free = (pattern: string): string => pattern.replaceAll(/[*?]/g, ANY);
