import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Call, callLog } from "./call-log.ts";
import { indexed } from "./indexed-world.ts";
import { responder } from "./responder.ts";
import type { World } from "./world.ts";

const LARGEST_BODY = 1_000_000;

export type Simulator = {
  /** What `AWS_ENDPOINT_URL`, or a client's `endpoint`, is set to. */
  endpoint: string;
  /** The calls in the order of their answers; empty without `recordCalls`. */
  calls: () => Call[];
  /** How many calls there were to operations like `cloudtrail:Get*`; without a pattern, all. */
  countCalls: (pattern?: string) => number;
  close: () => Promise<void>;
};

/** Starts an AWS on loopback that answers as the world says, until it is closed. */
export async function startSimulator(
  world: World,
  options: { port?: number; recordCalls?: boolean } = {},
): Promise<Simulator> {
  const log = callLog(options.recordCalls === true);
  const respond = responder(indexed(world), log);
  const server = createServer((request, response) => {
    bodyOf(request).then(
      (body) => (body === undefined ? tooLarge(response) : respond({ request, response, body })),
      () => response.destroy(),
    );
  });
  // A client that keeps a connection for its next call must not find it just closed.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    calls: log.calls,
    countCalls: log.count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function tooLarge(response: ServerResponse): void {
  response.writeHead(413, { connection: "close" }).end();
}
