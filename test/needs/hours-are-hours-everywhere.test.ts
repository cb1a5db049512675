import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Status } from "../../src/simulate/schema/trails.ts";
import { folder, judged } from "../whole-path/judged.ts";
import { organization, organizationTrail } from "./worlds.ts";

const hours = (count: number) => ({ minutesAgo: count * 60 });

/** Verdicts on how a trail with this status delivers, which are the same everywhere. */
async function delivered(status: Status, { now, config }: { now?: string; config?: string } = {}) {
  const world = organization({ trails: [{ ...organizationTrail, status: [status] }] });
  const run = await judged(
    now === undefined ? world : { ...world, now },
    config === undefined ? {} : { config },
  );
  const of = (policy: string) => [...new Set(Object.values(run.of(policy)))].join();
  return {
    logs: of("trail-cloudwatch-logs-delivery-recent"),
    digest: of("trail-digest-delivery-recent"),
    s3: of("trail-s3-delivery-working"),
    integrated: of("trail-cloudwatch-logs-integrated"),
  };
}
const well = { logs: "pass", digest: "pass", s3: "pass", integrated: "pass" };

test.each<[string, Status, Partial<typeof well>]>([
  ["both deliver", {}, {}],
  [
    "CloudWatch Logs got nothing for two days and S3 is fresh",
    { latestCloudWatchLogsDeliveryTime: hours(48) },
    { logs: "fail" },
  ],
  [
    "CloudWatch Logs never got anything and S3 is fresh",
    { latestCloudWatchLogsDeliveryTime: null },
    { logs: "fail" },
  ],
  [
    "S3 got nothing for two days and CloudWatch Logs is fresh",
    { latestDeliveryTime: hours(48), latestDigestDeliveryTime: hours(48) },
    { s3: "fail", digest: "fail" },
  ],
  [
    "neither got anything for two days, digests apart: a quiet region",
    { latestDeliveryTime: hours(48), latestCloudWatchLogsDeliveryTime: hours(48) },
    {},
  ],
])("each way of delivery is judged by its own time: %s", async (_, status, flaws) => {
  expect(await delivered(status)).toEqual({ ...well, ...flaws });
});

// Each on a day of its own, so that no time read in one zone is remembered in the next.
test.each([
  ["UTC", "2026-11-10T06:00:00Z"],
  ["America/Los_Angeles", "2026-11-11T06:00:00Z"],
  ["Pacific/Kiritimati", "2026-11-12T06:00:00Z"],
])("a host in %s finds the same delivery late and the same one in time", async (zone, now) => {
  const before = process.env.TZ;
  process.env.TZ = zone;
  onTestFinished(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
  expect(new Date(0).getTimezoneOffset() === 0).toBe(zone === "UTC");
  const since = (age: number) => ({
    latestCloudWatchLogsDeliveryTime: hours(age),
    latestDigestDeliveryTime: hours(age),
  });
  expect(await delivered(since(3.5), { now })).toEqual({ ...well, logs: "fail", digest: "fail" });
  expect(await delivered(since(2.5), { now })).toEqual(well);
});

test("a limit of a day is twenty-four hours", async () => {
  const config = join(folder(), "trailproof.yaml");
  writeFileSync(config, "parameters: { cloudWatchLogsLagHours: 24, digestMaxAgeHours: 24 }\n");
  for (const [age, verdict] of [
    [10, "pass"],
    [23, "pass"],
    [25, "fail"],
  ] as const) {
    const status = {
      latestCloudWatchLogsDeliveryTime: hours(age),
      latestDigestDeliveryTime: hours(age),
    };
    expect(await delivered(status, { config })).toEqual({
      ...well,
      logs: verdict,
      digest: verdict,
    });
  }
});
