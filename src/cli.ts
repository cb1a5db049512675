#!/usr/bin/env node
import { NO_ANSWER, run } from "./commands/run.ts";
import { paint } from "./report/terminal.ts";

const { stdout, stderr, env, argv } = process;
const colour = stdout.isTTY && env.NO_COLOR === undefined && env.TERM !== "dumb";

// Somebody who reads only the head of our output is no error.
for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
// The SDK's notice about Node versions to come is for its developers, not for ours.
env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

process.once("beforeExit", () => {
  process.exitCode ??= NO_ANSWER;
});
void run(argv.slice(2), {
  console: {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    paint: paint(colour),
    live: stderr.isTTY && env.CI === undefined,
  },
  env,
}).then((code) => {
  process.exitCode = code;
});
