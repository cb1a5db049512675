import { act } from "./action/act.ts";
import { NO_ANSWER } from "./commands/run.ts";

process.once("beforeExit", () => {
  process.exitCode ??= NO_ANSWER;
});
void act({
  env: process.env,
  write: (text) => void process.stdout.write(text),
}).then((code) => {
  process.exitCode = code;
});
