import { onTestFinished } from "vitest";
import type { SimulatedCredentials } from "../../src/simulate/credentials.ts";
import { startSimulator } from "../../src/simulate/server.ts";
import type { World } from "../../src/simulate/world.ts";
import { clients } from "./clients.ts";
import { worldFile } from "./world-files.ts";

/** Starts a world, or the world file of a name, for one test; `as` gives an account's SDK clients. */
export async function simulated(world: World | string) {
  const read = typeof world === "string" ? worldFile(world) : world;
  const simulator = await startSimulator(read, { recordCalls: true });
  onTestFinished(simulator.close);
  const as = (account: string, region = "us-east-1", credentials?: SimulatedCredentials) =>
    clients(simulator.endpoint, {
      account,
      region,
      ...(credentials === undefined ? {} : { credentials }),
    });
  return { ...simulator, as };
}

/** What the SDK makes of an AWS error: its name, its HTTP status, and what it says. */
export async function refusal(sent: Promise<unknown>) {
  const error = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("the call was answered");
  const metadata: unknown = Reflect.get(error, "$metadata");
  const status: unknown =
    typeof metadata === "object" && metadata !== null
      ? Reflect.get(metadata, "httpStatusCode")
      : undefined;
  return { name: error.name, status, message: error.message };
}

/** An answer without what the SDK adds to it. */
export function answer<T extends { $metadata: object }>({ $metadata, ...rest }: T) {
  return rest;
}

/** The region of a bucket that S3 names in a header even where it refuses. */
export async function regionInRefusal(sent: Promise<unknown>): Promise<unknown> {
  const error: unknown = await sent.catch((reason: unknown) => reason);
  const response: unknown = Reflect.get(Object(error), "$response");
  return Reflect.get(Object(Reflect.get(Object(response), "headers")), "x-amz-bucket-region");
}
