import { expect, test } from "vitest";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { wellKept } from "../simulate/well-kept-world.ts";
import { judged, keyOf } from "../whole-path/judged.ts";
import { MANAGEMENT, organizationTrail } from "./worlds.ts";

const PARTITIONS = [
  { partition: "aws-us-gov", home: "us-gov-west-1", other: "us-gov-east-1" },
  { partition: "aws-cn", home: "cn-north-1", other: "cn-northwest-1" },
];

/** An organization of `aws` with a flaw of several kinds, beside a trail without one. */
const flawed: OrganizationWorld = {
  now: "2026-11-01T06:00:00Z",
  regions: { "us-east-1": "ENABLED_BY_DEFAULT", "us-west-2": "ENABLED_BY_DEFAULT" },
  organization: { managementAccount: MANAGEMENT },
  accounts: [
    { id: MANAGEMENT, name: "management" },
    { id: "222222222222", name: "log-archive" },
    { id: "333333333333", name: "workload" },
  ],
  trails: [
    organizationTrail,
    {
      name: "read-by-a-stranger",
      account: "333333333333",
      homeRegion: "us-east-1",
      s3BucketName: "workload-logs",
      kmsKeyId: "arn:aws:kms:us-east-1:333333333333:key/shared",
      cloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:333333333333:log-group:gone:*",
      cloudWatchLogsRoleArn: "arn:aws:iam::333333333333:role/gone",
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::S3::Object"] },
            { field: "resources.ARN", startsWith: ["arn:aws:s3:::cards/"] },
          ],
        },
      ],
    },
  ],
  buckets: [
    { name: "organization-logs", account: "222222222222", region: "us-east-1" },
    {
      name: "workload-logs",
      account: "333333333333",
      region: "us-east-1",
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::999999999999:root" },
            Action: "s3:GetObject",
            Resource: "arn:aws:s3:::workload-logs/*",
          },
        ],
      },
    },
  ],
  keys: [
    { arn: `arn:aws:kms:us-east-1:${MANAGEMENT}:key/trail-key`, readableBy: ["222222222222"] },
    { arn: "arn:aws:kms:us-east-1:333333333333:key/shared" },
  ],
  logGroups: [{ name: "organization-trail", account: MANAGEMENT, region: "us-east-1" }],
};

type Partition = (typeof PARTITIONS)[number];

/** The same world in another partition, its regions called as they are there. */
function movedTo({ partition, home, other }: Partition): OrganizationWorld {
  const text = JSON.stringify(flawed)
    .replaceAll("arn:aws:", `arn:${partition}:`)
    .replaceAll("us-east-1", home)
    .replaceAll("us-west-2", other);
  const moved: OrganizationWorld = JSON.parse(text);
  return wellKept({ ...moved, partition });
}

test.for(PARTITIONS)("in $partition the same flaws are found, and no others", async (place) => {
  const here = await judged(wellKept(flawed));
  const there = await judged(movedTo(place), {}, { connection: { region: place.home } });
  const verdicts = (run: typeof here) =>
    run.verdicts.map((each) =>
      `${keyOf(each)} ${each.verdict}`
        .replaceAll(`arn:${place.partition}:`, "arn:aws:")
        .replaceAll(place.home, "us-east-1")
        .replaceAll(place.other, "us-west-2"),
    );
  expect(here.all("fail")).not.toEqual([]);
  expect(here.all("unknown")).toEqual([]);
  expect(verdicts(there).sort()).toEqual(verdicts(here).sort());
});
