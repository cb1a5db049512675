import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { inputNames } from "../../src/action/inputs.ts";
import { OUTPUTS } from "../../src/action/outputs.ts";
import type { World } from "../../src/simulate/world.ts";
import { organization } from "../needs/worlds.ts";
import { worldFile } from "../simulate/world-files.ts";
import { commandsIn, commandsWhateverIsStopped, freshBundle, type Step, step } from "./step.ts";

let folder = "";
beforeAll(async () => {
  folder = await freshBundle();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (given: Step) => step(join(folder, "action.js"), given);

const scan = { command: "scan", organization: "true", deadline: "1" };
const stopped = () => worldFile("organization-trail-stopped");
/** A member that refuses to be entered, beside whatever else is wrong. */
const oneUnreachable = (world: World): World => ({
  ...world,
  accounts: world.accounts.map((each) =>
    each.id === "333333333333" ? { ...each, roles: [] } : each,
  ),
});

test("a stopped organization trail: outputs are counts, words and paths; the summary names one cause", async () => {
  const { exitCode, outputs, summary, stdout, home } = await run({
    inputs: scan,
    world: stopped(),
  });
  expect(exitCode).toBe(1);
  expect(outputs).toEqual({
    outcome: "fail",
    complete: "true",
    "failed-count": expect.stringMatching(/^[1-9]\d*$/),
    "unknown-count": "0",
    "new-count": "",
    "audited-count": "4",
    "expected-count": "4",
    headline: expect.stringMatching(/^FAIL: 1 critical.*; audited 4 of 4 accounts$/),
    "sarif-file": "trailproof-report/results.sarif",
    "results-file": "trailproof-report/results.json",
    "report-file": "",
    "snapshot-file": "trailproof-report/snapshot.ndjson.gz",
  });
  expect(existsSync(join(home, outputs["sarif-file"] ?? ""))).toBe(true);
  expect(summary).toContain("# ❌ Trailproof: fail");
  expect(summary).toContain("Effect: reaches 4 accounts");
  expect(summary).toContain("aws cloudtrail start-logging");
  expect(stdout).toContain("CRITICAL trail-is-logging");
});

const NO_CREDENTIALS = { inputs: { command: "scan" } };

test.for([
  ["a well-kept organization", 0, () => ({ inputs: scan, world: organization() })],
  ["a finding", 1, () => ({ inputs: scan, world: stopped() })],
  [
    "a finding, and an account that could not be entered",
    1,
    () => ({ inputs: scan, world: oneUnreachable(stopped()) }),
  ],
  [
    "a finding that does not gate",
    0,
    () => ({ inputs: { ...scan, "fail-on": "none" }, world: stopped() }),
  ],
  [
    "an account that could not be entered",
    3,
    () => ({ inputs: scan, world: oneUnreachable(organization()) }),
  ],
  ["no credentials", 2, () => NO_CREDENTIALS],
  ["no command", 2, () => ({ inputs: {} })],
  ["a command that is not built yet", 2, () => ({ inputs: { command: "merge" } })],
  ["an input of another command", 2, () => ({ inputs: { ...scan, paths: "infra" } })],
  ["a command that is none", 2, () => ({ inputs: { command: "audit" } })],
  ["an option with a wrong value", 2, () => ({ inputs: { ...scan, "fail-on": "urgent" } })],
  [
    "a flag that is neither true nor false",
    2,
    () => ({ inputs: { ...scan, organization: "yes" } }),
  ],
  ["a config that is not there", 2, () => ({ inputs: { ...scan, config: "none.yaml" } })],
] satisfies [string, number, () => Step][])(
  "%s ends with exit code %d",
  async ([, code, given]) => {
    const { exitCode, outputs, summary, stdout } = await run(given());
    expect(exitCode, stdout).toBe(code);
    expect(summary).toMatch(
      code === 2 ? /could not run/ : /^# .* Trailproof: (pass|fail|incomplete)/,
    );
    expect(outputs["headline"]).not.toBe("");
    if (code === 2) expect(outputs["outcome"]).toBeUndefined();
  },
);

test("where an account could not be entered there is no SARIF to upload, and the log says why", async () => {
  const { outputs, stdout, summary } = await run({
    inputs: scan,
    world: oneUnreachable(organization()),
  });
  expect(outputs["sarif-file"]).toBe("");
  expect(outputs["complete"]).toBe("false");
  expect(stdout).toMatch(/Not written: .*results\.sarif: .*close the alerts/);
  expect(summary).toContain("## What could not be looked at");
  expect(summary).toContain("Cure: create the audit role there");
});

test("a command that is not built yet says so, in the log and in the summary", async () => {
  const { stdout, summary } = await run({ inputs: { command: "verify-logs" } });
  expect(stdout).toContain("`verify-logs` is not built yet");
  expect(summary).toContain("`verify-logs` is not built yet");
});

const ID_OR_ARN = /(?<!\d)\d{12}(?!\d)|\barn:aws/;

test.for([
  ["a public repository", { repository: { visibility: "public", private: false } }, {}, true],
  ["an event that does not say", { schedule: "3 4 * * *" }, {}, true],
  ["no event", null, {}, true],
  ["a private repository", { repository: { visibility: "private", private: true } }, {}, false],
  ["an internal repository", { repository: { visibility: "internal" } }, {}, false],
  [
    "a public repository and redact: false",
    { repository: { private: false } },
    { redact: "false" },
    false,
  ],
  [
    "a private repository and redact: true",
    { repository: { private: true } },
    { redact: "true" },
    true,
  ],
] as const)("account ids and ARNs with %s", async ([, event, inputs, hidden]) => {
  const told = await run({
    inputs: { ...scan, ...inputs },
    event,
    world: oneUnreachable(stopped()),
  });
  const shown = [told.stdout, told.stderr, told.summary];
  for (const text of shown.slice(hidden ? 0 : 2)) {
    expect(ID_OR_ARN.test(text), ID_OR_ARN.exec(text)?.input.slice(0, 2000)).toBe(!hidden);
  }
  expect(JSON.stringify(told.outputs)).not.toMatch(ID_OR_ARN);
  const results = readFileSync(join(told.home, told.outputs["results-file"] ?? ""), "utf8");
  expect(results).toMatch(ID_OR_ARN);
});

test("a run that cannot start in a public repository names no account either", async () => {
  const { stdout, summary } = await run({
    inputs: { ...scan, "organization-role": "arn:aws:iam::111111111111:user/nobody" },
    event: { repository: { private: false } },
  });
  expect(stdout + summary).toContain("It is not the ARN of a role");
  expect(stdout + summary).not.toMatch(ID_OR_ARN);
});

test("the step's log has no command but those that stop and resume commands, and no annotation", async () => {
  const world = oneUnreachable(stopped());
  for (const each of world.accounts) each.name = "::error file=x::hello ##[error]there";
  const { stdout } = await run({ inputs: scan, world });
  expect(stdout).toContain(": :error file=x::hello ## [error]there");
  expect(commandsIn(stdout)).toEqual([]);
  expect(commandsWhateverIsStopped(stdout)).toEqual([
    expect.stringMatching(/^::stop-commands::[0-9a-f-]{36}$/),
    expect.stringMatching(/^::[0-9a-f-]{36}::$/),
  ]);
});

const TRAIL = (name: string) =>
  `resource "aws_cloudtrail" "main" {\n  name = "${name}"\n  s3_bucket_name = "logs"\n  enable_logging = false\n}\n`;

test("check marks lines once the log is over, and nothing that a template says is a command", async () => {
  const { exitCode, stdout, outputs, summary, home } = await run({
    inputs: { command: "check" },
    files: { "infra/trail.tf": TRAIL("::error file=x::hello ##[error]there") },
  });
  expect(exitCode, stdout).toBe(1);
  const marks = commandsIn(stdout);
  expect(marks[0]).toMatch(
    /^::error file=infra\/trail\.tf,line=\d,endLine=\d,col=\d+,endColumn=\d+,title=critical%3A The trail is logging::/,
  );
  for (const mark of marks) expect(mark).toMatch(/^::(error|warning|notice) [^:]*::/);
  const end = stdout.search(/\n::[0-9a-f-]{36}::\n/);
  expect(stdout.indexOf("::error file=infra")).toBeGreaterThan(end);
  expect(summary).toContain("# ❌ Trailproof check: fail");
  expect(summary).toContain("at `infra/trail.tf:");
  expect(outputs).toMatchObject({ outcome: "fail", "audited-count": "1", "expected-count": "1" });
  expect(Number(outputs["new-count"])).toBeGreaterThan(0);
  const sarif = JSON.parse(readFileSync(join(home, outputs["sarif-file"] ?? ""), "utf8"));
  expect(sarif.runs[0].tool.driver.name).toBe("Trailproof Gate");
});

test("the summary is shortened to the room that the step's file leaves", async () => {
  const before = "é".repeat(448_600);
  const alone = await run({ inputs: scan, world: stopped() });
  expect(Buffer.byteLength(alone.summary)).toBeGreaterThan(2_800);
  const { summary } = await run({ inputs: scan, world: stopped(), summaryBefore: before });
  expect(summary.startsWith(`${before}# ❌ Trailproof: fail`)).toBe(true);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900_000);
});

test("a flag that is neither true nor false is refused, not taken for one of them", async () => {
  const { stdout } = await run({ inputs: { ...scan, organization: "yes" } });
  expect(stdout).toContain("the input `organization` is neither true nor false");
});

const action = parse(readFileSync("action.yml", "utf8"));

test("the inputs of action.yml are the options of the command line, and command", () => {
  const names = new Set(["command", ...inputNames("scan"), ...inputNames("check")]);
  expect(Object.keys(action.inputs).sort()).toEqual([...names].sort());
});

test("the outputs of action.yml are those that are set", () => {
  expect(Object.keys(action.outputs).sort()).toEqual([...OUTPUTS].sort());
});
