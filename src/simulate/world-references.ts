import type { Path, World } from "./world.ts";

type Mistake = { path: Path; says: string };

/** The first thing in a world that no schema can refuse: a reference to nothing, or a double. */
export function mistakeIn(world: World): Mistake | undefined {
  return clock(world) ?? doubles(world) ?? management(world) ?? owners(world) ?? homeRegions(world);
}

function clock({ now }: World): Mistake | undefined {
  if (!Number.isNaN(Date.parse(now))) return undefined;
  return { path: ["now"], says: `now: ${now} is not a time` };
}

function doubles(world: World): Mistake | undefined {
  const { accounts, buckets = [], keys = [], topics = [], trails = [] } = world;
  const lists: [string, string[]][] = [
    ["accounts", accounts.map((each) => each.id)],
    ["buckets", buckets.map((each) => each.name)],
    ["keys", keys.map((each) => each.arn)],
    ["topics", topics.map((each) => each.arn)],
    ["trails", trails.map((each) => `${each.account}/${each.homeRegion}/${each.name}`)],
  ];
  for (const [list, names] of lists) {
    const seen = new Set<string>();
    for (const [index, name] of names.entries()) {
      if (seen.has(name)) return { path: [list, index], says: `${list}: ${name} is there twice` };
      seen.add(name);
    }
  }
  return undefined;
}

function management({ organization, accounts }: World): Mistake | undefined {
  const id = organization?.managementAccount;
  if (id === undefined || accounts.some((each) => each.id === id && each.outside !== true)) {
    return undefined;
  }
  const path = ["organization", "managementAccount"];
  return { path, says: `the management account ${id} is not among the accounts` };
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
