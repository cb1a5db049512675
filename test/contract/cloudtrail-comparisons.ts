import {
  DescribeTrailsCommand,
  type DescribeTrailsCommandInput,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  ListTrailsCommand,
} from "@aws-sdk/client-cloudtrail";
import type { clients } from "../simulate/clients.ts";
import type { Comparison } from "./comparison.ts";
import { MOTO_ACCOUNT } from "./moto-seed.ts";

const FULL = `arn:aws:cloudtrail:us-east-1:${MOTO_ACCOUNT}:trail/full`;
type As = ReturnType<typeof clients>;

/** The trails by name, for their order means nothing. */
async function described({ cloudtrail }: As, input: DescribeTrailsCommandInput = {}) {
  const { trailList = [] } = await cloudtrail.send(new DescribeTrailsCommand(input));
  return Object.fromEntries(trailList.map((each) => [each.Name, each]));
}

const SELECTORS_IGNORED = "moto says false whatever selectors were put";
const NO_LONGER_USED = "AWS says that it is no longer in use";
const ONE_STATUS = "moto keeps one status without digests, logs and notifications";

const unused = {
  "/LatestDeliveryAttemptSucceeded": NO_LONGER_USED,
  "/LatestDeliveryAttemptTime": NO_LONGER_USED,
  "/LatestNotificationAttemptSucceeded": NO_LONGER_USED,
  "/LatestNotificationAttemptTime": NO_LONGER_USED,
  "/TimeLoggingStarted": NO_LONGER_USED,
  "/TimeLoggingStopped": NO_LONGER_USED,
};

const home: Comparison[] = [
  {
    name: "DescribeTrails at home of full",
    call: (as) => described(as),
    departures: {
      "/full/HasCustomEventSelectors": SELECTORS_IGNORED,
      "/full/HasInsightSelectors": SELECTORS_IGNORED,
    },
  },
  {
    name: "DescribeTrails by name",
    call: async (as) => Object.keys(await described(as, { trailNameList: ["full"] })),
  },
  {
    name: "DescribeTrails without shadow trails",
    call: async (as) => Object.keys(await described(as, { includeShadowTrails: false })),
  },
  {
    name: "ListTrails",
    call: async ({ cloudtrail }) => {
      const { Trails = [] } = await cloudtrail.send(new ListTrailsCommand());
      return Object.fromEntries(Trails.map((each) => [each.Name, each]));
    },
    departures: { "/bare": "moto lists the region's trails; AWS lists the account's" },
  },
  {
    name: "GetTrail by name",
    call: ({ cloudtrail }) => cloudtrail.send(new GetTrailCommand({ Name: "full" })),
    departures: {
      "/Trail/HasCustomEventSelectors": SELECTORS_IGNORED,
      "/Trail/HasInsightSelectors": SELECTORS_IGNORED,
      "/Trail/HomeRegion": "moto leaves it out",
    },
  },
  {
    name: "GetTrailStatus by ARN",
    call: ({ cloudtrail }) => cloudtrail.send(new GetTrailStatusCommand({ Name: FULL })),
    departures: {
      "/LatestCloudWatchLogsDeliveryTime": ONE_STATUS,
      "/LatestDigestDeliveryTime": ONE_STATUS,
      "/LatestNotificationTime": ONE_STATUS,
      ...unused,
    },
  },
  {
    name: "GetEventSelectors by ARN",
    call: ({ cloudtrail }) => cloudtrail.send(new GetEventSelectorsCommand({ TrailName: FULL })),
    departures: {
      "/AdvancedEventSelectors": "moto answers both lists; AWS fills exactly one",
      "/EventSelectors/0/ExcludeManagementEventSources": "moto leaves the empty list out",
    },
  },
  {
    name: "GetInsightSelectors",
    call: ({ cloudtrail }) =>
      cloudtrail.send(new GetInsightSelectorsCommand({ TrailName: "full" })),
  },
  {
    name: "ListTags",
    call: ({ cloudtrail }) => cloudtrail.send(new ListTagsCommand({ ResourceIdList: [FULL] })),
  },
  {
    name: "GetTrailStatus of no trail",
    call: ({ cloudtrail }) => cloudtrail.send(new GetTrailStatusCommand({ Name: "nothing" })),
  },
];

const away: Comparison[] = [
  {
    name: "DescribeTrails away from home of full",
    call: (as) => described(as),
    departures: {
      "/full/HasCustomEventSelectors": SELECTORS_IGNORED,
      "/full/HasInsightSelectors": SELECTORS_IGNORED,
    },
  },
  {
    name: "DescribeTrails away, without shadow trails",
    call: async (as) => Object.keys(await described(as, { includeShadowTrails: false })),
  },
  {
    name: "DescribeTrails away, by the name of another region's trail",
    call: async (as) => Object.keys(await described(as, { trailNameList: ["full"] })),
    departures: {
      "/0": "moto ignores the names that are asked for",
      "/1": "moto ignores the names that are asked for",
    },
  },
  {
    name: "GetTrail away, by ARN",
    call: ({ cloudtrail }) => cloudtrail.send(new GetTrailCommand({ Name: FULL })),
    departures: {
      "/error": "moto finds a trail by its ARN only at home",
      "/Trail": "moto finds a trail by its ARN only at home",
    },
  },
  {
    name: "GetTrailStatus away, by ARN",
    call: ({ cloudtrail }) => cloudtrail.send(new GetTrailStatusCommand({ Name: FULL })),
    departures: {
      "/LatestCloudWatchLogsDeliveryTime": ONE_STATUS,
      "/LatestDigestDeliveryTime": ONE_STATUS,
      "/LatestNotificationTime": ONE_STATUS,
      ...unused,
    },
  },
  {
    name: "GetEventSelectors away, by ARN",
    call: ({ cloudtrail }) => cloudtrail.send(new GetEventSelectorsCommand({ TrailName: FULL })),
    departures: {
      "/error": "moto finds a trail by its ARN only at home",
      "/EventSelectors": "moto finds a trail by its ARN only at home",
      "/TrailARN": "moto finds a trail by its ARN only at home",
    },
  },
  {
    name: "GetTrailStatus of a trail that never logged",
    call: ({ cloudtrail }) => cloudtrail.send(new GetTrailStatusCommand({ Name: "bare" })),
    departures: unused,
  },
  {
    name: "GetEventSelectors of a trail without any",
    call: ({ cloudtrail }) => cloudtrail.send(new GetEventSelectorsCommand({ TrailName: "bare" })),
    departures: {
      "/AdvancedEventSelectors": "moto answers both lists; AWS fills exactly one",
      "/EventSelectors/0": "moto does not tell the default selector",
    },
  },
  {
    name: "GetInsightSelectors of a trail without any",
    call: ({ cloudtrail }) =>
      cloudtrail.send(new GetInsightSelectorsCommand({ TrailName: "bare" })),
    departures: {
      "/error": "moto answers an empty list; to AWS that is an error",
      "/TrailARN": "moto answers",
    },
  },
];

export const cloudtrailComparisons: Comparison[] = [
  ...home.map((each) => ({ ...each, name: `cloudtrail ${each.name}` })),
  ...away.map((each) => ({
    ...each,
    name: `cloudtrail ${each.name}`,
    region: "eu-west-1" as const,
  })),
];
