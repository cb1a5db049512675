import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Line } from "./line.ts";
import { measure, median, type Program, type Usage } from "./measure.ts";

/** What the sections of one run share. */
export type Bench = {
  /** A folder of this run alone. */
  folder: string;
  large: boolean;
  /** A bare `node -e 0`: what a time is given as a multiple of. */
  node: Usage;
  say(line: Line): void;
  note(text: string): void;
};

/** Measures some numbers of the table and says them. */
export type Section = (bench: Bench) => Promise<void>;

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const DIST = root("dist");
export const SIMULATOR = root("scripts/bench/simulator.ts");

/** Where the contract tools are, whether installed or not. */
export const TOOLS = `${process.env["TRAILPROOF_TOOLS"] ?? root("node_modules/.cache/trailproof-tools")}/bin`;

/** A run of the bundle. */
export const ours = (
  folder: string,
  options: readonly string[],
  env: Record<string, string> = {},
): Program => ({
  argv: [process.execPath, `${DIST}/cli.js`, ...options],
  env,
  log: `${folder}/ours.log`,
});

export const bareNode = (folder: string): Promise<Usage> =>
  median(7, { argv: [process.execPath, "-e", "0"], log: `${folder}/node.log` });

/** Runs the bundle; an exit code that is no verdict ends the benchmark. */
export async function measured(program: Program): Promise<Usage> {
  const usage = await measure(program);
  if (usage.code === 0 || usage.code === 1) return usage;
  throw new Error(`${program.argv.join(" ")}: exit code ${usage.code}, see ${program.log}`);
}

export function requireDist(): void {
  if (!existsSync(`${DIST}/cli.js`)) throw new Error("There is no dist/: run npm run build first.");
}
