import {
  GetChannelCommand,
  GetEventConfigurationCommand,
  GetEventDataStoreCommand,
  GetInsightSelectorsCommand,
  GetResourcePolicyCommand,
  ListChannelsCommand,
  ListEventDataStoresCommand,
  ListTagsCommand,
} from "@aws-sdk/client-cloudtrail";
import { expect, test } from "vitest";
import { answer, refusal, simulated } from "../simulated.ts";
import { worldFile } from "../world-files.ts";

const EVERY = "every-kind-of-resource";
const OWNER = "111111111111";
const MEMBER = "222222222222";
const DELEGATED = "333333333333";
const STORE = `arn:aws:cloudtrail:us-east-1:${OWNER}:eventdatastore/00000000-0000-4000-8000-000000000001`;
const CHANNEL = `arn:aws:cloudtrail:eu-west-1:${MEMBER}:channel/00000000-0000-4000-8000-000000000002`;
const TRAIL = `arn:aws:cloudtrail:us-east-1:${OWNER}:trail/organization-trail`;
const TRAIL_NAME = "organization-trail";

const cloudtrail = async (account = OWNER, region = "us-east-1") =>
  (await simulated(EVERY)).as(account, region).cloudtrail;

test.for([
  ["its owner", OWNER, "us-east-1", [STORE]],
  ["a delegated administrator", DELEGATED, "us-east-1", [STORE]],
  ["a member", MEMBER, "us-east-1", []],
  ["its owner in another region", OWNER, "eu-west-1", []],
] as const)("an organization's event data store is listed for %s", async ([, who, where, arns]) => {
  const { EventDataStores } = await (await cloudtrail(who, where)).send(
    new ListEventDataStoresCommand(),
  );
  expect(EventDataStores?.map((each) => each.EventDataStoreArn)).toEqual(arns);
});

test.for([STORE, STORE.split("/")[1]])(
  "an event data store is told in full by %s",
  async (named) => {
    const client = await cloudtrail();
    const told = answer(await client.send(new GetEventDataStoreCommand({ EventDataStore: named })));
    expect(told).toEqual({
      EventDataStoreArn: STORE,
      Name: "all-events",
      Status: "ENABLED",
      AdvancedEventSelectors: [
        {
          Name: "Default management events",
          FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
        },
      ],
      MultiRegionEnabled: true,
      OrganizationEnabled: true,
      RetentionPeriod: 2557,
      TerminationProtectionEnabled: true,
      CreatedTimestamp: new Date("2024-01-15T09:00:00Z"),
      UpdatedTimestamp: new Date("2024-01-15T09:00:00Z"),
      KmsKeyId: `arn:aws:kms:us-east-1:${OWNER}:key/trail-key`,
      BillingMode: "EXTENDABLE_RETENTION_PRICING",
    });
  },
);

test("event data stores come page by page, with an id of their own where the world gives none", async () => {
  const stores = ["one", "two", "three"].map((name) => ({
    name,
    account: OWNER,
    region: "us-east-1",
  }));
  const { as } = await simulated({ ...worldFile(EVERY), eventDataStores: stores });
  const list = (input: object) =>
    as(OWNER).cloudtrail.send(new ListEventDataStoresCommand({ MaxResults: 2, ...input }));
  const first = await list({});
  const second = await list({ NextToken: first.NextToken });
  const all = [...(first.EventDataStores ?? []), ...(second.EventDataStores ?? [])];
  expect(all.map((each) => each.Name)).toEqual(["one", "two", "three"]);
  expect(new Set(all.map((each) => each.EventDataStoreArn)).size).toBe(3);
  expect(second.NextToken).toBeUndefined();
  const delegated = await as(DELEGATED).cloudtrail.send(new ListEventDataStoresCommand());
  expect(delegated.EventDataStores).toEqual([]);
});

test("a service-linked channel is listed and told where it is, and nowhere else", async () => {
  const client = await cloudtrail(MEMBER, "eu-west-1");
  const Name = "aws-service-channel/resource-explorer-2/default";
  const { Channels } = await client.send(new ListChannelsCommand());
  expect(Channels).toEqual([{ ChannelArn: CHANNEL, Name }]);
  expect(answer(await client.send(new GetChannelCommand({ Channel: CHANNEL })))).toEqual({
    ChannelArn: CHANNEL,
    Name,
    Source: "CloudTrail",
    SourceConfig: { ApplyToAllRegions: true, AdvancedEventSelectors: [] },
    Destinations: [{ Type: "AWS_SERVICE", Location: "resource-explorer-2.amazonaws.com" }],
  });
  const elsewhere = await cloudtrail(OWNER);
  expect((await elsewhere.send(new ListChannelsCommand())).Channels).toEqual([]);
});

test("a resource policy is told as text", async () => {
  const client = await cloudtrail();
  const told = await client.send(new GetResourcePolicyCommand({ ResourceArn: STORE }));
  expect(told.ResourceArn).toBe(STORE);
  expect(JSON.parse(told.ResourcePolicy ?? "").Statement[0].Action).toBe("cloudtrail:StartQuery");
});

test.for([
  ["a channel without a policy", MEMBER, "eu-west-1", CHANNEL, "ResourcePolicyNotFoundException"],
  ["a store of nobody", OWNER, "us-east-1", `${STORE}0`, "ResourceNotFoundException"],
  ["a trail", OWNER, "us-east-1", TRAIL, "ResourceTypeNotSupportedException"],
] as const)("GetResourcePolicy of %s is refused", async ([, who, where, ResourceArn, name]) => {
  const sent = (await cloudtrail(who, where)).send(new GetResourcePolicyCommand({ ResourceArn }));
  expect((await refusal(sent)).name).toBe(name);
});

test("what does not exist is refused by its own error", async () => {
  const client = await cloudtrail();
  const store = client.send(new GetEventDataStoreCommand({ EventDataStore: `${STORE}0` }));
  expect((await refusal(store)).name).toBe("EventDataStoreNotFoundException");
  const channel = client.send(new GetChannelCommand({ Channel: CHANNEL }));
  expect((await refusal(channel)).name).toBe("ChannelNotFoundException");
});

test("tags of trails and stores are told together, to their account in their region alone", async () => {
  const { as } = await simulated(EVERY);
  const ask = (account: string, region: string, ...ResourceIdList: string[]) =>
    as(account, region).cloudtrail.send(new ListTagsCommand({ ResourceIdList }));
  const TagsList = [{ Key: "owner", Value: "security" }];
  expect((await ask(OWNER, "us-east-1", TRAIL, STORE)).ResourceTagList).toEqual([
    { ResourceId: TRAIL, TagsList },
    { ResourceId: STORE, TagsList },
  ]);
  const [elsewhere, foreign, tooMany] = await Promise.all([
    refusal(ask(OWNER, "eu-west-1", TRAIL)),
    refusal(ask(MEMBER, "us-east-1", TRAIL)),
    refusal(ask(OWNER, "us-east-1", ...Array(21).fill(TRAIL))),
  ]);
  expect([elsewhere.name, foreign.name, tooMany.name]).toEqual([
    "ResourceNotFoundException",
    "CloudTrailARNInvalidException",
    "InvalidParameterException",
  ]);
});

test("a trail's aggregated events and the categories of its Insights are told", async () => {
  const world = worldFile(EVERY);
  const [trail] = world.trails ?? [];
  const { insightTypes: _, ...plain } = Object(trail);
  const insightSelectors = [
    { insightType: "ApiCallRateInsight", eventCategories: ["Management", "Data"] },
    { insightType: "ApiErrorRateInsight" },
  ];
  const { as } = await simulated({ ...world, trails: [{ ...plain, insightSelectors }] });
  const { cloudtrail } = as(OWNER);
  const configuration = new GetEventConfigurationCommand({ TrailName: TRAIL_NAME });
  expect((await cloudtrail.send(configuration)).AggregationConfigurations).toEqual([
    { Templates: ["API_ACTIVITY"], EventCategory: "Data" },
  ]);
  const insights = new GetInsightSelectorsCommand({ TrailName: TRAIL_NAME });
  expect((await cloudtrail.send(insights)).InsightSelectors).toEqual([
    { InsightType: "ApiCallRateInsight", EventCategories: ["Management", "Data"] },
    { InsightType: "ApiErrorRateInsight" },
  ]);
});
