import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { policiesBeside } from "../../src/policy/builtin.ts";
import { aPolicy } from "./a-policy.ts";

const folder = () => mkdtempSync(join(tmpdir(), "builtin-"));
const text = JSON.stringify(aPolicy());

test("beside a bundle the policies are those of policies.json", () => {
  const dist = folder();
  writeFileSync(join(dist, "policies.json"), `[${text}]`);
  expect(policiesBeside(pathToFileURL(join(dist, "cli.js")).href)).toEqual([aPolicy()]);
});

test("in the repository they are the YAML files of policies/, sorted by id", () => {
  const root = folder();
  mkdirSync(join(root, "policies", "frameworks"), { recursive: true });
  for (const id of ["b-claim", "a-claim"]) {
    writeFileSync(join(root, "policies", `${id}.yaml`), text);
  }
  const module = pathToFileURL(join(root, "src", "policy", "builtin.ts")).href;
  expect(policiesBeside(module).map(({ id }) => id)).toEqual(["a-claim", "b-claim"]);
});
