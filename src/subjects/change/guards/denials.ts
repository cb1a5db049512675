import { isUnknown, type Unknown, unknown } from "../../../snapshot/unknown.ts";
import { TAMPERING, type Tampering } from "../../guard/trail-guard.ts";
import { denies } from "../../policy-document/denies.ts";
import type { PolicyDocument, Statement } from "../../policy-document/document.ts";
import { globExtent } from "../../policy-document/glob.ts";
import { statementExtent } from "../../policy-document/judge.ts";
import { open, type PolicyRequest, STRANGE_ACCOUNT } from "../../policy-document/request.ts";
import { ALL_TRAILS, type TrailSet, trailsOf } from "./trail-sets.ts";

/** A call that a statement denies on some trails. */
export type Denial = { action: Tampering; statement: Statement; trails: TrailSet };

/** No policy that Organizations takes has room for more. */
const MOST_DENIALS = 200;

/**
 * What a document denies of tampering with trails, but for single principals. What denies all calls
 * only in some regions, or only to the root user, is about something else unless it names CloudTrail.
 */
export function denialsOf({ statements }: PolicyDocument): Denial[] | Unknown {
  const found: Denial[] = [];
  for (const statement of statements) {
    if (statement.effect !== "Deny") continue;
    const sets = setsOf(statement);
    for (const action of sets.length === 0
      ? []
      : TAMPERING.filter((each) => guards(statement, each))) {
      found.push(...sets.map((trails) => ({ action, statement, trails })));
    }
    if (found.length > MOST_DENIALS) return unknown("unsupported", { detail: "so long a policy" });
  }
  return found;
}

function setsOf({ resources }: Statement): TrailSet[] {
  if (resources === null) return [];
  if (resources.not) return [ALL_TRAILS];
  return resources.values.flatMap((pattern) => trailsOf(pattern) ?? []);
}

/** Anybody's call on trails of a pattern, whatever else it is like. */
export const requestOf = (action: Tampering, resource: string): PolicyRequest => ({
  action: `cloudtrail:${action}`,
  resource,
  principal: { kind: "account", id: STRANGE_ACCOUNT, partition: resource.split(":")[1] ?? "" },
  context: open,
});

function guards(statement: Statement, action: Tampering): boolean {
  const anywhere = { ...statement, resources: null };
  const request = requestOf(action, ALL_TRAILS.resource);
  if (statementExtent(anywhere, request, []).ever === false) return false;
  if (namesIt(statement, request.action.toLowerCase())) return true;
  const { denied } = denies({ statements: [anywhere] }, request);
  return denied === true || (isUnknown(denied) && statement.conditions.length === 0);
}

const namesIt = ({ actions: { not, values } }: Statement, action: string): boolean =>
  !not &&
  values.some((each) => each.startsWith("cloudtrail:") && globExtent(each, action).ever !== false);
