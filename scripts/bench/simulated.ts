import { fork } from "node:child_process";
import { once } from "node:events";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { type GenerateOptions, MANAGEMENT_ACCOUNT } from "../../src/simulate/generate.ts";
import { SIMULATOR } from "./bench.ts";

export type Simulated = {
  /** What a program needs in its environment to take it for AWS. */
  env: Record<string, string>;
  calls(): Promise<number>;
  stop(): void;
};

/** Starts a simulated organization in a process of its own. */
export async function simulated(options: GenerateOptions): Promise<Simulated> {
  const child = fork(SIMULATOR, [JSON.stringify(options)], { execArgv: [] });
  const answer = async (): Promise<Record<string, unknown>> => (await once(child, "message"))[0];
  const { endpoint } = await answer();
  const { accessKeyId, secretAccessKey } = entryCredentials(MANAGEMENT_ACCOUNT);
  return {
    env: awsEnvironment(String(endpoint), { accessKeyId, secretAccessKey }),
    calls: async () => {
      child.send("calls");
      return Number((await answer())["calls"]);
    },
    stop: () => child.disconnect(),
  };
}

/** Everything that an AWS tool would else look for on this machine. */
export const awsEnvironment = (
  endpoint: string,
  keys: { accessKeyId: string; secretAccessKey: string },
): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
});
