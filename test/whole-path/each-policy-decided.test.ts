import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { AuditError } from "../../src/errors.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { demoWorld } from "../../src/simulate/demo-world.ts";
import type { World } from "../../src/simulate/world.ts";
import { wellKept } from "../simulate/well-kept-world.ts";
import { worldFile } from "../simulate/world-files.ts";
import { judged } from "./judged.ts";

const FOLDER = fileURLToPath(new URL("../worlds/", import.meta.url));
const WORLDS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.slice(0, -".yaml".length));

// Their files say why: no account is left to judge.
const WITHOUT_VERDICTS = ["accounts-with-neither-state-nor-status", "no-active-account"];

type Verdicts = Map<string, Set<string>>;

/** Judges a world as its file has it; a config of the same name decides what is wanted. */
async function add(verdicts: Verdicts, world: World, name: string): Promise<void> {
  const config = `${FOLDER}configs/${name}.yaml`;
  const run = await judged(world, {
    organization: world.organization !== undefined,
    ...(existsSync(config) ? { config } : {}),
  });
  for (const { policy, verdict } of run.verdicts) {
    verdicts.set(policy, (verdicts.get(policy) ?? new Set()).add(verdict));
  }
}

// A scan sees what is there; what a change would take away is judged by `check` alone, and its own test has it.
const scanned = builtinPolicies().filter(({ subject }) => subject !== "change");

test("the demo and the worlds of the tests together let each policy pass, fail and be unknown", {
  timeout: 300_000,
}, async () => {
  const verdicts: Verdicts = new Map();
  const empty: string[] = [];
  await add(verdicts, demoWorld(), "demo");
  await add(verdicts, wellKept(worldFile("organization-trail-with-three-members")), "well-kept");
  for (const name of WORLDS) {
    await add(verdicts, worldFile(name), name).catch((error: unknown) => {
      if (!(error instanceof AuditError)) throw error;
      empty.push(name);
    });
  }
  const lacking = scanned.flatMap(({ id }) =>
    ["pass", "fail", "unknown"]
      .filter((each) => verdicts.get(id)?.has(each) !== true)
      .map((each) => `${id}: ${each}`),
  );
  expect(lacking).toEqual([]);
  expect(empty).toEqual(WITHOUT_VERDICTS);
});
