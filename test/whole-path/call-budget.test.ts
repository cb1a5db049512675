import { expect, test } from "vitest";
import { causesBehind } from "../../src/evaluate/unknowns.ts";
import { DEFAULT_REGIONS, generateWorld, MANAGEMENT_ACCOUNT } from "../../src/simulate/generate.ts";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { judged } from "./judged.ts";

const account = MANAGEMENT_ACCOUNT;
const groupArn = (name: string) => `arn:aws:logs:us-east-1:${account}:log-group:${name}:*`;
const topicArn = (name: string) => `arn:aws:sns:us-east-1:${account}:${name}`;
const keyArn = (name: string) => `arn:aws:kms:us-east-1:${account}:key/${name}`;

/** One account of seventeen regions whose every trail has a bucket, key, group and topic of its own. */
function accountWithTrails(count: number): OrganizationWorld {
  const names = Array.from({ length: count }, (_, index) => `trail-${index}`);
  return {
    ...generateWorld({ accounts: 1 }),
    trails: names.map((name) => ({
      name,
      account,
      homeRegion: "us-east-1",
      s3BucketName: `${name}-logs`,
      kmsKeyId: keyArn(name),
      cloudWatchLogsLogGroupArn: groupArn(name),
      cloudWatchLogsRoleArn: `arn:aws:iam::${account}:role/logs`,
      snsTopicArn: topicArn(name),
    })),
    buckets: names.map((name) => ({ name: `${name}-logs`, account, region: "us-east-1" })),
    keys: names.map((name) => ({ arn: keyArn(name) })),
    identities: [
      {
        arn: `arn:aws:iam::${account}:role/logs`,
        inlinePolicies: { write: { Version: "2012-10-17", Statement: [] } },
      },
    ],
    eventRules: [
      {
        name: "tampering",
        account,
        region: "us-east-1",
        eventPattern: { source: ["aws.cloudtrail"] },
        targets: [topicArn("alerts")],
      },
    ],
    logGroups: names.map((name) => ({ name, account, region: "us-east-1" })),
    topics: names.map((name) => ({ arn: topicArn(name) })),
  };
}

test.for([1, 3])(
  "an account of seventeen regions and %i trails keeps to the budget of calls",
  async (trails) => {
    const { count, report, calls, verdicts } = await judged(accountWithTrails(trails), {
      organization: false,
    });
    expect(report.complete).toBe(true);
    // Nothing is unknown for want of a call: only what the organization would say, and policies' own riddles.
    const undecided = verdicts.filter(({ verdict }) => verdict === "unknown").flatMap(causesBehind);
    const reasons = new Set(undecided.map(({ reason }) => reason));
    expect(
      [...reasons].filter((reason) => !["outside-scope", "unresolved"].includes(reason)),
    ).toEqual([]);

    const regions = DEFAULT_REGIONS.length;
    const made = {
      // Lake's two lists in each region leave room for what a trail's role and rules take.
      regions:
        count("cloudtrail:DescribeTrails") +
        count("cloudtrail:GetTrailStatus") +
        count("cloudtrail:List*s") -
        count("cloudtrail:ListTags") +
        count("iam:*") +
        count("events:*"),
      trails:
        count("cloudtrail:Get*Selectors") +
        count("cloudtrail:GetEventConfiguration") +
        count("cloudtrail:ListTags"),
      buckets: count("s3:*"),
      keys: count("kms:*"),
      groups: count("logs:*") + count("cloudwatch:*"),
      topics: count("sns:*"),
      account: count("sts:*") + count("account:*") + count("ec2:*") + count("s3control:*"),
    };
    const budget = {
      regions: regions * (1 + trails + 3),
      trails: 4 * trails,
      buckets: (12 + 4) * trails,
      keys: 3 * trails,
      groups: (3 + 2) * trails,
      topics: 3 * trails,
      account: 4,
    };
    expect(Object.values(made).reduce((sum, each) => sum + each, 0)).toBe(calls.length);
    for (const [name, allowed] of Object.entries(budget)) {
      expect(Reflect.get(made, name), name).toBeLessThanOrEqual(allowed);
    }
    // What is not asked is no saving: every region's every trail has its status read.
    expect(count("cloudtrail:DescribeTrails") + count("cloudtrail:GetTrailStatus")).toBe(
      regions * (1 + trails),
    );
  },
);
