import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { toolsFolder } from "./tools.ts";

const ATTEMPTS = 600;

/** Starts moto's server on loopback; `stop` ends it. */
export async function startMoto(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const folder = toolsFolder();
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(`${folder}/moto_server`, ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  const ended = once(server, "exit");
  // A test run that breaks off before it stops the server must not leave it behind.
  process.once("exit", () => server.kill());
  for (let attempt = 0; !(await answers(endpoint)); attempt++) {
    if (attempt === ATTEMPTS || server.exitCode !== null) throw new Error("moto did not start");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    endpoint,
    stop: async () => {
      server.kill();
      await ended;
    },
  };
}

const answers = (endpoint: string): Promise<boolean> =>
  fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  server.close();
  await once(server, "close");
  return address.port;
}
