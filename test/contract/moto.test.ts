import { afterAll, beforeAll, expect, test } from "vitest";
import { startSimulator } from "../../src/simulate/server.ts";
import { clients } from "../simulate/clients.ts";
import { cloudtrailComparisons } from "./cloudtrail-comparisons.ts";
import type { Made } from "./comparison.ts";
import { differences } from "./difference.ts";
import { MOTO_ACCOUNT, seedBareTrail, seeded } from "./moto-seed.ts";
import { startMoto } from "./moto-server.ts";
import { organizationComparisons } from "./organization-comparisons.ts";
import { resourceComparisons } from "./resource-comparisons.ts";
import { wiringComparisons } from "./wiring-comparisons.ts";

type Clients = ReturnType<typeof clients>;
type Region = "us-east-1" | "eu-west-1";
const at: { moto: Record<Region, Clients>; ours: Record<Region, Clients> } = {
  moto: Object(),
  ours: Object(),
};
const made: { all: Made } = { all: { member: "", keys: [] } };

const comparisons = [
  ...organizationComparisons,
  ...cloudtrailComparisons,
  ...resourceComparisons,
  ...wiringComparisons,
];

const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

beforeAll(async () => {
  const moto = await startMoto();
  ends.push(moto.stop);
  const as = (endpoint: string, region: Region) =>
    clients(endpoint, { account: MOTO_ACCOUNT, region });
  at.moto = {
    "us-east-1": as(moto.endpoint, "us-east-1"),
    "eu-west-1": as(moto.endpoint, "eu-west-1"),
  };
  const world = await seeded(at.moto["us-east-1"]);
  await seedBareTrail(at.moto["eu-west-1"]);
  const keys = (world.keys ?? []).map((each) => each.arn);
  made.all = { member: world.accounts[1]?.id ?? "", keys };
  const simulator = await startSimulator(world);
  ends.push(simulator.close);
  at.ours = {
    "us-east-1": as(simulator.endpoint, "us-east-1"),
    "eu-west-1": as(simulator.endpoint, "eu-west-1"),
  };
}, 600_000);

/** The answer, or the error's name, so that both can be compared. */
const outcome = (sent: Promise<object>): Promise<object> =>
  sent.then(
    (answer) => ({ ...answer, $metadata: undefined }),
    (error: unknown) => ({ error: error instanceof Error ? error.name : error }),
  );

test.for(comparisons)(
  "moto and we agree but for what is listed: $name",
  async ({ name: _, region = "us-east-1", call, departures = {} }) => {
    const [moto, ours] = await Promise.all([
      outcome(call(at.moto[region], made.all)),
      outcome(call(at.ours[region], made.all)),
    ]);
    const found = differences(moto, ours);
    const listed = Object.keys(departures);
    const matching = (path: string) => listed.find((each) => path.startsWith(each));
    expect(found.filter(({ path }) => matching(path) === undefined)).toEqual([]);
    const gone = listed.filter((each) => !found.some(({ path }) => matching(path) === each));
    expect(gone, "departures that no longer occur").toEqual([]);
  },
);
