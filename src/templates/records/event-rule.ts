import { and, type Truth } from "../../snapshot/logic.ts";
import type { PlannedEventRule } from "../../snapshot/planned-guards.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import { type Companions, companionsOf } from "./companions.ts";
import { type Places, provenance } from "./places.ts";
import { flag, given, isAbsent, list } from "./read.ts";
import { arnOf } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import { ofKinds, type Planned, type World } from "./world.ts";
import { writtenDocument } from "./written.ts";

/** The EventBridge rules that the inputs describe, but for those that only follow a schedule. */
export function eventRules(world: World, places: Places): PlannedEventRule[] {
  return ofKinds(world, "eventRule").flatMap((each) => {
    const pattern = given(each.values, "event_pattern", "EventPattern");
    return isAbsent(pattern) || pattern === "" ? [] : [ruleOf(world, each, places)];
  });
}

function ruleOf(world: World, planned: Planned, places: Places): PlannedEventRule {
  const { values, account, region, stack, resource } = planned;
  const bus = textIn(world, planned, given(values, "event_bus_name", "EventBusName"));
  return {
    type: "event-rule",
    arn: arnOf(world, planned),
    planned: { stack, address: resource.address },
    name: nameOf(world, planned),
    accountId: account,
    region,
    enabled: isEnabled(world, planned),
    pattern: writtenDocument(world, planned, given(values, "event_pattern", "EventPattern")),
    bus: mapFact(bus, (name) => (name === "default" ? null : name)),
    targets: targetsOf(world, planned),
    ...provenance(places, [
      ["", planned, [""]],
      ["/pattern", planned, ["event_pattern", "EventPattern"]],
      ["/enabled", planned, ["state", "State", "is_enabled"]],
      ["/targets", planned, ["Targets"]],
    ]),
  };
}

/** Terraform has two arguments, each of which says that it is enabled where the other says it is not. */
function isEnabled(world: World, planned: Planned): Truth {
  const state = textIn(world, planned, given(planned.values, "state", "State"));
  return and(
    mapFact<string | null, boolean>(state, (text) => {
      if (text === null || STATES.on.includes(text)) return true;
      return text === STATES.off ? false : unknown("unsupported", { detail: "its state" });
    }),
    flag(planned.values, ["is_enabled"], true),
  );
}

const STATES = {
  on: ["ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
  off: "DISABLED",
};

function targetsOf(world: World, planned: Planned): Fact<readonly string[]> {
  const own = list(planned.values, "Targets");
  if (isUnknown(own)) return own;
  const { found, open } = targetsBeside(world, planned);
  if (found.length + own.length === 0 && open !== null) return open;
  return [...own.map(() => planned.id), ...found.map(({ id }) => id)];
}

/** The resources that are targets of a rule. */
export function targetsBeside(world: World, planned: Planned): Companions {
  const names = [nameOf(world, planned)];
  const wanted = { kinds: ["eventTarget"], by: ["rule"], names } as const;
  const around = companionsOf(world, planned, wanted);
  return { ...around, found: around.found.filter((each) => isBeside(planned, each)) };
}

/** Rules of one name can be in several places; the ARN of a target is not its own. */
function isBeside({ resource: one }: Planned, { resource: other }: Planned): boolean {
  return [
    [one.accountId, other.accountId],
    [one.region, other.region],
  ].every(([a, b]) => isUnknown(a) || isUnknown(b) || a === b);
}
