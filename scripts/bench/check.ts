import { existsSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { type Bench, measured, ours, type Section, TOOLS } from "./bench.ts";
import { megabytes, times } from "./line.ts";
import { median, type Usage } from "./measure.ts";
import { planOf, TEMPLATE } from "./plans.ts";

/** The gate, each time as a process that has just begun. */
export const check: Section = async (bench) => {
  const { folder, node } = bench;
  const inputs = `${folder}/gate`;
  await mkdir(inputs, { recursive: true });
  const write = (name: string, text: string) => {
    writeFileSync(`${inputs}/${name}`, text);
    return `${inputs}/${name}`;
  };
  const small = await judged(bench, write("small.json", planOf(100, 0.05)), 7);
  const limit = 4 * node.wallMs;
  tell(bench, "plan of 100 resources", small, { wallMs: limit, cpuMs: 4 * node.cpuMs });
  const template = await judged(bench, write("template.yaml", TEMPLATE), 7);
  tell(bench, "template", template, { wallMs: 150 });
  const great = { wallMs: 40 * node.wallMs, peakBytes: 300_000_000 };
  const some = await judged(bench, write("great.json", planOf(20_000, 0.05)), 3);
  tell(bench, "plan of 20,000, one in 20 about CloudTrail", some, great);
  const all = await judged(bench, write("all.json", planOf(20_000, 1)), 1);
  tell(bench, "plan of 20,000, all about CloudTrail", all, great);
  await besideCheckov(bench, `${inputs}/small.json`, small);
  await besideConftest(bench, template);
};

async function judged({ folder }: Bench, path: string, runs: number): Promise<Usage> {
  const argv = ["check", path, "--out", `${folder}/gate-out`, "--quiet"];
  // No repository is around it: there is nothing to ask git but that.
  const program = { ...ours(folder, argv), cwd: folder };
  await measured(program);
  return median(runs, program);
}

type Limits = { wallMs?: number; cpuMs?: number; peakBytes?: number };

function tell({ node, say }: Bench, what: string, usage: Usage, limits: Limits): void {
  const limit = (value: number | undefined) => (value === undefined ? {} : { limit: value });
  const name = `check ${what}`;
  say({
    what: `${name}, wall`,
    value: usage.wallMs,
    unit: "ms",
    ratio: `${times(usage.wallMs, node.wallMs)} node`,
    ...limit(limits.wallMs),
  });
  say({
    what: `${name}, CPU`,
    value: usage.cpuMs,
    unit: "ms",
    ratio: `${times(usage.cpuMs, node.cpuMs)} node`,
    ...limit(limits.cpuMs),
  });
  const peak = limits.peakBytes === undefined ? {} : { limit: megabytes(limits.peakBytes) };
  say({ what: `${name}, memory`, value: megabytes(usage.peakBytes), unit: "MB", ...peak });
}

/** The same plan through Checkov's CloudTrail checks, where it is installed. */
async function besideCheckov({ folder, say, note }: Bench, plan: string, small: Usage) {
  const checkov = `${TOOLS}/checkov`;
  if (!existsSync(checkov))
    return note("Checkov is not installed: scripts/contract-tools.sh --bench");
  const argv = [checkov, "--file", plan, "--framework", "terraform_plan", "--quiet", "--compact"];
  const usage = await median(3, { argv, log: `${folder}/checkov.log` });
  say({ what: "Checkov, the plan of 100 resources, wall", value: usage.wallMs, unit: "ms" });
  const ratio = usage.wallMs / small.wallMs;
  say({ what: "Checkov / ours, wall", value: ratio, unit: "times", limit: 25, least: true });
}

/** How long another program of this kind takes to begin, where it is installed. */
async function besideConftest({ folder, say, note }: Bench, template: Usage) {
  const conftest = `${TOOLS}/conftest`;
  if (!existsSync(conftest))
    return note("conftest is not installed: scripts/contract-tools.sh --bench");
  const usage = await median(7, { argv: [conftest, "--version"], log: `${folder}/conftest.log` });
  say({ what: "conftest's bare start, wall", value: usage.wallMs, unit: "ms" });
  const ratio = template.wallMs / usage.wallMs;
  say({
    what: "Ours, a template / conftest's bare start, wall",
    value: ratio,
    unit: "times",
    limit: 5,
  });
}
