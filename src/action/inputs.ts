import { Command, type Option } from "commander";
import { AuditError } from "../errors.ts";
import { withHistoryOptions, withJudgingOptions, withScanOptions } from "../options.ts";
import { FORMAT_NAMES } from "../report/formats.ts";

/** The commands that the Action is for; those that exist have the options that they take. */
const COMMANDS: Record<string, (() => readonly Option[]) | null> = {
  scan: () =>
    withScanOptions(withHistoryOptions(withJudgingOptions(new Command(), FORMAT_NAMES))).options,
  check: null,
  "verify-logs": null,
  merge: null,
};

/**
 * The command line that the Action's inputs stand for, from the runner's INPUT_ variables. An empty
 * input is one that was not given. Throws "unknown-command" and "bad-option".
 */
export function argvOf(env: NodeJS.ProcessEnv, defaults: { redact: boolean }): string[] {
  const command = inputOf(env, "command");
  const options = optionsOf(command);
  const flags = options.flatMap((option) => {
    const name = (option.long ?? "").slice("--".length);
    const value = inputOf(env, name);
    if (name === "redact" && value === "") return defaults.redact ? ["--redact"] : [];
    if (value === "") return [];
    if (option.isBoolean()) return isTrue(name, value) ? [`--${name}`] : [];
    // Joined to its name, a value cannot pass for an option of its own.
    return [`--${name}=${value.split(/\s*\n\s*/).join(",")}`];
  });
  return [command, ...flags];
}

/** The names of all inputs of a command that exists, `command` itself aside. */
export const inputNames = (command: string): string[] =>
  optionsOf(command).map(({ long }) => (long ?? "").slice("--".length));

function optionsOf(command: string): readonly Option[] {
  const names = Object.keys(COMMANDS).join(", ");
  if (!Object.hasOwn(COMMANDS, command)) {
    const what = command === "" ? "the input `command` is missing" : "there is no such command";
    throw new AuditError("unknown-command", what, `Set the input command to one of ${names}.`);
  }
  const options = COMMANDS[command] ?? null;
  if (options !== null) return options();
  throw new AuditError(
    "unknown-command",
    `the command \`${command}\` is not built yet`,
    "This version has the command scan.",
  );
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
