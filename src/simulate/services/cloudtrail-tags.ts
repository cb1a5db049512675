import { type Answer, Refusal, type Request } from "../answers.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { findResource } from "./cloudtrail-lake.ts";
import { knownTrail } from "./known-trail.ts";

const MOST_RESOURCES = 20;

/** Tags are told only to the account in the ARN, even of an organization trail, and only in its region. */
export function listTags(request: Request, world: IndexedWorld): Answer {
  const { input } = request;
  const arns = Array.isArray(input.ResourceIdList) ? input.ResourceIdList.map(String) : [];
  if (arns.length > MOST_RESOURCES) {
    throw new Refusal("InvalidParameterException", "More than 20 resources were asked for.");
  }
  const ResourceTagList = arns.map((arn) => {
    const TagsList = Object.entries(tagsOf(arn, request, world)).map(([Key, Value]) => ({
      Key,
      Value,
    }));
    return { ResourceId: arn, TagsList };
  });
  return { body: { ResourceTagList } };
}

function tagsOf(arn: string, request: Request, world: IndexedWorld): Record<string, string> {
  const { caller, region } = request;
  const [, , , arnRegion, owner, resource = ""] = arn.split(":");
  if (owner !== caller.accountId) {
    const says = `AccountID in ARN is wrong, you can only access resources with AccountID ${caller.accountId}`;
    throw new Refusal("CloudTrailARNInvalidException", says);
  }
  const isTrail = resource.startsWith("trail/");
  if (isTrail && arnRegion === region) return knownTrail(request, world, arn).tags ?? {};
  const found = isTrail ? undefined : findResource(arn, request, world);
  if (found !== undefined) return found.tags ?? {};
  throw new Refusal("ResourceNotFoundException", `The resource ${arn} is not in ${region}.`);
}
