import { act } from "./action/act.ts";

process.exitCode = await act({
  env: process.env,
  write: (text) => void process.stdout.write(text),
});
