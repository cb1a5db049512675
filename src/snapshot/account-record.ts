import { type Static, Type } from "typebox";
import { provenance } from "./observation-schema.ts";
import { NamedPolicySchema } from "./resources/named-policy.ts";
import { fact, orNull, UnknownSchema } from "./unknown-schema.ts";

const closed = { additionalProperties: false } as const;

const time = () => fact(orNull(Type.String({ description: "ISO 8601." })));
const error = () => fact(orNull(Type.String()));

/** GetTrailStatus as one account's one region answers it. An absent field is null: there is none. */
export const TrailStatusSchema = Type.Object(
  {
    observedAt: fact(Type.String({ description: "The Date header of the answer, ISO 8601." })),
    isLogging: fact(Type.Boolean()),
    startLoggingTime: time(),
    stopLoggingTime: time(),
    latestDeliveryTime: time(),
    latestDeliveryError: error(),
    latestDigestDeliveryTime: time(),
    latestDigestDeliveryError: error(),
    latestCloudWatchLogsDeliveryTime: time(),
    latestCloudWatchLogsDeliveryError: error(),
    latestNotificationTime: time(),
    latestNotificationError: error(),
  },
  closed,
);
export type TrailStatus = Static<typeof TrailStatusSchema>;

/** A trail as seen from one region of one account; `arn` names a trail record before this one. */
export const SeenTrailSchema = Type.Object(
  { arn: Type.String(), status: Type.Union([TrailStatusSchema, UnknownSchema]) },
  closed,
);
export type SeenTrail = Static<typeof SeenTrailSchema>;

/** A CloudTrail channel, by which others get events. */
export const ChannelSchema = Type.Object(
  { arn: Type.String(), name: Type.String(), policy: fact(orNull(Type.String())) },
  closed,
);
export type Channel = Static<typeof ChannelSchema>;

/** One region that is enabled in the account, or being enabled or disabled. */
export const RegionRecordSchema = Type.Object(
  {
    name: Type.String(),
    optStatus: fact(
      Type.Enum(["ENABLED_BY_DEFAULT", "ENABLED", "ENABLING", "DISABLING"], {
        description: "As account:ListRegions spells it.",
      }),
    ),
    trails: Type.Array(Type.Union([SeenTrailSchema, UnknownSchema]), {
      description: "Ends with an open end where DescribeTrails could not be read.",
    }),
    eventDataStores: Type.Array(Type.Union([Type.String(), UnknownSchema]), {
      description: "ARNs of event data store records before this one.",
    }),
    channels: Type.Array(Type.Union([ChannelSchema, UnknownSchema]), {
      description: "Service-linked ones are named aws-service-channel/SERVICE/SUFFIX.",
    }),
  },
  closed,
);
export type RegionRecord = Static<typeof RegionRecordSchema>;

/** An IAM policy of an account's own making. */
export const IdentityPolicySchema = Type.Object(
  {
    ...NamedPolicySchema.properties,
    on: Type.Array(Type.String(), {
      description: "ARNs of the users, groups and roles that have it.",
    }),
  },
  closed,
);
export type IdentityPolicy = Static<typeof IdentityPolicySchema>;

/** One expected account, appended when every resource that it refers to is. */
export const AccountRecordSchema = Type.Object(
  {
    kind: Type.Literal("account"),
    id: Type.String(),
    unreachable: Type.Union([UnknownSchema, Type.Null()], {
      description: "Why no role could be used there; null: it could.",
    }),
    regionsFrom: orNull(
      Type.Enum(["account:ListRegions", "ec2:DescribeRegions", "option"], {
        description: "What told the regions; `option`: --regions without an answer from AWS.",
      }),
    ),
    regions: Type.Array(Type.Union([RegionRecordSchema, UnknownSchema]), {
      description: "Ends with an open end where the regions could not be listed.",
    }),
    identityPolicies: fact(orNull(Type.Array(IdentityPolicySchema)), {
      description:
        "IAM policies of the account's own that may allow CloudTrail's actions; null: not asked.",
    }),
    regionsOutsideScope: Type.Array(Type.String(), {
      description: "Enabled, but not asked for (--regions).",
    }),
    ...provenance,
  },
  closed,
);
export type AccountRecord = Static<typeof AccountRecordSchema>;
