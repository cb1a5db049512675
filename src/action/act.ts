import type { Console, Reported } from "../commands/console.ts";
import { run, told } from "../commands/run.ts";
import { annotations } from "../report/annotations.ts";
import { codeBlock } from "../report/markdown.ts";
import { summary } from "../report/summary.ts";
import { argvOf, inputOf } from "./inputs.ts";
import { openLog } from "./log.ts";
import { OUTPUTS_OF_NOTHING, outputsOf } from "./outputs.ts";
import { addSummary, setOutputs } from "./runner-files.ts";
import { isPublic } from "./visibility.ts";

/** A step as GitHub's runner runs it: its environment and its stdout. */
export type Step = { env: NodeJS.ProcessEnv; write(text: string): void };

/**
 * Runs one step: inputs become a command line, what comes of it the step's log, outputs, summary and
 * annotations. Gives the exit code.
 */
export async function act({ env, write }: Step): Promise<number> {
  const log = openLog(write);
  let marks: string[] = [];
  try {
    const { code, result } = await ran(env, log.console);
    const { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: file } = env;
    setOutputs(outputs, result === null ? OUTPUTS_OF_NOTHING : outputsOf(result));
    addSummary(file, (budget) =>
      result === null ? failure(log.complaints(), code) : summary(result.report, budget),
    );
    marks = result === null ? [] : annotations(result.report);
    return code;
  } finally {
    log.end();
    // Only now does the runner listen to commands again.
    for (const mark of marks) write(`${mark}\n`);
  }
}

type Ran = { code: number; result: Reported | null };

async function ran(env: NodeJS.ProcessEnv, log: Console): Promise<Ran> {
  const results: Reported[] = [];
  const console = { ...log, reported: (result: Reported) => void results.push(result) };
  const redact = isPublic(env);
  if (redact && inputOf(env, "redact") === "") log.out(REDACTED);
  const code = await started(env, console, redact);
  return { code, result: results[0] ?? null };
}

async function started(env: NodeJS.ProcessEnv, console: Console, redact: boolean) {
  try {
    return await run(argvOf(env, { redact }), { console, env });
  } catch (error) {
    // Only inputs can be wrong here: `run` itself never throws.
    return told(error, console);
  }
}

const REDACTED =
  "Account ids and ARNs are kept out of this log and the summary: the repository is public, or the event does not say. The files hold them; the input redact: false shows them here.\n";

const failure = (complaints: string, code: number): string =>
  `# ⚠️ Trailproof could not run\n\n${codeBlock(complaints, "text")}\n\nExit code ${code}.\n`;
