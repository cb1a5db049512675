import { Command, type Option } from "commander";
import { AuditError } from "../errors.ts";
import {
  withCheckOptions,
  withHistoryOptions,
  withJudgingOptions,
  withScanOptions,
} from "../options.ts";
import { FORMAT_NAMES } from "../report/formats.ts";

/** What a command takes; `paths` is the input whose lines stand on the command line by themselves. */
type Takes = { options: () => readonly Option[]; paths?: string };

/** The commands that the Action is for; those that exist have what they take. */
const COMMANDS: Record<string, Takes | null> = {
  scan: {
    options: () =>
      withScanOptions(withHistoryOptions(withJudgingOptions(new Command(), FORMAT_NAMES))).options,
  },
  check: {
    options: () =>
      withCheckOptions(withJudgingOptions(new Command(), FORMAT_NAMES, "none")).options,
    paths: "paths",
  },
  "verify-logs": null,
  merge: null,
};

/**
 * The command line that the Action's inputs stand for, from the runner's INPUT_ variables. An empty
 * input is one that was not given. Throws "unknown-command" and "bad-option".
 */
export function argvOf(env: NodeJS.ProcessEnv, defaults: { redact: boolean }): string[] {
  const command = inputOf(env, "command");
  const { options, paths } = takenBy(command);
  refuseOthers(env, command);
  const flags = options().flatMap((option) => {
    const name = nameOf(option);
    const value = inputOf(env, name);
    if (name === "redact" && value === "") return defaults.redact ? ["--redact"] : [];
    if (value === "") return [];
    if (option.isBoolean()) return isTrue(name, value) ? [`--${name}`] : [];
    // Joined to its name, a value cannot pass for an option of its own.
    return [`--${name}=${value.split(/\s*\n\s*/).join(",")}`];
  });
  const named = paths === undefined ? [] : itemsOf(inputOf(env, paths));
  // After `--` nothing is an option, whatever a path is called.
  return [command, ...flags, ...(named.length === 0 ? [] : ["--", ...named])];
}

/** The names of all inputs of a command that exists, `command` itself aside. */
export function inputNames(command: string): string[] {
  const { options, paths } = takenBy(command);
  return [...options().map(nameOf), ...(paths === undefined ? [] : [paths])];
}

const nameOf = ({ long }: Option): string => (long ?? "").slice("--".length);

const itemsOf = (value: string): string[] =>
  value
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== "");

function takenBy(command: string): Takes {
  const names = Object.keys(COMMANDS).join(", ");
  if (!Object.hasOwn(COMMANDS, command)) {
    const what = command === "" ? "the input `command` is missing" : "there is no such command";
    throw new AuditError("unknown-command", what, `Set the input command to one of ${names}.`);
  }
  const takes = COMMANDS[command] ?? null;
  if (takes !== null) return takes;
  throw new AuditError(
    "unknown-command",
    `the command \`${command}\` is not built yet`,
    `This version has ${built().join(" and ")}.`,
  );
}

const built = (): string[] => Object.keys(COMMANDS).filter((name) => COMMANDS[name] !== null);

/** An input that the command would not look at is a mistake: somebody believes that it works. */
function refuseOthers(env: NodeJS.ProcessEnv, command: string): void {
  const own = new Set(inputNames(command));
  for (const other of built()) {
    const stray = inputNames(other).find((name) => !own.has(name) && inputOf(env, name) !== "");
    if (stray === undefined) continue;
    throw new AuditError(
      "bad-option",
      `the input \`${stray}\` is for the command ${other}, not for ${command}`,
      `Leave ${stray} out.`,
    );
  }
}

/** The runner gives an input the name INPUT_ and its own in capitals; hyphens stay. */
export const inputOf = (env: NodeJS.ProcessEnv, name: string): string =>
  (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();

function isTrue(name: string, value: string): boolean {
  const word = value.toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  throw new AuditError(
    "bad-option",
    `the input \`${name}\` is neither true nor false`,
    `Set ${name} to true or false, or leave it out.`,
  );
}
