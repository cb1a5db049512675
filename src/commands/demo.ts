import { devNull } from "node:os";
import type { ScanOptions } from "../options.ts";
import { entryCredentials } from "../simulate/credentials.ts";
import { demoWorld } from "../simulate/demo-world.ts";
import { generateWorld } from "../simulate/generate.ts";
import { startSimulator } from "../simulate/server.ts";
import type { Console } from "./console.ts";
import { exitCodeOf } from "./judge-and-report.ts";
import { scanned } from "./scan.ts";

export type DemoOptions = { size?: number; out: string };

/** What a real scan of the demo organization would have been called with. */
const SCAN: Omit<ScanOptions, "out"> = {
  format: ["json", "sarif", "markdown"],
  failOn: "medium",
  unknownFailsAt: "high",
  redact: false,
  all: false,
  quiet: false,
  json: false,
  organization: true,
  deadline: 30,
};

/**
 * `trailproof demo`: scans a simulated organization on loopback. Takes nothing from the
 * environment, and ends with exit code 0: the findings are the show, not a failure.
 */
export async function demo(
  { size, out }: DemoOptions,
  console: Console,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  hideFromAwsTools(env);
  const world = size === undefined ? demoWorld() : generateWorld({ accounts: size });
  const simulator = await startSimulator(world);
  try {
    const credentials = entryCredentials(world.organization.managementAccount);
    const connection = {
      endpoint: simulator.endpoint,
      region: "us-east-1",
      credentials: async () => credentials,
      requestTimeoutMs: 20_000,
    };
    const report = await scanned({ ...SCAN, out }, console, connection);
    console.out(ending(exitCodeOf(report), out, console));
    return 0;
  } finally {
    await simulator.close();
  }
}

/** The SDK reads these by itself; a demo must not depend on, or reach, anything of the user's. */
function hideFromAwsTools(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (/^(AWS_(?!SDK_JS_)|(https?|all|no)_proxy$|NODE_USE_ENV_PROXY$)/i.test(name))
      delete env[name];
  }
  env.AWS_CONFIG_FILE = devNull;
  env.AWS_SHARED_CREDENTIALS_FILE = devNull;
  env.AWS_EC2_METADATA_DISABLED = "true";
}

function ending(code: number, out: string, { paint }: Console): string {
  return [
    "",
    paint.bold("This was a simulated organization; no AWS account was touched."),
    `A real scan with these findings would have ended with exit code ${code}; the demo ends with 0.`,
    `Look at ${out}/results.json (every finding with its deciding facts and request ids),`,
    `at ${out}/snapshot.ndjson.gz (the evidence; \`trailproof evaluate\` judges it again), and at`,
    "`trailproof policies show trail-is-logging` (why a policy exists and how to fix what it finds).",
    "Next: `trailproof scan` looks at the account of your current AWS credentials; it only reads.",
    "",
  ].join("\n");
}
