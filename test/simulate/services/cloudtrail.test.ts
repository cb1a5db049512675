import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  ListTrailsCommand,
} from "@aws-sdk/client-cloudtrail";
import { expect, test } from "vitest";
import { entryCredentials } from "../../../src/simulate/credentials.ts";
import { answer, refusal, simulated } from "../simulated.ts";

const EVERY = "every-kind-of-resource";
const OWNER = "111111111111";
const MEMBER = "222222222222";
const ARN = `arn:aws:cloudtrail:us-east-1:${OWNER}:trail/organization-trail`;

const described = {
  Name: "organization-trail",
  TrailARN: ARN,
  HomeRegion: "us-east-1",
  S3BucketName: "organization-logs",
  S3KeyPrefix: "cloudtrail",
  SnsTopicARN: "arn:aws:sns:us-east-1:111111111111:trail-deliveries",
  SnsTopicName: "trail-deliveries",
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: true,
  IsOrganizationTrail: true,
  LogFileValidationEnabled: true,
  CloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:111111111111:log-group:organization-trail:*",
  CloudWatchLogsRoleArn: "arn:aws:iam::111111111111:role/cloudtrail-to-logs",
  KmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/trail-key",
  HasCustomEventSelectors: false,
  HasInsightSelectors: true,
};

test.for([
  ["the owner at home", OWNER, "us-east-1"],
  ["the owner elsewhere", OWNER, "eu-west-1"],
  ["a member at home", MEMBER, "us-east-1"],
  ["a member elsewhere", MEMBER, "eu-west-1"],
] as const)("%s sees the same organization trail", async ([, account, region]) => {
  const { cloudtrail } = (await simulated(EVERY)).as(account, region);
  const { trailList } = await cloudtrail.send(new DescribeTrailsCommand());
  expect(trailList).toHaveLength(1);
  expect(trailList?.[0]).toMatchObject(described);
  const { Trails } = await cloudtrail.send(new ListTrailsCommand());
  expect(Trails).toEqual([{ TrailARN: ARN, Name: "organization-trail", HomeRegion: "us-east-1" }]);
  const { Trail } = await cloudtrail.send(new GetTrailCommand({ Name: ARN }));
  expect(Trail).toEqual(trailList?.[0]);
});

test.for([
  ["the owner at home", OWNER, "us-east-1", 1],
  ["the owner elsewhere", OWNER, "eu-west-1", 0],
  ["a member at home", MEMBER, "us-east-1", 0],
] as const)("without shadow trails %s sees %s", async ([, account, region, count]) => {
  const { cloudtrail } = (await simulated(EVERY)).as(account, region);
  const command = new DescribeTrailsCommand({ includeShadowTrails: false });
  expect((await cloudtrail.send(command)).trailList).toHaveLength(count);
});

test.for([
  ["the name at home", OWNER, "us-east-1", "organization-trail", 1],
  ["the name elsewhere", OWNER, "eu-west-1", "organization-trail", 0],
  ["the name in a member", MEMBER, "us-east-1", "organization-trail", 0],
  ["the ARN elsewhere", OWNER, "eu-west-1", ARN, 1],
  ["the ARN in a member", MEMBER, "eu-west-1", ARN, 1],
] as const)(
  "asked by %s (%s), DescribeTrails finds it or not",
  async ([, account, region, name, count]) => {
    const { cloudtrail } = (await simulated(EVERY)).as(account, region);
    const command = new DescribeTrailsCommand({ trailNameList: [name] });
    expect((await cloudtrail.send(command)).trailList).toHaveLength(count);
  },
);

test("a status is one region's of one account's", async () => {
  const { as } = await simulated("member-copy-fails-delivery");
  const status = async (account: string, region: string) => {
    const { cloudtrail } = as(account, region);
    return answer(await cloudtrail.send(new GetTrailStatusCommand({ Name: ARN })));
  };
  const healthy = {
    IsLogging: true,
    StartLoggingTime: new Date("2025-09-27T06:00:00Z"),
    LatestDeliveryTime: new Date("2026-11-01T05:56:00Z"),
    LatestDigestDeliveryTime: new Date("2026-11-01T05:25:00Z"),
    LatestCloudWatchLogsDeliveryTime: new Date("2026-11-01T05:58:00Z"),
  };
  expect(await status(OWNER, "us-east-1")).toEqual(healthy);
  expect(await status(OWNER, "eu-west-1")).toEqual(healthy);
  expect(await status("333333333333", "us-east-1")).toEqual(healthy);
  expect(await status("333333333333", "eu-west-1")).toEqual({
    ...healthy,
    LatestDeliveryError: "AccessDenied",
    LatestDeliveryTime: new Date("2026-10-31T05:00:00Z"),
  });
});

test("a trail started five minutes ago has no delivery times at all", async () => {
  const { cloudtrail } = (await simulated("delivery-states")).as(OWNER);
  const command = new GetTrailStatusCommand({ Name: "started-five-minutes-ago" });
  expect(answer(await cloudtrail.send(command))).toEqual({
    IsLogging: true,
    StartLoggingTime: new Date("2026-11-01T05:55:00Z"),
  });
});

test.for([
  [
    "a bare name away from home",
    OWNER,
    "eu-west-1",
    "organization-trail",
    `Unknown trail: arn:aws:cloudtrail:eu-west-1:${OWNER}:trail/organization-trail for the user: ${OWNER}`,
  ],
  [
    "a bare name in a member",
    MEMBER,
    "us-east-1",
    "organization-trail",
    `Unknown trail: arn:aws:cloudtrail:us-east-1:${MEMBER}:trail/organization-trail for the user: ${MEMBER}`,
  ],
  [
    "a stranger's ARN",
    MEMBER,
    "us-east-1",
    ARN.replace(OWNER, "999999999999"),
    `Unknown trail: ${ARN.replace(OWNER, "999999999999")} for the user: ${MEMBER}`,
  ],
] as const)("%s names no trail", async ([, account, region, Name, message]) => {
  const { cloudtrail } = (await simulated(EVERY)).as(account, region);
  const expected = { name: "TrailNotFoundException", status: 400, message };
  expect(await refusal(cloudtrail.send(new GetTrailStatusCommand({ Name })))).toEqual(expected);
  expect(await refusal(cloudtrail.send(new GetTrailCommand({ Name })))).toEqual(expected);
  expect(await refusal(cloudtrail.send(new GetEventSelectorsCommand({ TrailName: Name })))).toEqual(
    expected,
  );
});

test("an ARN that is none is refused as such", async () => {
  const { cloudtrail } = (await simulated(EVERY)).as(OWNER);
  const sent = cloudtrail.send(new GetTrailCommand({ Name: "arn:aws:s3:::organization-logs" }));
  expect((await refusal(sent)).name).toBe("CloudTrailARNInvalidException");
});

test.for([
  [
    "basic-all",
    {
      EventSelectors: [
        {
          ReadWriteType: "All",
          IncludeManagementEvents: true,
          DataResources: [],
          ExcludeManagementEventSources: [],
        },
      ],
    },
  ],
  [
    "advanced-without-kms",
    {
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            { Field: "eventCategory", Equals: ["Management"] },
            { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] },
          ],
        },
      ],
    },
  ],
] as const)("of %s exactly one of the two lists is filled", async ([name, selectors]) => {
  const { cloudtrail } = (await simulated("selectors-of-both-kinds")).as(OWNER);
  const { TrailARN, ...rest } = answer(
    await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: name })),
  );
  expect(TrailARN).toBe(`arn:aws:cloudtrail:us-east-1:${OWNER}:trail/${name}`);
  expect(rest).toEqual(selectors);
});

test("a trail without selectors of its own tells the default, to members too", async () => {
  const { cloudtrail } = (await simulated(EVERY)).as(MEMBER, "eu-west-1");
  const { EventSelectors } = await cloudtrail.send(
    new GetEventSelectorsCommand({ TrailName: ARN }),
  );
  expect(EventSelectors).toMatchObject([{ ReadWriteType: "All", IncludeManagementEvents: true }]);
});

test("insights: a list to the owner, an error where there are none or for a member", async () => {
  const { as } = await simulated(EVERY);
  const command = new GetInsightSelectorsCommand({ TrailName: ARN });
  const { InsightSelectors } = await as(OWNER).cloudtrail.send(command);
  expect(InsightSelectors?.map((each) => each.InsightType)).toEqual([
    "ApiCallRateInsight",
    "ApiErrorRateInsight",
  ]);
  expect((await refusal(as(MEMBER).cloudtrail.send(command))).name).toBe(
    "UnsupportedOperationException",
  );
  const without = (await simulated("delivery-states")).as(OWNER).cloudtrail;
  const none = without.send(new GetInsightSelectorsCommand({ TrailName: "digest-error" }));
  expect((await refusal(none)).name).toBe("InsightNotEnabledException");
});

test("tags are told to the owner alone", async () => {
  const { as } = await simulated(EVERY);
  const command = new ListTagsCommand({ ResourceIdList: [ARN] });
  const { ResourceTagList } = await as(OWNER).cloudtrail.send(command);
  expect(ResourceTagList).toEqual([
    { ResourceId: ARN, TagsList: [{ Key: "owner", Value: "security" }] },
  ]);
  expect(await refusal(as(MEMBER).cloudtrail.send(command))).toEqual({
    name: "CloudTrailARNInvalidException",
    status: 400,
    message: `AccountID in ARN is wrong, you can only access resources with AccountID ${MEMBER}`,
  });
});

test.for([
  ["a disabled region", "af-south-1", "regional", "UnrecognizedClientException"],
  [
    "an opt-in region, a token of the global STS",
    "me-south-1",
    "global",
    "UnrecognizedClientException",
  ],
  ["an opt-in region, a token of a regional STS", "me-south-1", "regional", "ok"],
  ["a default region, a token of the global STS", "us-east-1", "global", "ok"],
] as const)("in %s: %s %s %s", async ([, region, issuedBy, outcome]) => {
  const { as, calls } = await simulated("opt-in-region-needs-regional-tokens");
  const { cloudtrail } = as(MEMBER, region, entryCredentials(MEMBER, { issuedBy }));
  await cloudtrail.send(new DescribeTrailsCommand()).catch(() => undefined);
  expect(calls().map((each) => each.outcome)).toEqual([outcome]);
});
