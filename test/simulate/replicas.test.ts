import { expect, test } from "vitest";
import { indexed } from "../../src/simulate/indexed-world.ts";
import { isPresent, knownTrails, statusAt } from "../../src/simulate/replicas.ts";
import type { Trail } from "../../src/simulate/schema/trails.ts";
import type { World } from "../../src/simulate/world.ts";

const OWNER = "111111111111";
const MEMBER = "222222222222";
const STRANGER = "999999999999";

const trail = (differs: Partial<Trail> = {}): Trail => ({
  name: "t",
  account: OWNER,
  homeRegion: "us-east-1",
  isOrganizationTrail: true,
  ...differs,
});

const world = (differs: Partial<World> = {}): World => ({
  now: "2026-11-01T06:00:00Z",
  regions: {
    "us-east-1": "ENABLED_BY_DEFAULT",
    "eu-west-1": "ENABLED_BY_DEFAULT",
    "me-south-1": "DISABLED",
  },
  organization: { managementAccount: OWNER },
  accounts: [{ id: OWNER }, { id: MEMBER }, { id: STRANGER, outside: true }],
  trails: [trail()],
  ...differs,
});

const opted = (state: "ENABLED" | "ENABLING" | "DISABLING"): Partial<World> => ({
  accounts: [{ id: OWNER }, { id: MEMBER, regions: { "me-south-1": state } }],
});

const distrusting: Partial<World> = {
  organization: { managementAccount: OWNER, trustedAccess: ["account.amazonaws.com"] },
};

test.for([
  ["an organization trail is known to its owner", OWNER, world(), 1],
  ["an organization trail is known to members", MEMBER, world(), 1],
  ["an organization trail is not known outside", STRANGER, world(), 0],
  [
    "a trail of one account is not known to others",
    MEMBER,
    world({ trails: [trail({ isOrganizationTrail: false })] }),
    0,
  ],
  ["without trusted access, members do not know it", MEMBER, world(distrusting), 0],
  ["without trusted access, the owner still does", OWNER, world(distrusting), 1],
  [
    "a member's own so-called organization trail is its own",
    OWNER,
    world({ trails: [trail({ account: MEMBER })] }),
    0,
  ],
  [
    "one at home in a region a member has not opted in to leaves it out",
    MEMBER,
    world({ trails: [trail({ homeRegion: "me-south-1" })] }),
    0,
  ],
  [
    "and takes it in once it has",
    MEMBER,
    world({ ...opted("ENABLED"), trails: [trail({ homeRegion: "me-south-1" })] }),
    1,
  ],
] as const)("%s", ([, account, of, count]) => {
  expect(knownTrails(indexed(of), account)).toHaveLength(count);
});

test.for([
  ["its home", OWNER, "us-east-1", world(), {}, true],
  ["another enabled region", OWNER, "eu-west-1", world(), {}, true],
  ["a member's region", MEMBER, "eu-west-1", world(), {}, true],
  ["a disabled region", MEMBER, "me-south-1", world(), {}, false],
  ["a region being enabled", MEMBER, "me-south-1", world(opted("ENABLING")), {}, false],
  ["a region being disabled", MEMBER, "me-south-1", world(opted("DISABLING")), {}, true],
  [
    "another region, of a single-region trail",
    OWNER,
    "eu-west-1",
    world(),
    { isMultiRegionTrail: false },
    false,
  ],
  [
    "a member's home region, of a single-region trail",
    MEMBER,
    "us-east-1",
    world(),
    { isMultiRegionTrail: false },
    true,
  ],
  [
    "where the world says its copy is missing",
    MEMBER,
    "eu-west-1",
    world(),
    { absentFrom: [{ accounts: ["2*"] }] },
    false,
  ],
  [
    "its home, whatever the world says is missing",
    OWNER,
    "us-east-1",
    world(),
    { absentFrom: [{}] },
    true,
  ],
] as const)(
  "in %s (%s %s) a trail is there or not",
  ([, account, region, of, differs, isThere]) => {
    expect(isPresent(indexed(of), trail(differs as Partial<Trail>), { account, region })).toBe(
      isThere,
    );
  },
);

test("a status that the world does not state is healthy", () => {
  const status = statusAt(trail({ snsTopicArn: "arn" }), { account: OWNER, region: "us-east-1" });
  expect(status).toMatchObject({ isLogging: true, latestNotificationTime: { minutesAgo: 4 } });
  expect(status.latestDeliveryError).toBeUndefined();
  expect(status.latestCloudWatchLogsDeliveryTime).toBeUndefined();
});

test("of the statuses that the world states for a place the last counts, field by field", () => {
  const stated = trail({
    status: [
      { latestDeliveryError: "NoSuchBucket", latestNotificationError: "AuthorizationError" },
      { accounts: [MEMBER], regions: ["eu-*"], latestDeliveryError: null },
    ],
  });
  expect(statusAt(stated, { account: OWNER, region: "eu-west-1" }).latestDeliveryError).toBe(
    "NoSuchBucket",
  );
  expect(statusAt(stated, { account: MEMBER, region: "us-east-1" }).latestDeliveryError).toBe(
    "NoSuchBucket",
  );
  expect(statusAt(stated, { account: MEMBER, region: "eu-west-1" })).toMatchObject({
    latestDeliveryError: null,
    latestNotificationError: "AuthorizationError",
  });
});

test("a stopped trail says when, and has delivered nothing since", () => {
  const stopped = trail({ status: [{ isLogging: false }] });
  expect(statusAt(stopped, { account: OWNER, region: "us-east-1" })).toMatchObject({
    stopLoggingTime: { minutesAgo: 4320 },
    latestDeliveryTime: { minutesAgo: 4324 },
  });
});
