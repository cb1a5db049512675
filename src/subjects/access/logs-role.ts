import { all, and, any, not, type Truth } from "../../snapshot/logic.ts";
import type { RoleRecord } from "../../snapshot/resources/role.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import { type Join, withoutStar } from "../join.ts";
import { ANY } from "../policy-document/glob.ts";
import { allows, judge } from "../policy-document/judge.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import { open, type PolicyRequest } from "../policy-document/request.ts";
import type { Trail } from "../schema/trail.ts";
import { CLOUDTRAIL, forTrail } from "./service-context.ts";
import { organizationId } from "./trust.ts";

type RoleFacts = Pick<
  Exclude<Extract<Trail["logGroup"], { arn: string }>, null>,
  "roleExists" | "roleCanDeliver"
>;

/** Whether the role with which CloudTrail writes to a log group is there, and whether it is able to. */
export function logsRole(join: Join, trail: TrailRecord, groupArn: string): RoleFacts {
  const arn = trail.logsRoleArn;
  if (isUnknown(arn)) return { roleExists: arn, roleCanDeliver: arn };
  if (arn === null) return { roleExists: false, roleCanDeliver: false };
  const role = join.roles.get(arn);
  if (role === undefined) {
    const marker = unknown("not-collected", { action: "iam:GetRole", detail: arn });
    return { roleExists: marker, roleCanDeliver: marker };
  }
  return {
    roleExists: role.exists,
    roleCanDeliver: and(role.exists, delivers(join, { role, trail, groupArn })),
  };
}

/** Whether CloudTrail gets the role, and with it to the log group. */
export const delivers = (join: Join, wiring: Wiring): Truth =>
  and(isAssumable(wiring.role, wiring.trail), writes(join, wiring));

function isAssumable({ arn, trustPolicy }: RoleRecord, trail: TrailRecord): Truth {
  return mapFact(trustPolicy, (text) =>
    mapFact(parsePolicyDocument(text), (document) =>
      allows(document, {
        action: "sts:AssumeRole",
        resource: arn,
        principal: CLOUDTRAIL,
        context: forTrail(trail),
      }),
    ),
  );
}

type Wiring = { role: RoleRecord; trail: TrailRecord; groupArn: string };

function writes(join: Join, { role, trail, groupArn }: Wiring): Truth {
  return all(["logs:CreateLogStream", "logs:PutLogEvents"], (action) =>
    all(streams(join, trail), (stream) =>
      mapFact(stream, (name) => {
        const resource = `${withoutStar(groupArn)}:log-stream:${name}`;
        const principal = { kind: "arn", arn: role.arn } as const;
        return isAllowed(role, { action, resource, principal, context: open });
      }),
    ),
  );
}

/** The beginnings of the streams' names; an organization trail writes streams of both kinds. */
function streams(join: Join, trail: TrailRecord): Fact<string>[] {
  const own = `${trail.accountId}_CloudTrail_${trail.homeRegion}${ANY}`;
  const shared = mapFact(organizationId(join), (id) => `${id}_${ANY}`);
  const isShared = trail.isOrganizationTrail;
  if (isUnknown(isShared)) return [own, isShared];
  return isShared ? [own, shared] : [own];
}

/** Allowed by a policy, denied by none, and within the boundary, if there is one. */
function isAllowed({ policies, boundary }: RoleRecord, request: PolicyRequest): Truth {
  const judged = mapFact(policies, (all) =>
    allowedBy(
      all.map(({ document }) => document),
      request,
    ),
  );
  const within = mapFact(boundary, (text) => text === null || allowedBy([text], request));
  return and(judged, within);
}

function allowedBy(texts: readonly Fact<string>[], request: PolicyRequest): Truth {
  const documents = texts.map((text) => mapFact(text, parsePolicyDocument));
  const isDenied = any(documents, (document) => judge(document, request).denied.ever);
  const isAllowed = any(documents, (document) => judge(document, request).allowed.always);
  return and(isAllowed, not(isDenied));
}
