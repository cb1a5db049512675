import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { chosenScopes } from "../../src/commands/scopes.ts";
import { loadConfig } from "../../src/config.ts";
import { builtinFrameworks } from "../../src/policy/frameworks.ts";
import { folder, judged } from "../whole-path/judged.ts";
import { command, withoutAws } from "./surroundings.ts";

const SCOPES = `scopes:
  - name: cde
    accounts: ["222222222222"]
  - name: everything
frameworks:
  - id: pci-dss-4.0.1
    scope: cde
`;

async function chosen(text: string, options: Parameters<typeof chosenScopes>[1] = {}) {
  const path = join(folder(), "trailproof.yaml");
  writeFileSync(path, text);
  return chosenScopes(await loadConfig(path), options);
}

const brief = ({ scope, frameworks }: Awaited<ReturnType<typeof chosen>>) => ({
  scope: scope?.name ?? null,
  frameworks: frameworks.map((each) => [each.framework.id, each.scope?.name ?? null]),
});

test("PCI DSS and HIPAA are rolled up by default, each over the scope that the config names for it", async () => {
  expect(brief(await chosen(SCOPES))).toEqual({
    scope: null,
    frameworks: [
      ["hipaa-security-rule", null],
      ["pci-dss-4.0.1", "cde"],
    ],
  });
});

test("what the config names is rolled up beside them, and `all` is every framework there is", async () => {
  const named = `${SCOPES}  - id: cis-aws-5.0\n`;
  expect(brief(await chosen(named)).frameworks).toEqual([
    ["cis-aws-5.0", null],
    ["hipaa-security-rule", null],
    ["pci-dss-4.0.1", "cde"],
  ]);
  const all = await chosen(SCOPES, { framework: ["all"] });
  expect(all.frameworks).toHaveLength(builtinFrameworks().length);
});

test("--framework leaves out the others, --scope limits the run", async () => {
  const options = { framework: ["pci-dss-4.0.1"], scope: "everything" };
  expect(brief(await chosen(SCOPES, options))).toEqual({
    scope: "everything",
    frameworks: [["pci-dss-4.0.1", "cde"]],
  });
});

test.for([
  {
    what: "--framework of none",
    argv: ["--framework", "pci-dss-4.0.1,sox"],
    says: /bad-option: there is no framework `sox`\n {2}Use all, or some of the ids: docs\/frameworks\/README\.md/,
  },
  {
    what: "--scope of none",
    argv: ["--scope", "cdi"],
    says: /bad-option: there is no scope `cdi`\n {2}Use one of cde, everything/,
  },
  {
    what: "two scopes of one name",
    text: "scopes:\n  - name: a\n  - name: a\n",
    says: /bad-config: .*trailproof\.yaml:3:5: there are two scopes `a`/,
  },
  {
    what: "a unit by its id",
    text: "scopes:\n  - name: a\n    ous: [ou-ab12-cdefgh34]\n",
    says: /bad-config: .*trailproof\.yaml:3:5: `ou-ab12-cdefgh34` is an id; a scope takes the unit's path/,
  },
  {
    what: "a framework that is none",
    text: "scopes: [{ name: a }]\nframeworks:\n  - { id: sox, scope: a }\n",
    says: /trailproof\.yaml:3:7: there is no framework `sox`; docs\/frameworks\/README\.md/,
  },
  {
    what: "a framework twice",
    text: "scopes: [{ name: a }]\nframeworks:\n  - &f { id: pci-dss-4.0.1, scope: a }\n  - *f\n",
    says: /`pci-dss-4\.0\.1` is there twice/,
  },
  {
    what: "a framework's scope that is none",
    text: "frameworks:\n  - { id: pci-dss-4.0.1, scope: b }\n",
    says: /trailproof\.yaml:2:26: there is no scope `b`/,
  },
  {
    what: "tags, which are not collected",
    text: "scopes:\n  - name: a\n    tags: { pci: yes }\n",
    says: /unknown key `tags`/,
  },
])("$what ends the run before AWS is asked", async ({ argv = [], text = SCOPES, says }) => {
  withoutAws();
  const config = join(folder(), "trailproof.yaml");
  writeFileSync(config, text);
  const { exitCode, err } = await command("scan", "--config", config, "--out", folder(), ...argv);
  expect(err).toMatch(says);
  expect(exitCode).toBe(2);
});

test("the documented config names a scope and a framework that are understood", async () => {
  const path = fileURLToPath(new URL("../../docs/trailproof.yaml", import.meta.url));
  const { scope } = chosenScopes(await loadConfig(path), { scope: "cardholder-data" });
  expect(scope?.ous).toEqual(["Root/Workloads/Payments"]);
});

test("a scope limits a run over the command line, and results.json says so", async () => {
  const config = join(folder(), "trailproof.yaml");
  writeFileSync(config, SCOPES);
  const run = await judged("organization-trail-with-three-members", {
    config,
    scope: "cde",
    framework: ["pci-dss-4.0.1"],
  });
  const { accounts, frameworks } = JSON.parse(run.resultsFile());
  expect(accounts.list.map(({ id }: { id: string }) => id)).toEqual(["222222222222"]);
  expect(frameworks).toMatchObject([{ id: "pci-dss-4.0.1", scope: "cde", accounts: 1 }]);
});

test("the alerts of a scope have a category of their own, so that they close no others", async () => {
  const config = join(folder(), "trailproof.yaml");
  writeFileSync(config, `scopes:\n  - name: cde\n    accounts: ["222222222222"]\n`);
  const categoryOf = async (options: Parameters<typeof judged>[1]) =>
    (await judged("organization-trail-with-three-members", { config, ...options })).report.category;
  expect(await categoryOf({})).toBe("trailproof");
  expect(await categoryOf({ scope: "cde" })).toBe("trailproof/cde");
  expect(await categoryOf({ scope: "cde", category: "mine" })).toBe("mine");
});

test("a policy whose parameter nobody set neither supports nor doubts a control", async () => {
  const path = join(folder(), "trailproof.yaml");
  writeFileSync(path, "{}");
  const loaded = await loadConfig(path);
  const mapped = (unasked: Map<string, string>) =>
    chosenScopes(loaded, {}, unasked)
      .frameworks.flatMap(({ framework }) => framework.controls)
      .flatMap(({ policies = [] }) => policies.map(({ policy }) => policy));
  expect(mapped(new Map())).toContain("trail-is-logging");
  expect(mapped(new Map([["trail-is-logging", "designatedBuckets"]]))).not.toContain(
    "trail-is-logging",
  );
});
