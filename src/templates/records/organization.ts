import { or, type Truth } from "../../snapshot/logic.ts";
import type { PlannedOrganization } from "../../snapshot/planned-guards.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import { type Places, provenance } from "./places.ts";
import { given, list } from "./read.ts";
import { arnOf } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import { ofKinds, type Planned, type World } from "./world.ts";

/** The organizations that the inputs describe, and CloudTrail's access to one where it stands by itself. */
export function organizations(world: World, places: Places): PlannedOrganization[] {
  const all = ofKinds(world, "organization", "serviceAccess");
  return all.map((planned) => ({
    type: "organization",
    arn: arnOf(world, planned),
    planned: { stack: planned.stack, address: planned.resource.address },
    name: nameOf(world, planned),
    accountId: planned.account,
    // Organizations is asked in one place for all regions.
    region: "",
    switches:
      planned.kind === "organization" ? switchesOf(world, planned) : ofAccess(world, planned),
    ...provenance(places, [
      ["", planned, [""]],
      ["/switches/allFeatures", planned, ["feature_set", "FeatureSet"]],
      ["/switches/controlPolicies", planned, ["enabled_policy_types"]],
      ["/switches/trustedAccess", planned, ["aws_service_access_principals"]],
    ]),
  }));
}

function switchesOf(world: World, planned: Planned): PlannedOrganization["switches"] {
  const { resource, values } = planned;
  const features = textIn(world, planned, given(values, "feature_set", "FeatureSet"));
  const allFeatures = mapFact(features, (text) => text === null || matches(text, /^ALL$/));
  // CloudFormation has no word on the other two.
  if (resource.dialect !== "terraform") return { allFeatures };
  const has = (name: string, isIt: RegExp) => holds(world, planned, { name, isIt });
  return {
    allFeatures,
    controlPolicies: has("enabled_policy_types", /^SERVICE_CONTROL_POLICY$/),
    trustedAccess: has("aws_service_access_principals", CLOUDTRAIL),
  };
}

const CLOUDTRAIL = /^cloudtrail\.amazonaws\.com$/;

function ofAccess(world: World, planned: Planned): PlannedOrganization["switches"] {
  const service = textIn(world, planned, given(planned.values, "service_principal"));
  const trustedAccess = mapFact(service, (text) => matches(text, CLOUDTRAIL));
  return trustedAccess === false ? {} : { trustedAccess };
}

type Listed = { name: string; isIt: RegExp };

/** Whether a list has such a text; one with a part that is not known may have it. */
function holds(world: World, planned: Planned, { name, isIt }: Listed): Truth {
  const items = list(planned.values, name);
  if (isUnknown(items)) return items;
  return or(
    ...items.map((each) => mapFact(textIn(world, planned, each), (text) => matches(text, isIt))),
  );
}

function matches(text: string | null, isIt: RegExp): Truth {
  if (text === null) return false;
  return hasStandIn(text) ? unknown("unresolved", { detail: "a text of a list" }) : isIt.test(text);
}
