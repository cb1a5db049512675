import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../src/commands/run.ts";
import { entryCredentials } from "../src/simulate/credentials.ts";
import { generateWorld, MANAGEMENT_ACCOUNT } from "../src/simulate/generate.ts";
import { type Simulator, startSimulator } from "../src/simulate/server.ts";
import { STACK } from "./commands/check/a-stack.ts";
import { checked } from "./commands/check/checked.ts";
import { scratch } from "./commands/check/repositories.ts";
import { aPlan } from "./templates/plan/a-plan.ts";
import { folder, listening } from "./whole-path/judged.ts";

const README = readFileSync("README.md", "utf8");

/** Every line of README's shell blocks, without comments and redirections. */
const lines = [...README.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .map((line) => line.replace(/(#|>).*$/, "").trim())
  .filter((line) => line !== "");

/** Run by CI itself, before anything else. */
const RUN_BY_CI = ["npm cit"];

const commands = lines
  .filter((line) => !RUN_BY_CI.includes(line))
  .map((line) => line.replace(/^(npx trailproof|node dist\/cli\.js) /, "trailproof "));

let simulator: Simulator;
const before = { ...process.env };

beforeAll(async () => {
  simulator = await startSimulator(
    generateWorld({ accounts: 3, regions: ["us-east-1", "eu-west-1"] }),
  );
  const { accessKeyId, secretAccessKey } = entryCredentials(MANAGEMENT_ACCOUNT);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
});

afterAll(async () => {
  await simulator.close();
  process.env = before;
});

test("README shows commands", () => {
  expect(commands.length).toBeGreaterThan(5);
  expect(RUN_BY_CI.every((line) => lines.includes(line))).toBe(true);
});

test.for(commands.filter((command) => command.startsWith("trailproof check")))(
  "%s, in a repository with such files",
  async (command) => {
    const repository = scratch();
    repository.commit({ "main.tf": STACK, "plan.json": JSON.stringify(aPlan([])) });
    const [, , ...args] = command.split(/\s+/);
    const run = await checked(repository.path, args);
    expect(run.code, run.err).toBe(0);
    expect(run.out).toContain("PASS");
  },
);

test.for(commands.filter((command) => !command.startsWith("trailproof check")))(
  "%s",
  async (command) => {
    const [program, ...argv] = command.split(/\s+/);
    expect(program).toBe("trailproof");
    const { console, heard } = listening();
    const out = ["scan", "demo"].includes(argv[0] ?? "") ? ["--out", join(folder(), "out")] : [];
    expect(await run([...argv, ...out], { console, env: {} })).toBe(0);
    expect(heard.out).not.toBe("");
  },
);

test("README names every exit code, every reason of unknown and every error code", async () => {
  const { REASONS } = await import("../src/snapshot/unknown.ts");
  for (const reason of REASONS) expect(README).toContain(`| \`${reason}\` |`);
  for (const code of [0, 1, 2, 3, 4]) expect(README).toContain(`\n| ${code} |`);
  const codes = [...readFileSync("src/errors.ts", "utf8").matchAll(/\| "([a-z-]+)"/g)];
  for (const [, code] of codes) expect(README).toContain(`| \`${code}\` |`);
});
