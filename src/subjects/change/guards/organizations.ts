import { and, not, or, type Truth } from "../../../snapshot/logic.ts";
import { observationOf } from "../../../snapshot/observation.ts";
import type { OrganizationSwitch, PlannedOrganization } from "../../../snapshot/planned-guards.ts";
import { isSameFact, isUnknown, type Unknown } from "../../../snapshot/unknown.ts";
import { subjectId } from "../../naming.ts";
import { type Become, becomeOf, type Sides } from "../fate.ts";
import { isOneStack } from "../part.ts";
import type { Thing } from "../side.ts";
import { isGone, type Loss } from "../subject.ts";
import { textsOf } from "../trails.ts";
import { guardLoss } from "./loss.ts";

const WHATS = {
  allFeatures: "all features of the organization",
  controlPolicies: "service control policies of the organization",
  trustedAccess: "CloudTrail's access to the organization",
} as const satisfies { [K in OrganizationSwitch]: string };

const SWITCHES = ["allFeatures", "controlPolicies", "trustedAccess"] as const;

/** What of the organization is turned off on which trails and their guards hang. */
export function lossesOfOrganizations(sides: Sides): Loss[] {
  return [...sides.before.things.values()].flatMap((thing) =>
    thing.record.type === "organization" ? lossesOf(sides, thing, thing.record) : [],
  );
}

function lossesOf(sides: Sides, thing: Thing, was: PlannedOrganization): Loss[] {
  if (SWITCHES.every((each) => (was.switches[each] ?? false) === false)) return [];
  const become = becomeOf(sides, thing);
  const now = become.now?.record.type === "organization" ? become.now.record : null;
  const lost = SWITCHES.flatMap((each) => {
    const text = lostSwitch({ sides, become, was, now }, each);
    return text === null ? [] : [{ at: `/switches/${each}`, text }];
  });
  const first = lost[0];
  const told = now === null || first === undefined ? null : observationOf(now, first.at);
  return [guardLoss(thing, become, { lost: textsOf(lost), told: told?.requestId ?? null })];
}

type Was = {
  sides: Sides;
  become: Become;
  was: PlannedOrganization;
  now: PlannedOrganization | null;
};

function lostSwitch(
  { sides, become: { fate }, was, now }: Was,
  each: OrganizationSwitch,
): string | Unknown | null {
  const before = was.switches[each] ?? false;
  if (before === false || fate === "forgotten") return null;
  if (isUnknown(fate)) return fate;
  const after = isGone(fate) ? false : (now?.switches[each] ?? false);
  if (isSameFact(before, after)) return null;
  const isLost = and(before, not(after), not(isOnElsewhere(sides, was, each)));
  if (isUnknown(isLost)) return isLost;
  const how = isGone(fate) ? `is deleted` : "is off";
  return isLost ? `${WHATS[each]}: was on, ${how}` : null;
}

/** Whether another resource of the stack has it on: CloudTrail's access can stand by itself. */
function isOnElsewhere(
  { after }: Sides,
  was: PlannedOrganization,
  each: OrganizationSwitch,
): Truth {
  const own = subjectId(was);
  const others = after.guards.organizations
    .map((other) => ({ id: subjectId(other), isOn: other.switches[each] ?? false }))
    .filter(({ id }) => id !== own && isOneStack(id, own));
  return or(...others.map(({ id, isOn }) => and(isOn, after.presenceOf(id))));
}
