import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { folder } from "../whole-path/judged.ts";

const CLI = new URL("../../src/cli.ts", import.meta.url).pathname;

/** Written into the process under test: says on stderr where each socket and datagram goes, and each name that is looked up. */
const WITNESS = `
import dns from "node:dns";
import net from "node:net";
import { writeSync } from "node:fs";
const tell = (what) => writeSync(2, "WITNESS " + what + "\\n");
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const [first, second] = Array.isArray(given[0]) ? given[0] : given;
  const to = typeof first === "object" ? first : { port: first, host: second };
  tell("connect " + (to.path ?? (to.host ?? "localhost") + ":" + to.port));
  return connect.apply(this, given);
};
const lookup = dns.lookup;
dns.lookup = function (name, ...rest) { tell("lookup " + name); return lookup.call(dns, name, ...rest); };
`;

/** A server that nobody is to reach; gives its address and what reached it. */
async function trap() {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(request.url ?? "?");
    response.writeHead(500).end();
  });
  server.on("connect", (request, socket) => {
    reached.push(request.url ?? "?");
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, reached };
}

function demo(env: Record<string, string>, cwd: string) {
  const args = ["--import", `data:text/javascript,${encodeURIComponent(WITNESS)}`, CLI, "demo"];
  const child = spawn(process.execPath, args, { cwd, env: { PATH: "", ...env } });
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  return new Promise<{ exitCode: number | null; out: string; told: string[] }>((resolve) => {
    child.on("close", (exitCode) => {
      const told = [...err.matchAll(/^WITNESS (.*)$/gm)].map(([, what]) => what ?? "");
      resolve({ exitCode, out, told });
    });
  });
}

test("the demo in a hostile environment touches loopback alone, and none of what the environment names", async () => {
  const { url, port, reached } = await trap();
  const home = folder();
  const config = join(home, "config");
  writeFileSync(
    config,
    `[profile hostile]\nregion = eu-west-1\nendpoint_url = ${url}\ncredential_process = /bin/false\n`,
  );
  const proxies = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
  ];
  const { exitCode, out, told } = await demo(
    {
      ...Object.fromEntries(proxies.map((name) => [name, url])),
      NODE_USE_ENV_PROXY: "1",
      HOME: home,
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: config,
      AWS_PROFILE: "hostile",
      AWS_ENDPOINT_URL: url,
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_S3: url,
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_ACCESS_KEY_ID: "AKIAREALREALREALREAL",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: url,
      AWS_WEB_IDENTITY_TOKEN_FILE: config,
      AWS_ROLE_ARN: "arn:aws:iam::111111111111:role/real",
    },
    home,
  );
  expect(exitCode).toBe(0);
  expect(reached).toEqual([]);
  const connections = told.filter((what) => what.startsWith("connect "));
  expect(connections.length).toBeGreaterThan(0);
  expect([...new Set(connections)].filter((what) => !/ 127\.0\.0\.1:\d+$/.test(what))).toEqual([]);
  expect(connections.filter((what) => what.endsWith(`:${port}`))).toEqual([]);
  const names = told.filter((what) => what.startsWith("lookup "));
  expect(names.filter((what) => what !== "lookup 127.0.0.1")).toEqual([]);
  expect(out).toContain("no AWS account was touched");
  expect(out).toMatch(/would have ended with exit code 1; the demo ends with 0/);
  for (const file of ["results.json", "snapshot.ndjson.gz"]) {
    expect(existsSync(join(home, "trailproof-demo", file)), file).toBe(true);
  }
  expect(readFileSync(join(home, "trailproof-demo", "results.json"), "utf8")).not.toContain(
    "AKIAREAL",
  );
});
