import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { bundle } from "../../scripts/bundle.ts";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { startSimulator } from "../../src/simulate/server.ts";
import type { World } from "../../src/simulate/world.ts";

/** The Node that the runner brings for node24 actions. */
const NODE = resolve("node_modules/.bin/node");

/** What `dist/` would hold, in a folder of its own. */
export async function freshBundle(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "trailproof-bundle-"));
  await bundle(folder);
  return folder;
}

export type Step = {
  inputs: Record<string, string>;
  /** The event's payload; left out: of a private repository. Null: there is no event. */
  event?: object | null;
  /** The event's name; left out: none is told. */
  eventName?: string;
  /** The folder that the step runs in; left out: a new one with `files`. */
  folder?: string;
  /** What the job's folder holds, by path. */
  files?: Record<string, string>;
  /** What the step's summary already holds. */
  summaryBefore?: string;
  world?: World;
  /** Whose credentials the job has. */
  account?: string;
};

/** Runs a bundled action as GitHub's runner does: inputs, files and credentials by the environment. */
export async function step(action: string, { inputs, world, account, ...given }: Step) {
  const home = mkdtempSync(join(tmpdir(), "trailproof-step-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const file = (name: string, content = "") => {
    writeFileSync(join(home, name), content);
    return join(home, name);
  };
  for (const [name, content] of Object.entries(given.files ?? {})) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    file(name, content);
  }
  const event = given.event === undefined ? { repository: { private: true } } : given.event;
  const env = {
    PATH: process.env["PATH"] ?? "",
    GITHUB_ACTIONS: "true",
    CI: "true",
    GITHUB_OUTPUT: file("output"),
    GITHUB_STEP_SUMMARY: file("step-summary", given.summaryBefore),
    ...(event === null ? {} : { GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event)) }),
    ...(given.eventName === undefined ? {} : { GITHUB_EVENT_NAME: given.eventName }),
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...(await awsFor(world, account)),
  };
  const { exitCode, stdout, stderr } = await ran(action, { env, cwd: given.folder ?? home });
  return {
    exitCode,
    stdout,
    stderr,
    home,
    outputs: outputsIn(readFileSync(env.GITHUB_OUTPUT, "utf8")),
    summary: readFileSync(env.GITHUB_STEP_SUMMARY, "utf8"),
  };
}

async function awsFor(world: World | undefined, account: string | undefined) {
  const nowhere = { AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/dev/null" };
  if (world === undefined) return { ...nowhere, AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
  const simulator = await startSimulator(world);
  onTestFinished(simulator.close);
  const entry = account ?? world.organization?.managementAccount ?? world.accounts[0]?.id ?? "";
  const { accessKeyId, secretAccessKey } = entryCredentials(entry);
  return {
    ...nowhere,
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
}

async function ran(action: string, options: { env: NodeJS.ProcessEnv; cwd: string }) {
  try {
    const told = await promisify(execFile)(NODE, [action], options);
    return { exitCode: 0, ...told };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}

/** The outputs as the runner reads them: `name<<delimiter`, the value, the delimiter. */
export function outputsIn(file: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = file.split("\n");
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name, delimiter] = /^([^<]+)<<(.+)$/.exec(line) ?? [];
    if (name === undefined || delimiter === undefined) continue;
    const end = lines.indexOf(delimiter);
    outputs[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join("\n");
  }
  return outputs;
}

/** Lines that the runner would take as commands, as it looks for them, while it listens. */
export function commandsIn(log: string): string[] {
  const found: string[] = [];
  let token: string | null = null;
  for (const line of log.split(/\r\n|\r|\n/).map((each) => each.trimStart())) {
    if (token !== null && line === `::${token}::`) token = null;
    else if (token === null) {
      const stop = /^::stop-commands::(.+)$/.exec(line);
      if (stop !== null) token = stop[1] ?? null;
      else if (line.startsWith("::") || line.includes("##[")) found.push(line);
    }
  }
  return found;
}

/** The same with nothing stopped: what it would be if somebody knew the token. */
export const commandsWhateverIsStopped = (log: string): string[] =>
  log
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimStart())
    .filter((line) => line.startsWith("::") || line.includes("##["));
