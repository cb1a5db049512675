import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { World } from "../../src/simulate/world.ts";
import { checked, lines } from "../commands/check/checked.ts";
import { aChange, aPlan, type Loose } from "../templates/plan/a-plan.ts";
import { folder, judged } from "../whole-path/judged.ts";
import { MANAGEMENT as ACCOUNT, account } from "./worlds.ts";

/** A plan that destroys the trail named `reads`, which is in the account's us-east-1. */
const DESTROYED = aPlan([
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
const KEEPS = "change-keeps-trail";
const RECORDED = "region-management-events-recorded";
const ACCOUNT_HAS = "account-has-multi-region-trail-logging";

/** `check` of a plan, with a scan of the world where one is given. */
async function afterwards(plan: Loose, world: World | null = null) {
  const path = folder();
  writeFileSync(join(path, "plan.json"), JSON.stringify(plan));
  const live =
    world === null ? [] : ["--live", (await judged(world, { organization: false })).snapshotFile];
  const run = await checked(path, ["audit=plan.json", ...live]);
  return { ...run, results: run.results(), lines: lines(run.results()) };
}

test("a plan without a trail passes, and what one plan cannot decide is told as not asked", async () => {
  const bucket = aChange("aws_s3_bucket.website", { after: { bucket: "website" } });
  const { code, results } = await afterwards(aPlan([bucket]));
  expect(code).toBe(0);
  expect(results.findings).toEqual([]);
  expect(results.gate.notAsked).toEqual(expect.arrayContaining([ACCOUNT_HAS, RECORDED]));
  expect(results.gate.notAsked).not.toContain("trail-log-file-validation-enabled");
});

test("with a snapshot that shows that the deleted trail was the only one, its account fails", async () => {
  const { code, results, lines: told } = await afterwards(DESTROYED, account([{ name: "reads" }]));
  expect(code).toBe(1);
  expect(told).toContain(`regression fail ${ACCOUNT_HAS} ${ACCOUNT}`);
  const finding = results.findings.find(({ policy }) => policy === ACCOUNT_HAS);
  expect(finding?.message).toMatch(/^After this change: Account 111111111111 has no multi-region/);
  expect(results.gate.notAsked).toEqual([]);
});

test("what the other trail does not record is lost, and named for each region", async () => {
  const both = account([
    { name: "reads", eventSelectors: [{ readWriteType: "ReadOnly" }] },
    { name: "writes", eventSelectors: [{ readWriteType: "WriteOnly" }] },
  ]);
  const { code, results } = await afterwards(DESTROYED, both);
  expect(code).toBe(1);
  const lost = results.findings.find(({ policy }) => policy === RECORDED);
  expect(lost?.regions).toEqual(["eu-west-1", "us-east-1"]);
  expect(lost?.message).toMatch(/^After this change: .* reads false, writes true/);
  expect(lost?.before?.verdict).toBe("pass");
});

test("a destroyed trail whose recording another keeps gates by itself, and with the snapshot does not", async () => {
  const alone = await afterwards(DESTROYED);
  expect(alone.lines).toContain(`regression fail ${KEEPS} audit#aws_cloudtrail.reads`);
  expect(alone.code).toBe(1);
  const kept = await afterwards(DESTROYED, account([{ name: "reads" }, { name: "other" }]));
  expect(kept.lines).toEqual([]);
  const [stack] = kept.results.gate.stacks;
  expect(stack?.notes.join()).toMatch(/aws_cloudtrail\.reads/);
  expect(kept.code).toBe(0);
});
