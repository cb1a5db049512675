import { execFile, execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { startSimulator } from "../../src/simulate/server.ts";
import { freshBundle } from "../action/step.ts";
import { worldFile } from "../simulate/world-files.ts";
import { toolsFolder } from "./tools.ts";

const FOLDERS = [".github/workflows", "docs/workflows"];
const files = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
const OWN = ".github/workflows/audit.yml";
const EXAMPLE = "docs/workflows/scheduled-audit.yml";

let tools = "";
beforeAll(() => {
  tools = toolsFolder();
}, 600_000);

/** What a linter says of files, and whether it is content. */
function linted(program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(tools, program), args, { encoding: "utf8" });
  return { status, said: stdout + stderr };
}
const actionlint = (...paths: string[]) => linted("actionlint", "-no-color", ...paths);
const zizmor = (...paths: string[]) =>
  linted("zizmor", "--offline", "--no-progress", "--no-config", ...paths);

test("actionlint and zizmor find nothing in the workflows, the examples and action.yml", () => {
  const lint = actionlint(...files);
  expect(lint.status, lint.said).toBe(0);
  const audit = zizmor("action.yml", ...files);
  expect(audit.status, audit.said).toBe(0);
  for (const file of ["action.yml", ...files]) expect(audit.said).toContain(`completed ${file}`);
});

const scratch = mkdtempSync(join(tmpdir(), "trailproof-workflows-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test.for([
  ["an action at a tag, to zizmor", zizmor, /actions\/checkout@\w+ # v\S+/, "actions/checkout@v7"],
  [
    "an input that the Action does not have, to actionlint",
    actionlint,
    "command: scan",
    "comand: scan",
  ],
  [
    "a permission that there is none of, to actionlint",
    actionlint,
    "id-token: write",
    "id-tokens: write",
  ],
] as const)("%s is a fault", ([, lint, what, instead]) => {
  // A project of its own, in which actionlint finds the Action.
  const project = join(scratch, "project");
  const file = join(project, ".github/workflows/broken.yml");
  mkdirSync(join(project, ".github/workflows"), { recursive: true });
  mkdirSync(join(project, ".git"), { recursive: true });
  mkdirSync(join(project, "dist"), { recursive: true });
  writeFileSync(join(project, "dist/action.js"), "");
  cpSync("action.yml", join(project, "action.yml"));
  writeFileSync(file, readFileSync(OWN, "utf8"));
  expect(lint(file).status).toBe(0);
  writeFileSync(file, readFileSync(OWN, "utf8").replace(what, instead));
  expect(lint(file).status).not.toBe(0);
});

test("every action of others is named by a whole commit, with its version beside it", () => {
  const uses = files.flatMap((file) => readFileSync(file, "utf8").match(/uses: .*/g) ?? []);
  expect(uses.length).toBeGreaterThan(8);
  for (const use of uses.filter((each) => !each.startsWith("uses: ./"))) {
    expect(use).toMatch(/^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

test("our own scheduled audit is the example, with the Action from the repository itself", () => {
  const own = readFileSync(OWN, "utf8")
    .replace(/^ *if: .*TRAILPROOF_HUB_ROLE.*\n/m, "")
    .replace(/uses: \.\/.*/, "uses: TRAILPROOF");
  const example = readFileSync(EXAMPLE, "utf8")
    .replace(/^ *# Replace the commit.*\n/m, "")
    .replace(/uses: trailproof\/.*/, "uses: TRAILPROOF");
  expect(own).toBe(example);
});

/** An action that only says what it was given. */
const STUB = `name: Stub
description: Says what it was given.
inputs:
  sarif_file:
    description: A file.
runs:
  using: composite
  steps:
    - run: echo "given <\${{ inputs.sarif_file }}>"
      shell: bash
`;

/** The two calls of the AWS CLI that the workflow makes, over a folder. */
const AWS = `#!/bin/sh
case "$1 $2" in
"s3api head-object") [ -e "$FAKE_S3/$6" ] || { echo "An error occurred (404)" >&2; exit 254; } ;;
"s3 cp")
  from=$(echo "$3" | sed "s#^s3://[^/]*#$FAKE_S3#")
  to=$(echo "$4" | sed "s#^s3://[^/]*#$FAKE_S3#")
  mkdir -p "$(dirname "$to")" && cp "$from" "$to" ;;
*) exit 2 ;;
esac
`;

/** A repository with the workflow in which only what needs the network is replaced. */
async function repository() {
  const home = join(scratch, "repository");
  const bundle = await freshBundle();
  cpSync(bundle, join(home, "dist"), { recursive: true });
  rmSync(bundle, { recursive: true });
  cpSync("action.yml", join(home, "action.yml"));
  writeFileSync(join(home, "package.json"), '{"type":"module"}');
  mkdirSync(join(home, ".stub"), { recursive: true });
  writeFileSync(join(home, ".stub/action.yml"), STUB);
  mkdirSync(join(home, ".github/workflows"), { recursive: true });
  const workflow = readFileSync(OWN, "utf8").replace(
    /uses: (aws-actions|github)\/.*/g,
    "uses: ./.stub",
  );
  writeFileSync(join(home, OWN), workflow);
  mkdirSync(join(scratch, "bin"), { recursive: true });
  writeFileSync(join(scratch, "bin/aws"), AWS);
  chmodSync(join(scratch, "bin/aws"), 0o755);
  const git = (...args: string[]) => execFileSync("git", args, { cwd: home, stdio: "ignore" });
  git("init", "--initial-branch=main");
  git("add", ".");
  git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "--message=all");
  git("remote", "add", "origin", "https://github.com/example/security.git");
  return home;
}

/** Runs the scheduled audit as a runner would, on this machine itself. */
async function act(home: string, endpoint: string) {
  const { accessKeyId, secretAccessKey } = entryCredentials("111111111111");
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    FAKE_S3: join(scratch, "bucket"),
  };
  const pairs = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(scratch, "env"), pairs.join("\n"));
  writeFileSync(join(scratch, "event.json"), '{"repository":{"private":true}}');
  mkdirSync(join(scratch, ".config/act"), { recursive: true });
  writeFileSync(join(scratch, ".config/act/actrc"), "");
  const args = [
    ...["workflow_dispatch", "-W", OWN, "-P", "ubuntu-latest=-self-hosted"],
    ...["--env-file", join(scratch, "env"), "-e", join(scratch, "event.json")],
    ...["--var", "TRAILPROOF_HUB_ROLE=arn:aws:iam::111111111111:role/hub"],
    ...["--var", "TRAILPROOF_BUCKET=evidence"],
  ];
  const path = [join(scratch, "bin"), resolve("node_modules/.bin"), process.env["PATH"]].join(":");
  const options = { cwd: home, env: { HOME: scratch, PATH: path } };
  // Not synchronous: the simulated AWS answers from this process.
  return new Promise<{ status: number; log: string }>((done) => {
    execFile(join(tools, "act"), args, options, (error, stdout, stderr) => {
      done({ status: Number(error?.code ?? 0), log: stdout + stderr });
    });
  });
}

test("the scheduled audit runs: findings are uploaded and kept although the job fails, and the next run compares", async () => {
  const simulator = await startSimulator(worldFile("organization-trail-stopped"));
  afterAll(simulator.close);
  const home = await repository();
  const first = await act(home, simulator.endpoint);
  expect(first.log).toContain("CRITICAL trail-is-logging");
  expect(first.log).toContain("given <trailproof-report/results.sarif>");
  expect(first.status, first.log).toBe(1);
  expect(first.log).not.toContain("Since ");
  expect(existsSync(join(scratch, "bucket/latest/results.json"))).toBe(true);
  expect(readdirSync(join(scratch, "bucket/runs"))).toHaveLength(1);

  const second = await act(home, simulator.endpoint);
  expect(second.log).toMatch(/Since \S+: \d+ unchanged\./);
});
