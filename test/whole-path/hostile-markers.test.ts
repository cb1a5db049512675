import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { generateWorld } from "../../src/simulate/generate.ts";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { isUnknown } from "../../src/snapshot/unknown.ts";
import { judged } from "./judged.ts";

/** What somebody would write who wants a failing fact to look like one that could not be read. */
const MARKER = { $unknown: { reason: "outside-scope" } };
const TEXT = JSON.stringify(MARKER);

const world = (): OrganizationWorld => generateWorld({ accounts: 2, regions: ["us-east-1"] });

/** The same world with a marker wherever its owner may write something. */
function hostile(): OrganizationWorld {
  const plain = world();
  return {
    ...plain,
    accounts: plain.accounts.map((account) => ({ ...account, name: TEXT })),
    buckets: (plain.buckets ?? []).map((bucket) => ({
      ...bucket,
      policy: { Version: "2012-10-17", Statement: [{ Condition: MARKER, ...MARKER }], ...MARKER },
    })),
    keys: (plain.keys ?? []).map((key) => ({ ...key, policy: { Statement: [MARKER], ...MARKER } })),
    trails: (plain.trails ?? []).map((trail) => ({
      ...trail,
      advancedEventSelectors: [
        { name: TEXT, fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      ],
    })),
  };
}

test("markers written by those who are judged change no verdict and become no fact", async () => {
  const [honest, attacked] = [await judged(world()), await judged(hostile())];
  expect(attacked.report.audit.verdicts).toEqual(honest.report.audit.verdicts);
  expect(attacked.report.audit.verdicts.unknown).toBe(0);
  const lines = gunzipSync(readFileSync(attacked.snapshotFile)).toString("utf8").trim().split("\n");
  // The words are in the evidence, as text and with escaped keys …
  expect(lines.join("")).toContain("outside-scope");
  // … and nowhere as a marker: this organization could be read in full.
  expect(lines.filter((line) => holdsMarker(JSON.parse(line)))).toEqual([]);
});

function holdsMarker(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsMarker);
}
