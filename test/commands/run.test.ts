import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { folder, judged } from "../whole-path/judged.ts";
import { command, withAws, withoutAws } from "./surroundings.ts";

const OTHERS = {
  organization: "organization-trail-with-three-members",
  management: "111111111111",
};

test.for([
  { argv: ["frobnicate"], says: /unknown command 'frobnicate'/ },
  { argv: ["merge", "."], says: /unknown command 'merge'/ },
  { argv: ["scan", "--frobnicate"], says: /unknown option '--frobnicate'/ },
  { argv: ["scan", "--fail-on", "terrible"], says: /Allowed choices are critical, high/ },
  { argv: ["scan", "--accounts", "12"], says: /`12` is not an account id of twelve digits/ },
  { argv: ["scan", "--format", "pdf"], says: /`pdf` is none of json, sarif/ },
  { argv: ["scan", "--deadline", "0"], says: /not a number of minutes above 0/ },
  { argv: ["scan", "--organization-role", "Auditor"], says: /not the ARN of a role/ },
  { argv: ["evaluate"], says: /missing required argument 'snapshot'/ },
  { argv: ["iam", "everything"], says: /Allowed choices are single, member, management, hub/ },
])("`trailproof $argv` cannot run and says what would", async ({ argv, says }) => {
  const { exitCode, err, out } = await command(...argv);
  expect(exitCode).toBe(2);
  expect(err).toMatch(says);
  expect(err).toContain("trailproof --help");
  expect(out).toBe("");
});

test.for(["--help", "--version"])("`trailproof %s` is no error", async (argument) => {
  const { exitCode, out, err } = await command(argument);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  expect(out).not.toBe("");
});

test.for([
  {
    what: "an unknown key",
    text: "named: []\norganisation:\n  role: Auditor\n",
    says: /trailproof\.yaml:2:1: .*unknown key `organisation`/,
  },
  {
    what: "a value of the wrong kind",
    text: "organization:\n  regions: eu-west-1\n",
    says: /trailproof\.yaml:2:3: organization\.regions must be array/,
  },
  { what: "broken YAML", text: "named: [\n", says: /trailproof\.yaml:\d+:\d+: / },
  {
    what: "a policy that does not exist",
    text: "policies: { skip: [trail-is-singing] }\n",
    says: /no policy `trail-is-singing`/,
  },
])("a config with $what cannot be used: file, line and cure", async ({ text, says }) => {
  withoutAws();
  const config = join(folder(), "trailproof.yaml");
  writeFileSync(config, text);
  const { exitCode, err } = await command("scan", "--config", config, "--out", folder());
  expect(exitCode).toBe(2);
  expect(err).toMatch(says);
  expect(err).toMatch(/^bad-config: .*\n {2}\S.+/);
});

test("a config that is not there is an error, not a run without one", async () => {
  withoutAws();
  const { exitCode, err } = await command("scan", "--config", "/nowhere/trailproof.yaml");
  expect(exitCode).toBe(2);
  expect(err).toMatch(/bad-config: \/nowhere\/trailproof\.yaml: cannot be read/);
});

test("a malformed policy of the user's own ends the run before AWS is asked", async () => {
  const simulator = await withAws(OTHERS.organization, OTHERS.management);
  const policies = folder();
  writeFileSync(join(policies, "mine.yaml"), "title: Mine\nsubject: trail\nseverity: enormous\n");
  const { exitCode, err } = await command("scan", "--policies", policies, "--out", folder());
  expect(exitCode).toBe(2);
  expect(err).toMatch(/bad-policy: .*mine\.yaml/);
  expect(simulator.countCalls()).toBe(0);
});

test("a snapshot that was cut off is not judged: where it ends is said, and the file is kept", async () => {
  const { snapshotFile } = await judged("every-kind-of-resource");
  const whole = readFileSync(snapshotFile);
  const cut = join(folder(), "cut.ndjson.gz");
  writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * 0.7)));
  const before = readFileSync(cut);
  const out = join(folder(), "report");
  const { exitCode, err } = await command("evaluate", cut, "--out", out);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/bad-snapshot: .*cut\.ndjson\.gz: .*(record|line) \d+/);
  expect(err).toMatch(/\n {2}\S+/);
  expect(readFileSync(cut)).toEqual(before);
  expect(existsSync(join(out, "results.json"))).toBe(false);
});

test.for([
  { what: "is not there", content: null },
  { what: "is empty", content: "" },
  { what: "is some other text", content: "hello\n" },
  { what: "is JSON that is no snapshot", content: '{"kind":"header"}\n' },
])("a snapshot that $what is an error with a cure", async ({ content }) => {
  const path = join(folder(), "snapshot.ndjson.gz");
  if (content !== null) writeFileSync(path, content);
  const { exitCode, err } = await command("evaluate", path, "--out", folder());
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^bad-snapshot: .*\n {2}\S.+/);
});

test("without credentials a scan ends at once and says how to give some", async () => {
  withoutAws();
  const { exitCode, err } = await command("scan", "--out", folder());
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^no-credentials: There are no AWS credentials/);
  expect(err).toContain("aws sts get-caller-identity");
});

test("an instance metadata service that accepts and never answers does not hang a scan", async () => {
  withoutAws();
  let connections = 0;
  const silent = createServer(() => {
    connections += 1;
  });
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void silent.close());
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : undefined;
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", undefined);
  vi.stubEnv("AWS_EC2_METADATA_SERVICE_ENDPOINT", `http://127.0.0.1:${port}`);
  const { exitCode, err } = await command("scan", "--out", folder());
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^no-credentials: /);
  expect(connections).toBeGreaterThan(0);
  expect(connections).toBeLessThan(10);
});

test("credentials that AWS refuses are an error, and nothing more is asked", async () => {
  const simulator = await withAws(OTHERS.organization, OTHERS.management);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIANOBODYSKEY000000");
  const { exitCode, err } = await command("scan", "--out", folder());
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^no-credentials: AWS does not take the credentials: InvalidClientTokenId/);
  expect(simulator.countCalls()).toBe(1);
});

test("a member that may not list accounts is told who may", async () => {
  await withAws(OTHERS.organization, "333333333333");
  const { exitCode, err } = await command("scan", "--organization", "--out", folder());
  expect(exitCode).toBe(2);
  expect(err).toMatch(
    /^cannot-list-accounts: The accounts of the organization cannot be listed: AccessDenied/,
  );
  expect(err).toContain("--organization-role");
});

test("a folder that cannot be written is an error before AWS is asked", async () => {
  const simulator = await withAws(OTHERS.organization, OTHERS.management);
  const file = join(folder(), "file");
  writeFileSync(file, "");
  const { exitCode, err } = await command("scan", "--out", join(file, "report"));
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^cannot-write: /);
  expect(simulator.countCalls()).toBe(0);
});

test("what an earlier scan left is kept where the next one cannot run", async () => {
  const { snapshotFile } = await judged("every-kind-of-resource");
  const out = folder();
  mkdirSync(out, { recursive: true });
  const kept = join(out, "snapshot.ndjson.gz");
  copyFileSync(snapshotFile, kept);
  await withAws(OTHERS.organization, "333333333333");
  const { exitCode } = await command("scan", "--organization", "--out", out);
  expect(exitCode).toBe(2);
  expect(readFileSync(kept)).toEqual(readFileSync(snapshotFile));
});
