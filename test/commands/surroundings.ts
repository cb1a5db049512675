import { onTestFinished, vi } from "vitest";
import { run } from "../../src/commands/run.ts";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { startSimulator } from "../../src/simulate/server.ts";
import type { World } from "../../src/simulate/world.ts";
import { worldFile } from "../simulate/world-files.ts";
import { listening } from "../whole-path/judged.ts";

/** Runs a command line in this process and keeps what it said. */
export async function command(...argv: string[]) {
  const { console, heard } = listening();
  const exitCode = await run(argv, { console, env: process.env });
  return { exitCode, ...heard };
}

/** Takes away all that would lead the AWS SDK anywhere, for one test. */
export function withoutAws(): void {
  for (const name of Object.keys(process.env)) {
    if (/^(AWS_|.*_proxy$)/i.test(name)) vi.stubEnv(name, undefined);
  }
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** Points the AWS SDK at a world, with an account's credentials, as a user's environment does. */
export async function withAws(world: World | string, account: string) {
  withoutAws();
  const simulator = await startSimulator(typeof world === "string" ? worldFile(world) : world, {
    recordCalls: true,
  });
  onTestFinished(simulator.close);
  const { accessKeyId, secretAccessKey } = entryCredentials(account);
  vi.stubEnv("AWS_ENDPOINT_URL", simulator.endpoint);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secretAccessKey);
  return simulator;
}
