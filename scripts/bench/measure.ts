import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What one run of a program took, its children included. */
export type Usage = { code: number; wallMs: number; cpuMs: number; peakBytes: number };

export type Program = {
  argv: readonly string[];
  env?: Record<string, string>;
  /** Where it runs; left out: here. */
  cwd?: string;
  log: string;
};

const MEASURED = fileURLToPath(new URL("measured.py", import.meta.url));

/** Runs a program to its end, its output into the file `log`. The kernel's counts, not ours. */
export async function measure({ argv, env = {}, cwd, log }: Program): Promise<Usage> {
  const { stdout } = await promisify(execFile)("python3", [MEASURED, log, ...argv], {
    ...(cwd === undefined ? {} : { cwd }),
    // Nothing of the user's own AWS configuration is to be measured.
    env: { PATH: process.env["PATH"], HOME: join(log, ".."), ...env },
  });
  return JSON.parse(stdout);
}

/** The middle run of several, by wall time. */
export async function median(times: number, program: Program): Promise<Usage> {
  const runs: Usage[] = [];
  for (let n = 0; n < times; n++) runs.push(await measure(program));
  const middle = runs.sort((a, b) => a.wallMs - b.wallMs)[Math.floor(times / 2)];
  if (middle === undefined) throw new Error("nothing was run");
  return middle;
}
