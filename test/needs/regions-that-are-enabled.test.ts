import { expect, test } from "vitest";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { worldFile } from "../simulate/world-files.ts";
import { judged } from "../whole-path/judged.ts";

const WORLD = "opt-in-region-needs-regional-tokens";

test("a disabled region is never called, and an enabled opt-in region works with regional tokens", async () => {
  const run = await judged(WORLD);
  expect(run.exitCode).toBe(0);
  expect(run.calls.filter(({ region }) => region === "af-south-1")).toEqual([]);
  expect(run.of("region-management-events-recorded")).toMatchObject({
    "222222222222/me-south-1": "pass",
    "222222222222/us-east-1": "pass",
  });
  expect(run.all("unknown")).toEqual([]);
});

test("a token of the global endpoint is refused there, and what is said names the regional one", async () => {
  const credentials = async () => entryCredentials("111111111111", { issuedBy: "global" });
  const run = await judged(WORLD, {}, { connection: { credentials } });
  expect(run.exitCode).toBe(3);
  expect(run.of("region-management-events-recorded")).toMatchObject({
    "111111111111/me-south-1": "unknown",
    "111111111111/us-east-1": "pass",
    "222222222222/me-south-1": "pass",
  });
  expect(run.resultsFile()).toContain("global STS endpoint");
  expect(run.resultsFile()).toContain("AWS_STS_REGIONAL_ENDPOINTS=regional");
});

test("roles are assumed through the region's own STS endpoint, wherever the run starts", async () => {
  const world = { ...worldFile(WORLD), usEast1IsGlobalSts: true };
  const run = await judged(world, {}, { connection: { region: "me-south-1" } });
  expect(run.of("region-management-events-recorded")["222222222222/me-south-1"]).toBe("pass");
  expect(
    run.calls.filter(({ operation }) => operation === "sts:AssumeRole").map(({ region }) => region),
  ).toEqual(["me-south-1"]);
});
