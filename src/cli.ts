#!/usr/bin/env node
import { run } from "./commands/run.ts";
import { paint } from "./report/terminal.ts";

const { stdout, stderr, env, argv } = process;
const colour = stdout.isTTY && env.NO_COLOR === undefined && env.TERM !== "dumb";

process.exitCode = await run(argv.slice(2), {
  console: {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    paint: paint(colour),
    live: stderr.isTTY && env.CI === undefined,
  },
  env,
});
