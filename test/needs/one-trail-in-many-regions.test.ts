import { expect, test } from "vitest";
import type { Finding } from "../../src/evaluate/finding.ts";
import type { Trail } from "../../src/simulate/schema/trails.ts";
import type { World } from "../../src/simulate/world.ts";
import { judged } from "../whole-path/judged.ts";
import { account, MANAGEMENT, organization } from "./worlds.ts";

const SEVENTEEN = [
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"],
  ...["eu-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1"],
  ...["ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
  ...["ap-southeast-1", "ap-southeast-2"],
];
const seventeen: Partial<World> = {
  regions: Object.fromEntries(SEVENTEEN.map((region) => [region, "ENABLED_BY_DEFAULT"])),
};

async function findings(trail: Partial<Trail>) {
  const world = account([{ name: "subject", ...trail }], seventeen);
  const run = await judged(world, { organization: false });
  const { findings: all }: { findings: Finding[] } = JSON.parse(run.resultsFile());
  return (policy: string) =>
    all.filter((each) => each.policy === policy).map(({ regions }) => regions.length);
}

test.each<[string, Partial<Trail>, string, number]>([
  ["is not validated", { logFileValidationEnabled: false }, "trail-log-file-validation-enabled", 0],
  [
    "leaves reads out",
    { eventSelectors: [{ readWriteType: "WriteOnly" }] },
    "trail-management-events-read-write",
    0,
  ],
  ["has no log group", {}, "trail-cloudwatch-logs-integrated", 0],
  ["is stopped", { status: [{ isLogging: false }] }, "trail-is-logging", 17],
  [
    "cannot deliver anywhere",
    { status: [{ latestDeliveryError: "SlowDown" }] },
    "trail-s3-delivery-working",
    17,
  ],
])(
  "a trail that seventeen regions show and that %s is one finding",
  async (_, trail, policy, regions) => {
    expect((await findings(trail))(policy)).toEqual([regions]);
  },
);

test.each(["us-east-1", "eu-west-1"])(
  "tags are those that the home region tells, when %s answers last",
  async (region) => {
    const slow = { operation: "cloudtrail:DescribeTrails", region, kind: "slow", ms: 300 } as const;
    const world = account(
      [{ name: "subject", homeRegion: "eu-west-1", tags: { owner: "security" } }],
      {
        faults: [slow],
      },
    );
    const run = await judged(world, { organization: false });
    expect(run.of("trail-tagged")).toEqual({ subject: "pass" });
    const asked = run.calls.filter(({ operation }) => operation === "cloudtrail:ListTags");
    expect(asked.map((call) => call.region)).toEqual(["eu-west-1"]);
  },
);

test("trails of one name, homed in two regions and in two accounts, each have their own answers", async () => {
  const same = (changes: Partial<Trail>): Trail => ({
    name: "main",
    account: MANAGEMENT,
    homeRegion: "us-east-1",
    s3BucketName: "organization-logs",
    ...changes,
  });
  const run = await judged(
    organization({
      trails: [
        same({}),
        same({ homeRegion: "eu-west-1", status: [{ isLogging: false }] }),
        same({ account: "222222222222", eventSelectors: [{ readWriteType: "WriteOnly" }] }),
        same({ account: "333333333333", isMultiRegionTrail: false }),
      ],
    }),
  );
  const told = (policy: string) =>
    run.verdicts
      .filter((each) => each.policy === policy && each.verdict === "fail")
      .map(({ subject }) => `${subject.account} ${subject.region}`)
      .sort();
  expect(told("trail-is-logging")).toEqual([`${MANAGEMENT} eu-west-1`, `${MANAGEMENT} us-east-1`]);
  expect(told("trail-management-events-read-write")).toEqual(["222222222222 us-east-1"]);
  expect(told("trail-is-multi-region")).toEqual(["333333333333 us-east-1"]);
});

test("a trail homed in another region is asked by its ARN, its own account's too", async () => {
  const faults = ["cloudtrail:GetTrailStatus", "cloudtrail:Get*Selectors"].map((operation) => ({
    operation,
    resource: "subject",
    kind: "error" as const,
    code: "TrailNotFoundException",
  }));
  const world = account([{ name: "subject", homeRegion: "eu-west-1" }], { faults });
  const run = await judged(world, { organization: false });
  expect(run.of("trail-is-logging")).toEqual({
    [`subject@${MANAGEMENT}/eu-west-1`]: "pass",
    [`subject@${MANAGEMENT}/us-east-1`]: "pass",
  });
  expect(run.of("trail-management-events-read-write")).toEqual({ subject: "pass" });
});

test("a regional trail that records data events alone is not asked to be multi-region", async () => {
  const objects: Partial<Trail> = {
    name: "objects",
    isMultiRegionTrail: false,
    advancedEventSelectors: [
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
        ],
      },
    ],
  };
  const run = await judged(account([{ name: "main" }, objects]), { organization: false });
  expect(run.of("trail-is-multi-region")).toEqual({ main: "pass" });
  expect(run.of("account-has-multi-region-trail-logging")).toEqual({ [MANAGEMENT]: "pass" });
});
