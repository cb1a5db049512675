import { directoryOf, targetId } from "./directory.ts";
import type { Path, World } from "./world.ts";

type Mistake = { path: Path; says: string };

/** The first thing in a world that no schema can refuse: a reference to nothing, or a double. */
export function mistakeIn(world: World): Mistake | undefined {
  return (
    clock(world) ??
    doubles(world) ??
    management(world) ??
    owners(world) ??
    homeRegions(world) ??
    policies(world) ??
    attachments(world) ??
    alarmsOnNothing(world)
  );
}

function clock({ now }: World): Mistake | undefined {
  if (!Number.isNaN(Date.parse(now))) return undefined;
  return { path: ["now"], says: `now: ${now} is not a time` };
}

type Placed = { name: string; account: string; region: string };

const placed = ({ account, region, name }: Placed): string => `${account}/${region}/${name}`;

/** What each list's members are known by: two of the same name would hide one another. */
function namesIn(world: World): [string, string[]][] {
  return [
    ["accounts", world.accounts.map((each) => each.id)],
    ["buckets", (world.buckets ?? []).map((each) => each.name)],
    ["keys", (world.keys ?? []).map((each) => each.arn)],
    ["topics", (world.topics ?? []).map((each) => each.arn)],
    [
      "trails",
      (world.trails ?? []).map((each) => `${each.account}/${each.homeRegion}/${each.name}`),
    ],
    ["compositeAlarms", (world.compositeAlarms ?? []).map(placed)],
    ["logResourcePolicies", (world.logResourcePolicies ?? []).map(placed)],
    ["eventDataStores", (world.eventDataStores ?? []).map(placed)],
    ["channels", (world.channels ?? []).map(placed)],
    ["eventRules", (world.eventRules ?? []).map((each) => `${placed(each)}/${each.eventBus}`)],
    ["identities", (world.identities ?? []).map((each) => each.arn)],
    ["managedPolicies", (world.managedPolicies ?? []).map((each) => each.arn)],
  ];
}

function doubles(world: World): Mistake | undefined {
  for (const [list, names] of namesIn(world)) {
    const seen = new Set<string>();
    for (const [index, name] of names.entries()) {
      if (seen.has(name)) return { path: [list, index], says: `${list}: ${name} is there twice` };
      seen.add(name);
    }
  }
  return undefined;
}

/** A managed policy that somebody has exists: IAM deletes none that is attached. */
function attachments({ identities = [], managedPolicies = [] }: World): Mistake | undefined {
  const known = new Set(managedPolicies.map((each) => each.arn));
  for (const [index, { arn, attachedPolicies = [], permissionsBoundary }] of identities.entries()) {
    const missing = [...attachedPolicies, permissionsBoundary ?? []]
      .flat()
      .find((each) => !known.has(each));
    if (missing === undefined) continue;
    const says = `${arn}: its policy ${missing} is not among the managedPolicies`;
    return { path: ["identities", index], says };
  }
  return undefined;
}

/** An alarm looks at one metric or at maths over several; each member of the maths at either. */
function alarmsOnNothing({ alarms = [] }: World): Mistake | undefined {
  const isMetric = (each: { metricName?: string; namespace?: string }) =>
    each.metricName !== undefined && each.namespace !== undefined;
  const index = alarms.findIndex(({ metrics, ...alarm }) =>
    metrics === undefined
      ? !isMetric(alarm)
      : !metrics.every((each) => isMetric(each) !== (each.expression !== undefined)),
  );
  const alarm = alarms[index];
  if (alarm === undefined) return undefined;
  const says = `alarm ${alarm.name}: say metricName and namespace, or metrics that each have both or an expression`;
  return { path: ["alarms", index], says };
}

function management({ organization, accounts }: World): Mistake | undefined {
  const id = organization?.managementAccount;
  if (id === undefined || accounts.some((each) => each.id === id && each.outside !== true)) {
    return undefined;
  }
  const path = ["organization", "managementAccount"];
  return { path, says: `the management account ${id} is not among the accounts` };
}

/** A policy is attached to what there is; and two policies of one id would hide one another. */
function policies(world: World): Mistake | undefined {
  const tree = directoryOf(world);
  if (tree === undefined) return undefined;
  const members = tree.members.map((each) => each.id);
  const known = new Set([tree.rootId, ...tree.units.keys(), ...members]);
  const names = new Set<string>();
  for (const [index, policy] of (world.organization?.serviceControlPolicies ?? []).entries()) {
    const path = ["organization", "serviceControlPolicies", index];
    const missing = policy.targets.find((each) => !known.has(targetId(each)));
    if (missing !== undefined) {
      return { path, says: `policy ${policy.name}: there is no ${missing} in the organization` };
    }
    const name = policy.id ?? policy.name;
    if (names.has(name)) return { path, says: `serviceControlPolicies: ${name} is there twice` };
    names.add(name);
  }
  return undefined;
}

function owners({ accounts, trails = [] }: World): Mistake | undefined {
  const known = new Set(accounts.map((each) => each.id));
  const index = trails.findIndex((trail) => !known.has(trail.account));
  const trail = trails[index];
  if (trail === undefined) return undefined;
  const says = `trail ${trail.name}: its account ${trail.account} is not among the accounts`;
  return { path: ["trails", index, "account"], says };
}

function homeRegions({ regions, trails = [] }: World): Mistake | undefined {
  const index = trails.findIndex((trail) => !Object.hasOwn(regions, trail.homeRegion));
  const trail = trails[index];
  if (trail === undefined) return undefined;
  const says = `trail ${trail.name}: its home region ${trail.homeRegion} is not among the regions`;
  return { path: ["trails", index, "homeRegion"], says };
}
