import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "../whole-path/judged.ts";
import { command } from "./surroundings.ts";

const POLICIES = new URL("../../policies/", import.meta.url).pathname;
const files = readdirSync(POLICIES).filter((name) => name.endsWith(".yaml"));

test("`policies list` has one line for each file under policies/", async () => {
  const { exitCode, out } = await command("policies", "list");
  expect(exitCode).toBe(0);
  const ids = out
    .trim()
    .split("\n")
    .map((line) => line.split(" ")[0]);
  expect(ids.sort()).toEqual(files.map((name) => name.replace(".yaml", "")).sort());
});

test("`policies show` says why a policy exists, how to mend what it finds, and its parameters", async () => {
  const { exitCode, out } = await command("policies", "show", "trail-digest-delivery-recent");
  expect(exitCode).toBe(0);
  for (const part of [
    /^# trail-digest-delivery-recent\n/,
    /Severity \*\*medium\*\*/,
    /Asked of each replica with .* ageHours at most digestMaxAgeHours/,
    /\n## Why\n/,
    /\n## Fix\n/,
    /- `digestMaxAgeHours`: .* Default: `3`/,
    /\[PCI DSS 4\.0\.1\]\(\.\.\/frameworks\/pci-dss-4\.0\.1\.md\) \| 10\.3\.4 \|/,
    /### unknown\n/,
    /https:\/\/docs\.aws/,
  ]) {
    expect(out).toMatch(part);
  }
});

test("`policies show` of a policy that does not exist is an error that names the way to find one", async () => {
  const { exitCode, err } = await command("policies", "show", "trail-is-singing");
  expect(exitCode).toBe(2);
  expect(err).toMatch(
    /bad-option: there is no policy `trail-is-singing`\n {2}`trailproof policies list`/,
  );
});

test("the built-in policies pass their own lint and their own examples", async () => {
  expect(await command("policies", "lint", POLICIES)).toMatchObject({
    exitCode: 0,
    out: `${files.length} of ${files.length} policies are well made.\n`,
  });
  const { exitCode, out } = await command("policies", "test", POLICIES);
  expect(exitCode).toBe(0);
  expect(out).not.toContain("FAIL");
  expect(out.trim().split("\n").length).toBeGreaterThan(3 * files.length - 1);
});

/** A folder with one policy, a built-in one that was changed. */
function withPolicy(change: (text: string) => string): string {
  const dir = folder();
  const text = readFileSync(join(POLICIES, "trail-is-multi-region.yaml"), "utf8");
  writeFileSync(join(dir, "mine-is-multi-region.yaml"), change(text));
  return dir;
}

test("`policies lint` names file, line and cure of a property that no trail has", async () => {
  const dir = withPolicy((text) => text.replaceAll("isMultiRegion: {", "isMultiregion: {"));
  const { exitCode, err, out } = await command("policies", "lint", dir);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/bad-policy: .*mine-is-multi-region\.yaml:\d+/);
  expect(err).toContain("isMultiregion");
  expect(out).toContain("0 of 1 policies");
});

test("an example that does not judge as it claims fails `policies test`, by name", async () => {
  const dir = withPolicy((text) => text.replace("- isMultiRegion: true", "- isMultiRegion: false"));
  const { exitCode, err, out } = await command("policies", "test", dir);
  expect(exitCode).toBe(2);
  expect(`${out}${err}`).toMatch(
    /mine-is-multi-region\.yaml:\d+:\d+: .*example of pass is judged fail/,
  );
});

test("a folder without policies, or none at all, is an error", async () => {
  for (const dir of [folder(), "/nowhere"]) {
    const { exitCode, err } = await command("policies", "lint", dir);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^bad-policy: /);
  }
});
