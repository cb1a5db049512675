import { expect, test } from "vitest";
import { audit } from "../../src/evaluate/audit.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { compilePolicy } from "../../src/policy/compile.ts";
import { resolveParameters } from "../../src/policy/parameters.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import {
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  CONTEXT,
  everything,
  MANAGEMENT,
  management,
  ORG_TRAIL,
  sees,
  WORKLOAD,
} from "../subjects/a-snapshot.ts";

const ASKED = ["trail-is-logging", "trail-s3-delivery-working", "trail-is-multi-region"];
const policies = builtinPolicies().filter(
  ({ id }) => id.startsWith("region-") || id.startsWith("account-has-") || ASKED.includes(id),
);
const values = resolveParameters(builtinPolicies(), {});

/** The alerts of an organization with one trail, seen with these statuses everywhere. */
async function alerts(
  eventSelectors: ReturnType<typeof everything>,
  status: Parameters<typeof sees>[1] = {},
): Promise<string[]> {
  const regions = () =>
    ["us-east-1", "eu-west-1"].map((name) => aRegion(name, [sees(ORG_TRAIL, status)]));
  const records = aSnapshot({
    resources: [aTrail({ eventSelectors })],
    accounts: [anAccount(MANAGEMENT, regions()), anAccount(WORKLOAD, regions())],
  });
  const { findings } = await audit(stream(records), {
    policies: policies
      .filter(({ id }) => id !== "region-data-events-recorded")
      .map((policy) => compilePolicy(policy, values)),
    subjects: {
      ...CONTEXT,
      wanted: { ...CONTEXT.wanted, networkActivityEventSources: ["s3.amazonaws.com"] },
    },
  });
  return findings.map(({ policy, affects }) => `${policy} ${affects.accounts}`).sort();
}

async function* stream(records: readonly SnapshotRecord[]) {
  yield* records;
}

test("an organization trail that records everything raises nothing", async () => {
  expect(await alerts(everything())).toEqual([]);
});

test("one that is stopped is one alert, though no data event is recorded either", async () => {
  expect(await alerts(everything(), { isLogging: false })).toEqual(["trail-is-logging 2"]);
});

test("one that cannot deliver is one alert, though no data event arrives either", async () => {
  const status = { latestDeliveryError: "AccessDenied" };
  expect(await alerts(everything(), status)).toEqual(["trail-s3-delivery-working 2"]);
});

test("what an organization trail leaves out is one alert for each claim, not for each member", async () => {
  expect(await alerts(management())).toEqual([
    "region-bedrock-activity-recorded 2",
    "region-dynamodb-item-events-recorded 2",
    "region-lambda-invocations-recorded 2",
    "region-network-activity-events-recorded 2",
    "region-s3-object-reads-recorded 2",
    "region-s3-object-writes-recorded 2",
  ]);
});
