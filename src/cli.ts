#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { run } from "./commands/run.ts";
import { paint } from "./report/terminal.ts";

const { stdout, stderr, env, argv } = process;
const colour = stdout.isTTY && env.NO_COLOR === undefined && env.TERM !== "dumb";

// Left alone, V8 reserves up to 130 MB for objects that die young: a third of what a great scan takes.
setFlagsFromString("--semi-space-growth-factor=1");

// Somebody who reads only the head of our output is no error.
for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
// The SDK's notice about Node versions to come is for its developers, not for ours.
env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

process.exitCode = await run(argv.slice(2), {
  console: {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    paint: paint(colour),
    live: stderr.isTTY && env.CI === undefined,
  },
  env,
});
