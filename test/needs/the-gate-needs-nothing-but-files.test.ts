import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { checked } from "../commands/check/checked.ts";
import { aChange, aPlan } from "../templates/plan/a-plan.ts";
import { folder } from "../whole-path/judged.ts";

/** Whoever opens a socket or looks a name up, in this process, ends it. */
const NO_NETWORK = `data:text/javascript,${encodeURIComponent(
  `import net from "node:net"; import dns from "node:dns"; import dgram from "node:dgram";
   const refuse = () => { console.error("NETWORK"); process.exit(99); };
   net.Socket.prototype.connect = refuse; dns.lookup = refuse; dgram.createSocket = refuse;`,
)}`;

const plan = aPlan([
  aChange("aws_cloudtrail.main", {
    actions: ["update"],
    before: { name: "organization", s3_bucket_name: "logs", enable_log_file_validation: true },
    after: { name: "organization", s3_bucket_name: "logs", enable_log_file_validation: false },
  }),
]);

function alone(cwd: string, argv: readonly string[]) {
  const node = resolve("node_modules/.bin/node");
  const args = ["--import", NO_NETWORK, ...argv];
  return promisify(execFile)(node, args, { cwd, env: { PATH: process.env["PATH"] } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test("without credentials and network the verdict and the exit code are the same as with them", async () => {
  const path = folder();
  writeFileSync(join(path, "plan.json"), JSON.stringify(plan));
  const withAll = await checked(path, ["plan.json"], { AWS_ACCESS_KEY_ID: "key", AWS_REGION: "x" });
  const cli = resolve("src/cli.ts");
  const run = await alone(path, [cli, "check", "plan.json", "--out", "out"]);
  expect(run.code, run.stderr).toBe(withAll.code);
  expect(run.code).toBe(1);
  const { startedAt: _, ...results } = JSON.parse(
    readFileSync(join(path, "out/results.json"), "utf8"),
  );
  expect(withAll.results()).toMatchObject(results);
});

test("what watches for a network would see one", async () => {
  const path = folder();
  const script = 'fetch("http://127.0.0.1:18081").catch(() => {})';
  expect((await alone(path, ["--input-type=module", "--eval", script])).code).toBe(99);
});
