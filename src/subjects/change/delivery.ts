import type { Truth } from "../../snapshot/logic.ts";
import type { NamedPolicy } from "../../snapshot/resources/named-policy.ts";
import type { RoleRecord } from "../../snapshot/resources/role.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { isSameFact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { delivers } from "../access/logs-role.ts";
import type { Sides } from "./fate.ts";
import type { Side } from "./side.ts";

/**
 * Why it is not known whether the role with which a trail writes to its log group still lets it.
 * Where policies are attached that no input holds, nothing but the change shows what they hide: what
 * the others allowed, or one of those that are not at hand, may have been all there was. Null: it
 * lets the trail as before, or the facts of the trail tell.
 */
export function lostDelivery(sides: Sides, was: TrailRecord, now: TrailRecord): Unknown | null {
  const [before, after] = [roleOf(sides.before, was), roleOf(sides.after, now)];
  if (before === null || after === null || isSame(before.role, after.role)) return null;
  const [old, next] = [before.role.policies, after.role.policies];
  if (isUnknown(old) || isUnknown(next)) return null;
  const hidden = old.filter(isHidden);
  if (hidden.length === 0 || delivers(sides.join, after) === false) return null;
  const [could, can] = [before, after].map(({ role, ...rest }) =>
    delivers(sides.join, { ...rest, role: bare(role) }),
  );
  const left = new Set(next.filter(isHidden).map(({ name }) => name));
  const isGone = hidden.some(({ name }) => !left.has(name));
  const isLess = rank(can) < rank(could) || (rank(can) === 0 && isGone);
  const isBound = before.role.boundary === null && after.role.boundary !== null;
  return isLess || isBound ? hides() : null;
}

const hides = () =>
  unknown("not-collected", {
    detail: "whether attached policies let the role write to the log group that others did",
  });

function roleOf({ roles }: Side, trail: TrailRecord) {
  const { logsRoleArn, logGroupArn } = trail;
  if (isUnknown(logsRoleArn) || isUnknown(logGroupArn)) return null;
  if (logsRoleArn === null || logGroupArn === null) return null;
  const role = roles.get(logsRoleArn);
  return role === undefined ? null : { role, trail, groupArn: logGroupArn };
}

const isSame = (one: RoleRecord, other: RoleRecord): boolean =>
  isSameFact([one.policies, one.boundary], [other.policies, other.boundary]);

/** What AWS's own policies allow no input says either. */
const isHidden = ({ name, document }: NamedPolicy): boolean =>
  isUnknown(document) || /^arn:[\w-]+:iam::aws:policy\//.test(name);

/** The role with those policies alone of which it is known what they say. */
function bare(role: RoleRecord): RoleRecord {
  const { policies } = role;
  const known = isUnknown(policies) ? [] : policies.filter((each) => !isHidden(each));
  return { ...role, policies: known, boundary: null };
}

const rank = (can: Truth | undefined): number =>
  can === undefined || can === false ? 0 : isUnknown(can) ? 1 : 2;
