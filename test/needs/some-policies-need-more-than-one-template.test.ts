import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  changeSides,
  type Inputs,
  statesAfter,
  statesBefore,
} from "../../src/commands/check/change.ts";
import { compareLive } from "../../src/commands/check/live.ts";
import { plannedWorld } from "../../src/commands/check/planned-world.ts";
import { gated } from "../../src/evaluate/gate/gated.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { compilePolicy } from "../../src/policy/compile.ts";
import type { World } from "../../src/simulate/world.ts";
import { checked } from "../commands/check/checked.ts";
import { CONTEXT } from "../subjects/a-snapshot.ts";
import { aChange, aPlan, read } from "../templates/plan/a-plan.ts";
import { folder, judged } from "../whole-path/judged.ts";
import { MANAGEMENT as ACCOUNT, account } from "./worlds.ts";

const accepting = { waivers: [], today: "2026-11-01" };
const policies = builtinPolicies()
  .filter(({ parameters }) => Object.values(parameters ?? {}).every((each) => "default" in each))
  .map((policy) => compilePolicy(policy, {}));

/** Plan to destroy the trail named `reads`, which is in the account's us-east-1. */
const destroyed = aPlan([
  aChange("aws_cloudtrail.reads", {
    actions: ["delete"],
    before: {
      name: "reads",
      arn: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/reads`,
      s3_bucket_name: "logs",
      is_multi_region_trail: true,
      enable_logging: true,
    },
    after: null,
  }),
]);

/** Judges the plan by itself, and laid over a scan of the world. */
async function overlaid(live: World) {
  const { snapshotFile } = await judged(live, { organization: false });
  const inputs: Inputs = { head: [read(destroyed)], base: [] };
  const told = { tool: "test", startedAt: "2026-11-01T06:00:00.000Z", subjects: CONTEXT };
  const worlds = {
    before: await plannedWorld(statesBefore(inputs), told),
    after: await plannedWorld(statesAfter(inputs), told),
  };
  const fates = { movedTo: new Map(), replaced: new Set<string>(), forgotten: new Set<string>() };
  const ways = { before: worlds.before.ways, after: worlds.after.ways, fates };
  const compared = await compareLive(snapshotFile, ways, {
    policies,
    subjects: CONTEXT,
    accepting,
  });
  const { coveredByOthers } = compared;
  const alone = gated(changeSides(inputs, worlds, { policies, coveredByOthers: () => false }), {
    policies,
    accepting,
  });
  const together = gated(changeSides(inputs, worlds, { policies, coveredByOthers }), {
    policies,
    accepting,
  });
  return { compared, alone, together };
}

test("a plan without a trail passes, and what one plan cannot decide is told as not asked", async () => {
  const path = folder();
  writeFileSync(
    join(path, "plan.json"),
    JSON.stringify(aPlan([aChange("aws_s3_bucket.website", { after: { bucket: "website" } })])),
  );
  const run = await checked(path, ["plan.json"]);
  expect(run.code).toBe(0);
  const { findings, gate } = run.results();
  expect(findings).toEqual([]);
  expect(gate.notAsked).toContain("account-has-multi-region-trail-logging");
  expect(gate.notAsked).toContain("region-management-events-recorded");
  expect(gate.notAsked).not.toContain("trail-log-file-validation-enabled");
});

test("with a snapshot that shows that the deleted trail was the only one, its account fails", async () => {
  const { compared } = await overlaid(account([{ name: "reads" }]));
  const failing = compared.findings.filter(({ verdict }) => verdict === "fail");
  expect(failing.map(({ policy, subject }) => `${policy} ${subject.id}`)).toContain(
    `account-has-multi-region-trail-logging ${ACCOUNT}`,
  );
  expect(failing.every(({ standing }) => standing === "regression")).toBe(true);
  expect(compared.coveredByOthers("prod#aws_cloudtrail.reads")).toBe(false);
});

test("what the other trail does not record is lost, and named for each region", async () => {
  const { compared } = await overlaid(
    account([
      { name: "reads", eventSelectors: [{ readWriteType: "ReadOnly" }] },
      { name: "writes", eventSelectors: [{ readWriteType: "WriteOnly" }] },
    ]),
  );
  const lost = compared.findings.find(
    ({ policy }) => policy === "region-management-events-recorded",
  );
  expect(lost?.regions).toEqual(["eu-west-1", "us-east-1"]);
  expect(lost?.message).toMatch(/^After this change: .* reads false, writes true/);
  expect(compared.coveredByOthers("prod#aws_cloudtrail.reads")).toBe(false);
});

test("a destroyed trail whose recording another keeps gates by itself, and with the snapshot does not", async () => {
  const {
    compared,
    alone: withoutLive,
    together,
  } = await overlaid(account([{ name: "reads" }, { name: "other" }]));
  const keeps = ({ policy }: { policy: string }) => policy === "change-keeps-trail";
  expect(withoutLive.findings.filter(keeps).map(({ standing }) => standing)).toEqual([
    "regression",
  ]);
  expect(compared.coveredByOthers("prod#aws_cloudtrail.reads")).toBe(true);
  expect(together.findings.filter(keeps)).toEqual([]);
  expect([...compared.findings, ...together.findings]).toEqual([]);
});
