import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../src/commands/run.ts";
import { JUDGING_KEYWORDS } from "../src/policy/evaluate.ts";
import { SUBJECT_NAMES } from "../src/policy/policy.ts";
import { command } from "./commands/surroundings.ts";
import { folder, listening } from "./whole-path/judged.ts";

const GUIDE = readFileSync("docs/writing-policies.md", "utf8");
const [, policy = ""] = /```yaml\n(# yaml[\s\S]*?)```/.exec(GUIDE) ?? [];
const [, id = ""] = /`policies-of-ours\/([a-z-]+)\.yaml`/.exec(GUIDE) ?? [];

/** The guide's policy in a folder of its own, as a reader would have it. */
function written(): string {
  const own = join(folder(), "policies-of-ours");
  mkdirSync(own);
  writeFileSync(join(own, `${id}.yaml`), policy);
  return own;
}

test("the guide's policy is well made, and its examples are judged as they claim", async () => {
  const own = written();
  const linted = await command("policies", "lint", own);
  expect(linted).toMatchObject({ exitCode: 0, err: "" });
  expect(linted.out).toBe("1 of 1 policies are well made.\n");
  const tested = await command("policies", "test", own);
  expect(tested.exitCode).toBe(0);
  expect(tested.out.match(/^ok/gm)).toHaveLength(3);
});

test("the guide's policy judges a snapshot beside the built-in ones", async () => {
  const own = written();
  const out = join(folder(), "out");
  const { console, heard } = listening();
  expect(await run(["demo", "--out", out], { console, env: {} })).toBe(0);
  const snapshot = join(out, "snapshot.ndjson.gz");
  const judged = await command(
    ...["evaluate", snapshot, "--policies", own, "--policy", id, "--json", "--out", join(out, "x")],
  );
  expect(heard.out).not.toBe("");
  const { findings } = JSON.parse(judged.out);
  expect(findings.map((each: { policy: string }) => each.policy)).toContain(id);
  expect(new Set(findings.map((each: { policy: string }) => each.policy))).not.toContain(
    "trail-is-logging",
  );
});

test("the guide names every kind of subject and every keyword that policies may use", () => {
  for (const kind of SUBJECT_NAMES) expect(GUIDE).toContain(`\`${kind}\``);
  const [, keywords = ""] = /\*\*Keywords\*\*: ([\s\S]*?)\. The linter/.exec(GUIDE) ?? [];
  const named = [...keywords.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  expect(new Set(named)).toEqual(new Set(JUDGING_KEYWORDS));
});
