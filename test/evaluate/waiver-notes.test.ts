import { expect, test } from "vitest";
import type { Waiver } from "../../src/evaluate/waiver.ts";
import type { WaiverNote } from "../../src/evaluate/waiver-notes.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { compilePolicy } from "../../src/policy/compile.ts";
import { ORG_TRAIL } from "../subjects/a-snapshot.ts";
import { ACCOUNTS, judged, type World, worldOf } from "./eleven-worlds.ts";

const [FIRST = "", SECOND = "", THIRD = ""] = ACCOUNTS;
const STOPPED: World = { accounts: 5, status: () => ({ isLogging: false }) };
const WELL: World = { accounts: 5 };
const TODAY = "2026-11-20";

/** No trail anywhere. */
const NONE: World = { accounts: 5, status: () => null, resources: [] };
const POLICY = "account-has-multi-region-trail-logging";
const ROOT = "organization-trail-covers-every-account";
const TRAIL = { policies: ["trail-is-logging"], scope: { resources: [ORG_TRAIL] } };

const waiver = (difference: Partial<Waiver> = {}): Waiver => ({
  policies: [POLICY],
  scope: { accounts: [FIRST] },
  reason: "An experiment.",
  owner: "alice@example.com",
  expires: "2027-01-31",
  at: "trailproof.yaml:2:5",
  ...difference,
});

async function notesOn(world: World, waivers: Waiver[], policies?: string[]) {
  const { waivers: notes } = await judged(worldOf(world), {
    accepting: { waivers, today: TODAY },
    ...(policies === undefined
      ? {}
      : {
          policies: builtinPolicies()
            .filter(({ id }) => policies.includes(id))
            .map((policy) => compilePolicy(policy, {})),
        }),
  });
  return notes;
}

const brief = ({ kind, why, accounts }: WaiverNote) => `${kind}: ${why} (${accounts})`;

const TRAILS = builtinPolicies().filter(({ id }) => id.startsWith("trail-"));
const MANY = [POLICY, ...TRAILS.map(({ id }) => id)];

test.for<{ what: string; world: World; waiver: Partial<Waiver>; notes: string[] }>([
  { what: "in use, narrow, long", world: NONE, waiver: {}, notes: [] },
  {
    what: "that expired yesterday",
    world: STOPPED,
    waiver: { ...TRAIL, expires: "2026-11-19" },
    notes: ["expired: what it covered counts again (1)"],
  },
  {
    what: "that expired and has nothing left to cover",
    world: WELL,
    waiver: { expires: "2026-11-19" },
    notes: ["expired: nothing that it covered is found (0)"],
  },
  {
    what: "on its last day",
    world: NONE,
    waiver: { expires: "2026-11-20" },
    notes: ["expires-soon: today is its last day (1)"],
  },
  {
    what: "with fourteen days left",
    world: NONE,
    waiver: { expires: "2026-12-04" },
    notes: ["expires-soon: 14 days are left (1)"],
  },
  { what: "with fifteen days left", world: NONE, waiver: { expires: "2026-12-05" }, notes: [] },
  {
    what: "of what no longer fails",
    world: WELL,
    waiver: {},
    notes: ["unused: it covers nothing of this run (0)"],
  },
  {
    what: "without a scope",
    world: NONE,
    waiver: { scope: {}, policies: ["region-management-events-recorded"] },
    notes: ["over-broad: it names no scope (5)"],
  },
  {
    what: "of ten policies",
    world: NONE,
    waiver: { policies: MANY.slice(0, 10) },
    notes: [],
  },
  {
    what: "of eleven policies",
    world: NONE,
    waiver: { policies: MANY.slice(0, 11) },
    notes: ["over-broad: it names 11 policies (1)"],
  },
  {
    what: "of a critical policy in two of five accounts",
    world: NONE,
    waiver: { scope: { accounts: [FIRST, SECOND] } },
    notes: [],
  },
  {
    what: "of a critical policy in three of five accounts",
    world: NONE,
    waiver: { scope: { accounts: [FIRST, SECOND, THIRD] } },
    notes: ["over-broad: it covers a critical policy in 3 of 5 accounts (3)"],
  },
  {
    what: "of a critical policy in the only account",
    world: { ...NONE, accounts: 1 },
    waiver: {},
    notes: [],
  },
])("a waiver $what: $notes", async ({ world, waiver: difference, notes }) => {
  expect((await notesOn(world, [waiver(difference)])).map(brief)).toEqual(notes);
});

test("what follows from an accepted root counts for how broad its waiver is", async () => {
  const policies = ["trail-is-logging", POLICY];
  const root = waiver({ policies, scope: { accounts: [FIRST], resources: [ORG_TRAIL] } });
  const notes = await notesOn(STOPPED, [root]);
  expect(notes.map(brief)).toEqual([
    "over-broad: it covers a critical policy in 5 of 5 accounts (5)",
  ]);
});

test("a waiver of policies that this run leaves out is not called unused", async () => {
  expect(await notesOn(WELL, [waiver()], ["trail-is-multi-region"])).toEqual([]);
});

test("notes come in the order of the file, each with its waiver", async () => {
  const waivers = [
    waiver({ policies: ["trail-is-multi-region"], at: "trailproof.yaml:2:5" }),
    waiver({ policies: [ROOT], scope: {}, expires: "2026-11-01", at: "trailproof.yaml:9:5" }),
    waiver({
      policies: [ROOT],
      scope: { accounts: ["999999999999"] },
      reason: "Another.",
      expires: "2026-11-01",
      at: "trailproof.yaml:16:5",
    }),
  ];
  const notes = await notesOn(NONE, waivers);
  expect(notes.map(({ kind, waiver: { at }, accounts }) => [at, kind, accounts])).toEqual([
    ["trailproof.yaml:2:5", "unused", 0],
    ["trailproof.yaml:9:5", "expired", 1],
    ["trailproof.yaml:16:5", "expired", 0],
  ]);
});
