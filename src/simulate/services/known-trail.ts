import { Refusal, type Request } from "../answers.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { knownTrails, trailArn } from "../replicas.ts";
import type { Trail } from "../schema/trails.ts";

/** The trail of a name (at home in this region) or an ARN (from anywhere its owner or a member sees it). */
export function knownTrail(request: Request, world: IndexedWorld, name: string | undefined): Trail {
  const { caller, region } = request;
  const isArn = name?.startsWith("arn:") === true;
  if (isArn && !/^arn:[a-z-]+:cloudtrail:[a-z0-9-]+:\d{12}:trail\/.+$/.test(name)) {
    throw new Refusal("CloudTrailARNInvalidException", `Invalid ARN: ${name}`);
  }
  const found = knownTrails(world, caller.accountId).find((trail) =>
    isArn
      ? trailArn(world, trail) === name
      : trail.name === name && trail.homeRegion === region && trail.account === caller.accountId,
  );
  if (found === undefined) throw unknownTrail(request, world, name ?? "");
  return found;
}

/** The refusal of a trail that does not exist, or that the caller does not see. */
export function unknownTrail(
  { caller, region }: Request,
  { partition }: IndexedWorld,
  name: string,
) {
  const { accountId } = caller;
  const arn = name.startsWith("arn:")
    ? name
    : `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${name}`;
  const says = `Unknown trail: ${arn} for the user: ${accountId}`;
  return new Refusal("TrailNotFoundException", says);
}
