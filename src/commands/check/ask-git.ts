import { spawnSync } from "node:child_process";

const LARGEST_ANSWER = 1024 * 1024 * 1024;

/** Nothing of what a repository or its owner configured may run, wait or reach out. */
const CONFIG = [
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "safe.directory=*",
];
const ENVIRONMENT = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
};

/**
 * What git answers; null where it refuses, or is not there. It is asked without hooks and helpers, and
 * without a network: of a clone that lacks a commit nothing is fetched.
 */
export function asked(folder: string, args: readonly string[], input?: string): Buffer | null {
  const { status, stdout } = spawnSync("git", [...CONFIG, ...args], {
    cwd: folder,
    env: { ...process.env, ...ENVIRONMENT },
    maxBuffer: LARGEST_ANSWER,
    stdio: ["pipe", "pipe", "ignore"],
    ...(input === undefined ? {} : { input }),
  });
  return status === 0 ? stdout : null;
}
