import type { Answer, Request } from "../answers.ts";
import { type IndexedWorld, isOptIn, regionsOf } from "../indexed-world.ts";
import { ec2Query } from "../protocols/query.ts";
import type { RegionState } from "../schema/organization.ts";
import type { Service } from "./service.ts";

export const ec2: Service = {
  name: "ec2",
  protocol: ec2Query,
  resourceParameters: [],
  operations: { DescribeRegions: describeRegions },
};

/** Without AllRegions only the regions that the account can use are listed. */
function describeRegions({ input, caller }: Request, world: IndexedWorld): Answer {
  const all = input.AllRegions === "true";
  const item = regionsOf(world, caller.accountId)
    .filter(([, state]) => all || isOptedIn(state))
    .map(([regionName, state]) => ({
      regionName,
      regionEndpoint: `ec2.${regionName}.amazonaws.com`,
      optInStatus: isOptIn(world, regionName) ? optInStatus(state) : "opt-in-not-required",
    }));
  return { body: { regionInfo: { item } } };
}

const isOptedIn = (state: RegionState): boolean => state !== "DISABLED" && state !== "ENABLING";

const optInStatus = (state: RegionState): string =>
  isOptedIn(state) ? "opted-in" : "not-opted-in";
