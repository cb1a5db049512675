import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import {
  CloudTrailClient,
  CreateTrailCommand,
  StartLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { DEFAULT_REGIONS } from "../../src/simulate/generate.ts";
import { measured, ours, type Section, TOOLS } from "./bench.ts";
import { megabytes, times } from "./line.ts";
import { measure } from "./measure.ts";
import { awsEnvironment } from "./simulated.ts";

const KEYS = { accessKeyId: "AKIDBENCH", secretAccessKey: "bench" };
/** For seventeen regions with one trail, its bucket, and the account itself. */
const MOST_CALLS = 17 * 2 + 4 + 4 + 12;

/** One account on a moto server, audited by us and, where it is installed, by Prowler. */
export const account: Section = async ({ folder, say, note }) => {
  if (!existsSync(`${TOOLS}/moto_server`)) {
    return note("Left out: scripts/contract-tools.sh installs the server that this needs.");
  }
  const moto = await startMoto(folder);
  try {
    await seed(moto.endpoint);
    const env = awsEnvironment(moto.endpoint, KEYS);
    const out = `${folder}/account`;
    const scan = ["scan", "--regions", DEFAULT_REGIONS.join(","), "--out", out, "--quiet"];
    // The first run of each warms the file cache, and is thrown away.
    await measured(ours(folder, scan, env));
    const { usage: mine, calls } = await counted(moto, () => measured(ours(folder, scan, env)));
    say({ what: "one account, wall", value: mine.wallMs, unit: "ms" });
    say({ what: "one account, CPU", value: mine.cpuMs, unit: "ms" });
    say({ what: "one account, memory", value: megabytes(mine.peakBytes), unit: "MB" });
    say({ what: "one account, calls", value: calls, unit: "calls", limit: MOST_CALLS });
    if (!existsSync(`${TOOLS}/prowler`)) {
      return note("Prowler is not installed: scripts/contract-tools.sh --bench does that.");
    }
    const prowler = { argv: prowlerArgv(folder), env, log: `${folder}/prowler.log` };
    await measure(prowler);
    const { usage: theirs, calls: theirCalls } = await counted(moto, () => measure(prowler));
    const compared = (name: keyof typeof mine, limit: number) =>
      say({
        what: `one account, Prowler's ${NAMES[name]} over ours`,
        value: theirs[name] / mine[name],
        unit: "times",
        limit,
        least: true,
      });
    compared("wallMs", 30);
    compared("cpuMs", 30);
    compared("peakBytes", 5);
    say({
      what: "one account, Prowler's calls",
      value: theirCalls,
      unit: "calls",
      ratio: `${times(theirCalls, calls)} ours`,
    });
  } finally {
    await moto.stop();
  }
};

const NAMES = { wallMs: "wall", cpuMs: "CPU", peakBytes: "memory", code: "exit code" };

const prowlerArgv = (folder: string): string[] => [
  `${TOOLS}/prowler`,
  ...["aws", "--service", "cloudtrail", "--region", ...DEFAULT_REGIONS],
  ...["-M", "csv", "-o", `${folder}/prowler`, "-z", "--no-banner", "--no-color"],
];

type Moto = { endpoint: string; calls(): number; stop(): Promise<void> };

async function counted<T>(moto: Moto, run: () => Promise<T>) {
  const before = moto.calls();
  const usage = await run();
  return { usage, calls: moto.calls() - before };
}

/** A moto server whose log counts the calls that it had. */
async function startMoto(folder: string): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const path = `${folder}/moto.log`;
  const log = openSync(path, "w");
  const argv = ["-H", "127.0.0.1", "-p", String(port)];
  const server = spawn(`${TOOLS}/moto_server`, argv, { stdio: ["ignore", "ignore", log] });
  closeSync(log);
  const ended = once(server, "exit");
  while (!(await answers(endpoint))) {
    if (server.exitCode !== null) throw new Error(`moto did not start, see ${path}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    endpoint,
    calls: () => readFileSync(path, "utf8").split(" HTTP/1.1").length - 1,
    stop: async () => {
      server.kill();
      await ended;
    },
  };
}

const answers = (endpoint: string): Promise<boolean> =>
  fetch(`${endpoint}/moto-api/`).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

/** One account with a multi-region trail. */
async function seed(endpoint: string): Promise<void> {
  const setting = { endpoint, region: "us-east-1", credentials: KEYS, forcePathStyle: true };
  const cloudtrail = new CloudTrailClient(setting);
  await new S3Client(setting).send(new CreateBucketCommand({ Bucket: "trail-logs" }));
  await cloudtrail.send(
    new CreateTrailCommand({ Name: "trail", S3BucketName: "trail-logs", IsMultiRegionTrail: true }),
  );
  await cloudtrail.send(new StartLoggingCommand({ Name: "trail" }));
}
