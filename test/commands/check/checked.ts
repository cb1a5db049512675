import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../../../src/commands/run.ts";
import type { Finding } from "../../../src/evaluate/finding.ts";
import type { Gate } from "../../../src/evaluate/gate/gate.ts";
import { folder, listening } from "../../whole-path/judged.ts";

/** As far as the tests look. */
type Results = { outcome: string; complete: boolean; findings: Finding[]; gate: Gate };

/** Writes files into a folder. */
export function write(path: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
}

/** `trailproof check` in a folder: exit code, what was said, and the results. */
export async function checked(
  path: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
) {
  const { console, heard } = listening();
  const out = folder();
  const home = process.cwd();
  process.chdir(path);
  try {
    const code = await run(["check", "--out", out, ...args], { console, env });
    const results = (): Results => JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
    const file = (name: string) => readFileSync(join(out, name), "utf8");
    return { code, ...heard, results, file };
  } finally {
    process.chdir(home);
  }
}

/** Policy, subject and standing of each finding, as one line. */
export const lines = ({ findings }: Results): string[] =>
  findings.map(
    ({ policy, subject, standing, verdict }) => `${standing} ${verdict} ${policy} ${subject.id}`,
  );
