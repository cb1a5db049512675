import { expect, test } from "vitest";
import type { Bucket } from "../../src/simulate/schema/buckets.ts";
import type { Trail } from "../../src/simulate/schema/trails.ts";
import { judged } from "../whole-path/judged.ts";
import { organization, organizationTrail } from "./worlds.ts";

const NAME = "organization-logs";
// The world's clock stands at 2026-11-01: a year before is 2025-11-01.
const deleted = { logFiles: [{ from: "2026-06-01T00:00:00Z" }] };

async function verdicts(bucket: Partial<Bucket>, status: NonNullable<Trail["status"]>[number]) {
  const owner = { name: NAME, account: "222222222222", region: "us-east-1" };
  const run = await judged(
    organization({
      trails: [{ ...organizationTrail, status: [status] }],
      buckets: [{ ...owner, ...bucket }],
    }),
  );
  const of = (policy: string) => run.of(policy)[NAME];
  return { kept: of("log-bucket-retention-sufficient"), there: of("log-bucket-history-present") };
}

const old = { startLoggingTime: "2024-01-01T00:00:00Z" };
const young = { startLoggingTime: "2026-06-01T00:00:00Z" };

test.each<[string, Partial<Bucket>, typeof old, unknown]>([
  ["kept by the rules, and there", {}, old, { kept: "pass", there: "pass" }],
  ["kept by the rules, and gone", deleted, old, { kept: "pass", there: "fail" }],
  ["kept by the rules, of a young trail", deleted, young, { kept: "pass", there: "unknown" }],
  [
    "gone by the rules of tomorrow, and still there",
    {
      versioning: "never",
      objectLock: { mode: "GOVERNANCE", days: 1 },
      lifecycle: [{ expirationDays: 30 }],
    },
    old,
    { kept: "fail", there: "pass" },
  ],
])("log files are %s", async (_, bucket, status, expected) => {
  expect(await verdicts(bucket, status)).toEqual(expected);
});
