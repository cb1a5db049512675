import { Argument, Command, CommanderError, Option } from "commander";
import { AuditError } from "../errors.ts";
import {
  type CheckOptions,
  day,
  type JudgingOptions,
  type ScanOptions,
  withCheckOptions,
  withHistoryOptions,
  withJudgingOptions,
  withScanOptions,
} from "../options.ts";
import { FORMAT_NAMES } from "../report/formats.ts";
import { redactionOfAnything } from "../report/redact.ts";
import { harmless } from "../report/terminal.ts";
import { VERSION } from "../version.ts";
import { type Console, rewriting } from "./console.ts";
import type { IamPart } from "./iam/permissions.ts";
import type { IamForm } from "./iam.ts";

/** The world that a command runs in, handed in so that tests run it whole. */
export type Surroundings = { console: Console; env: NodeJS.ProcessEnv };

/** Exit codes beside those of verdicts. */
const COULD_NOT_RUN = 2;
const BUG = 4;
/** What a process ends with that has nothing left to wait for, and no answer: that is no success. */
export const NO_ANSWER = 13;

/** Runs one command line and gives its exit code; never throws. */
export async function run(
  argv: readonly string[],
  { console, env }: Surroundings,
): Promise<number> {
  // Seen here, because a command line that is wrong, or a bug, must not say what is to be kept.
  const heard = argv.includes("--redact") ? rewriting(console, redactionOfAnything) : console;
  let code = 0;
  const program = programOf(argv, { console: heard, env }, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    return told(error, heard);
  }
}

/** Tells what ended a run, and gives its exit code. */
export function told(error: unknown, { err }: Console): number {
  if (error instanceof CommanderError) {
    // Help and version come as errors too, and are none.
    return error.exitCode === 0 ? 0 : COULD_NOT_RUN;
  }
  if (error instanceof AuditError) {
    err(`${error.code}: ${harmless(error.message)}\n  ${harmless(error.cure)}\n`);
    return COULD_NOT_RUN;
  }
  err(`bug: this should not happen. Please report it with what follows.\n${stackOf(error)}\n`);
  return BUG;
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

type Add = (program: Command, world: Surroundings, end: (code: number) => void) => void;

/** Every command, in the order of `--help`. */
const COMMANDS: Record<string, Add> = {
  scan: addScan,
  evaluate: addEvaluate,
  check: addCheck,
  demo: addDemo,
  policies: addPolicies,
  iam: addIam,
};

/**
 * Commands load their code when they run, so that `--help` does not wait for the AWS SDK. One that is
 * named first is described alone: only `--help` and a wrong name need to know of the others.
 */
function programOf(
  [first = ""]: readonly string[],
  world: Surroundings,
  end: (code: number) => void,
): Command {
  const { out, err } = world.console;
  const program = new Command("trailproof")
    .description("Proves that AWS CloudTrail records what it must, in every account and region.")
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError("Run trailproof --help for the commands and their options.")
    .configureOutput({ writeOut: out, writeErr: err });
  const named = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  for (const add of named === undefined ? Object.values(COMMANDS) : [named]) {
    add(program, world, end);
  }
  return program;
}

function addScan(program: Command, { console }: Surroundings, end: (code: number) => void): void {
  withScanOptions(
    withHistoryOptions(withJudgingOptions(program.command("scan"), FORMAT_NAMES)).description(
      "audit the account of the current credentials, or a whole organization",
    ),
  ).action(async (options: ScanOptions) => {
    end(await (await import("./scan.ts")).scan(options, console));
  });
}

function addEvaluate(
  program: Command,
  { console }: Surroundings,
  end: (code: number) => void,
): void {
  withHistoryOptions(withJudgingOptions(program.command("evaluate"), FORMAT_NAMES))
    .description("judge a saved snapshot")
    .argument("<snapshot>", "a snapshot.ndjson.gz")
    .option("--as-of <day>", "judge waivers as of this day, YYYY-MM-DD (default: today)", day)
    .action(async (snapshot: string, options: JudgingOptions) => {
      end(await (await import("./evaluate.ts")).evaluate(snapshot, options, console));
    });
}

function addDemo(
  program: Command,
  { console, env }: Surroundings,
  end: (code: number) => void,
): void {
  program
    .command("demo")
    .description("scan a simulated organization: no AWS account needed")
    .option("--size <accounts>", "an organization of so many accounts", Number)
    .option("--out <dir>", "folder for the results", "./trailproof-demo")
    .action(async (options: { size?: number; out: string }) => {
      end(await (await import("./demo.ts")).demo(options, console, env));
    });
}

function addCheck(program: Command, world: Surroundings, end: (code: number) => void): void {
  withCheckOptions(withJudgingOptions(program.command("check"), FORMAT_NAMES, "none"))
    .description("gate a change: Terraform plans and source, CloudFormation, SAM and CDK")
    .argument(
      "[paths...]",
      "plans, templates and folders, each with or without NAME= before it (default: this folder)",
    )
    .action(async (paths: string[], options: CheckOptions) => {
      end(await (await import("./check.ts")).check(paths, options, world));
    });
}

function addPolicies(
  program: Command,
  { console }: Surroundings,
  end: (code: number) => void,
): void {
  const policies = program.command("policies").description("the requirements that are judged by");
  policies
    .command("list")
    .description("one line a policy")
    .action(async () => end((await import("./policies.ts")).listPolicies(console)));
  policies
    .command("show")
    .description("one policy: why, and how to fix what it finds")
    .argument("<id>")
    .action(async (id: string) =>
      end(await (await import("./policies.ts")).showPolicy(id, console)),
    );
  policies
    .command("lint")
    .description("check the policies in a folder")
    .argument("<dir>")
    .action(async (dir: string) =>
      end(await (await import("./policies.ts")).lintPolicies(dir, console)),
    );
  policies
    .command("test")
    .description("run the examples of the policies in a folder")
    .argument("<dir>")
    .action(async (dir: string) =>
      end(await (await import("./policies.ts")).testPolicies(dir, console)),
    );
}

function addIam(program: Command, { console }: Surroundings, end: (code: number) => void): void {
  program
    .command("iam")
    .description("print the smallest permissions that work")
    .addArgument(new Argument("<part>").choices(["single", "member", "management", "hub"]))
    .addOption(
      new Option("--as <form>", "what to print")
        .choices(["policy", "cloudformation", "terraform"])
        .default("policy"),
    )
    .action(async (part: IamPart, options: { as: IamForm }) => {
      end((await import("./iam.ts")).iam(part, options.as, console));
    });
}
