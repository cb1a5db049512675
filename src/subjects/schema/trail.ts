import { type Static, Type } from "typebox";
import {
  InsightSelectorSchema as InsightSchema,
  TagSchema,
} from "../../snapshot/resources/trail.ts";
import { fact, orNull } from "../../snapshot/unknown-schema.ts";
import {
  closed,
  flag,
  identity,
  managementCoverage,
  OwnerSchema,
  text,
  textOrNull,
  texts,
} from "./fields.ts";
import { AlertingSchema, GuardSchema } from "./guard.ts";

const TrailKeySchema = Type.Object(
  {
    arn: Type.String(),
    accountId: Type.String(),
    region: Type.String(),
    owner: fact(OwnerSchema, { description: "Whose the key is, from the trail's point of view." }),
    exists: flag("Whether KMS knows the key."),
    enabled: flag("Whether the key can be used now."),
  },
  closed,
);

const TrailBucketSchema = Type.Object(
  {
    name: text("Its name; of a bucket that is still to be made it may not be known."),
    prefix: textOrNull("The key prefix that the trail writes under."),
    accountId: fact(orNull(Type.String()), {
      description: "The bucket's owner; null: not found in the organization.",
    }),
    owner: fact(OwnerSchema, {
      description: "Whose the bucket is, from the trail's point of view.",
    }),
    exists: flag("Whether a bucket of that name exists."),
  },
  closed,
);

const TrailLogGroupSchema = Type.Object(
  {
    arn: Type.String(),
    roleArn: textOrNull("The role with which CloudTrail writes to the log group."),
    exists: flag("Whether the log group exists."),
    roleExists: flag("Whether that role exists."),
    roleCanDeliver: flag(
      "Whether CloudTrail may assume that role, and the role may create streams and put events in the log group.",
    ),
  },
  closed,
);

const TrailTopicSchema = Type.Object(
  {
    arn: Type.String(),
    exists: flag("Whether the topic exists."),
    admitsCloudTrail: flag("Whether the topic's policy lets CloudTrail publish for this trail."),
  },
  closed,
);

export const TrailSchema = Type.Object(
  {
    ...identity,
    homeRegion: text("Where the trail was created and can be changed."),
    homeRegionIsOptIn: flag("Whether the home region is one that accounts have to opt in to."),
    isOrganizationTrail: flag("Whether it is an organization trail."),
    isMultiRegion: flag("Whether it records in every enabled region."),
    includeGlobalServiceEvents: flag("The flag as AWS gives it; alone it proves nothing."),
    recordsGlobalServiceEvents: flag(
      "Whether IAM, STS and CloudFront events reach it: the flag, and multi-region or at home where they occur.",
    ),
    logFileValidationEnabled: flag("Whether CloudTrail delivers signed digest files."),
    recursiveLogging: flag("Whether deliveries by CloudTrail itself are recorded too."),
    role: fact(Type.Enum(["primary", "additional"]), {
      description: "additional: other trails already record all that it is configured to record.",
    }),
    management: Type.Object(
      {
        records: flag("Whether its selectors let any management event through."),
        ...managementCoverage,
        completedByOthers: flag(
          "Whether trails that work record whatever this one leaves out, wherever it applies.",
        ),
      },
      closed,
    ),
    insights: fact(Type.Array(InsightSchema), {
      description: "The kinds of Insights that are on, and for which events.",
    }),
    aggregatedEvents: fact(Type.Array(Type.String()), {
      description: "The templates by which data events are aggregated.",
    }),
    tags: fact(Type.Array(TagSchema), { description: "The trail's tags." }),
    missingTagKeys: texts("Of the parameter requiredTagKeys, those that the trail does not have."),
    guard: GuardSchema,
    alerting: AlertingSchema,
    bucket: fact(orNull(TrailBucketSchema), { description: "Where it delivers log files." }),
    kmsKey: fact(orNull(TrailKeySchema), {
      description: "The KMS key that encrypts log files; null: SSE-S3.",
    }),
    logGroup: fact(orNull(TrailLogGroupSchema), {
      description: "The log group that it delivers to.",
    }),
    topic: fact(orNull(TrailTopicSchema), { description: "The SNS topic that it notifies." }),
  },
  closed,
);
export type Trail = Static<typeof TrailSchema>;

export const compliantTrail: Trail = {
  id: "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization",
  name: "organization",
  arn: "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization",
  accountId: "111111111111",
  accountName: "management",
  ouPath: "Root",
  region: "us-east-1",
  placeholder: false,
  homeRegion: "us-east-1",
  homeRegionIsOptIn: false,
  isOrganizationTrail: true,
  isMultiRegion: true,
  includeGlobalServiceEvents: true,
  recordsGlobalServiceEvents: true,
  logFileValidationEnabled: true,
  recursiveLogging: true,
  role: "primary",
  management: {
    records: true,
    managementReads: true,
    managementWrites: true,
    excludedEventSources: [],
    completedByOthers: false,
  },
  insights: [
    { type: "ApiCallRateInsight", eventCategories: ["Management"] },
    { type: "ApiErrorRateInsight", eventCategories: ["Management"] },
  ],
  aggregatedEvents: [],
  tags: [{ key: "owner", value: "security" }],
  missingTagKeys: [],
  guard: {
    deniedBy: ["protect-cloudtrail"],
    undeniedActions: [],
    exceptPrincipals: [],
    beyondReach: ["the management account 111111111111"],
  },
  alerting: { raised: true, by: ["cloudtrail-changes"], missing: [] },
  bucket: {
    name: "example-trail-logs",
    prefix: null,
    accountId: "333333333333",
    owner: "organization-account",
    exists: true,
  },
  kmsKey: {
    arn: "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555",
    accountId: "111111111111",
    region: "us-east-1",
    owner: "trail-account",
    exists: true,
    enabled: true,
  },
  logGroup: {
    arn: "arn:aws:logs:us-east-1:111111111111:log-group:trail:*",
    roleArn: "arn:aws:iam::111111111111:role/trail-to-logs",
    exists: true,
    roleExists: true,
    roleCanDeliver: true,
  },
  topic: {
    arn: "arn:aws:sns:us-east-1:111111111111:trail",
    exists: true,
    admitsCloudTrail: true,
  },
};
