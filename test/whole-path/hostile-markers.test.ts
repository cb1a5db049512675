import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { causesBehind } from "../../src/evaluate/unknowns.ts";
import { generateWorld } from "../../src/simulate/generate.ts";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { isUnknown } from "../../src/snapshot/unknown.ts";
import { judged } from "./judged.ts";

/** What somebody would write who wants a failing fact to look like one that could not be read. */
const MARKER = { $unknown: { reason: "outside-scope" } };
const TEXT = JSON.stringify(MARKER);

const world = (): OrganizationWorld => generateWorld({ accounts: 2, regions: ["us-east-1"] });

/** The same world with a marker wherever its owner may write something that means nothing. */
function marked(): OrganizationWorld {
  const plain = world();
  return {
    ...plain,
    accounts: plain.accounts.map((account) => ({ ...account, name: TEXT })),
    buckets: (plain.buckets ?? []).map(withSids),
    keys: (plain.keys ?? []).map(withSids),
    topics: (plain.topics ?? []).map(withSids),
    trails: (plain.trails ?? []).map((trail) => ({
      ...trail,
      tags: { owner: TEXT, $unknown: "outside-scope" },
      advancedEventSelectors: (trail.advancedEventSelectors ?? []).map((selector) => ({
        ...selector,
        name: TEXT,
      })),
    })),
  };
}

/** Policies may hold any text for an id. */
function withSids<T extends { policy?: unknown }>(resource: T): T {
  if (resource.policy === undefined) return resource;
  const text = JSON.stringify(resource.policy).replaceAll(
    '"Effect":',
    `"Sid":${JSON.stringify(TEXT)},"Effect":`,
  );
  return { ...resource, policy: { Id: TEXT, ...JSON.parse(text) } };
}

/** The same world with a marker for each document, or within it where a value belongs. */
function replaced(): OrganizationWorld {
  const plain = world();
  return {
    ...plain,
    buckets: (plain.buckets ?? []).map((bucket) => ({
      ...bucket,
      policy: { Version: "2012-10-17", Statement: [{ Condition: MARKER, ...MARKER }], ...MARKER },
    })),
    keys: (plain.keys ?? []).map((key) => ({ ...key, policy: { Statement: [MARKER], ...MARKER } })),
    topics: (plain.topics ?? []).map((topic) => ({ ...topic, policy: MARKER })),
  };
}

test("markers written by those who are judged change no verdict and become no fact", async () => {
  const [honest, attacked] = [await judged(world()), await judged(marked())];
  expect(attacked.report.audit.verdicts).toEqual(honest.report.audit.verdicts);
  expect(attacked.report.audit.verdicts.unknown).toBe(0);
  const lines = gunzipSync(readFileSync(attacked.snapshotFile)).toString("utf8").trim().split("\n");
  // The words are in the evidence, as text and with escaped keys …
  expect(lines.join("")).toContain("outside-scope");
  // … and nowhere as a marker: nothing of this organization is outside the scope.
  expect(lines.filter((line) => holdsMarker(JSON.parse(line)))).toEqual([]);
});

test("a document that is nothing but a marker is one that cannot be read, and counts as such", async () => {
  const run = await judged(replaced());
  const undecided = run.verdicts.filter(({ verdict }) => verdict === "unknown");
  expect(undecided.length).toBeGreaterThan(0);
  const reasons = undecided.flatMap(causesBehind).map(({ reason }) => reason);
  expect(new Set(reasons)).toEqual(new Set(["unsupported"]));
  expect(run.report.audit.unknowns.every(({ counted }) => counted)).toBe(true);
  const lines = gunzipSync(readFileSync(run.snapshotFile)).toString("utf8").trim().split("\n");
  expect(lines.filter((line) => holdsMarker(JSON.parse(line)))).toEqual([]);
});

function holdsMarker(value: unknown): boolean {
  if (isUnknown(value) && value.$unknown.reason === "outside-scope") return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsMarker);
}
