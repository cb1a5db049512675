import { type Static, Type } from "typebox";
import { provenance } from "./observation.ts";
import {
  BucketRecordSchema,
  KeyRecordSchema,
  LogGroupRecordSchema,
  TopicRecordSchema,
  TrailRecordSchema,
} from "./resources.ts";
import { fact, orNull, UnknownSchema } from "./unknown.ts";

const closed = { additionalProperties: false } as const;

/** Raised when an older reader could misread a newer file. */
export const SNAPSHOT_FORMAT = 1;

/** First record: what asked, on whose behalf, and with which rules. */
export const HeaderRecordSchema = Type.Object(
  {
    kind: Type.Literal("header"),
    format: Type.Literal(SNAPSHOT_FORMAT),
    tool: Type.String({ description: "Name and version of the program that wrote the file." }),
    partition: Type.String({ description: "aws, aws-cn, aws-us-gov …, from the caller's ARN." }),
    caller: Type.Object({ accountId: Type.String(), arn: Type.String() }, closed),
    startedAt: Type.String({ description: "The Date header of the first answer, ISO 8601." }),
    scope: Type.Enum(["organization", "accounts"], {
      description:
        "`organization`: every account of it was asked for; `accounts`: the listed ones.",
    }),
    arguments: Type.Record(Type.String(), Type.Unknown(), {
      description: "The options that decide what is collected.",
    }),
    digests: Type.Object(
      { policies: orNull(Type.String()), config: orNull(Type.String()) },
      { ...closed, description: "SHA-256 of the policies and of the config at the time." },
    ),
  },
  closed,
);
export type HeaderRecord = Static<typeof HeaderRecordSchema>;

/** An account that Organizations (or the operator) listed, whether or not it is asked. */
export const ListedAccountSchema = Type.Object(
  {
    id: Type.String(),
    name: orNull(Type.String()),
    state: orNull(Type.String({ description: "Organizations' State, else Status." })),
    ouPath: fact(orNull(Type.String()), {
      description: "Names of the organizational units from the root, joined by `/`.",
    }),
    skipped: orNull(Type.String({ description: "Why it is not expected; null: it is expected." })),
  },
  closed,
);
export type ListedAccount = Static<typeof ListedAccountSchema>;

/** Second record: the accounts expected, and what Organizations says about CloudTrail. */
export const OrganizationRecordSchema = Type.Object(
  {
    kind: Type.Literal("organization"),
    id: fact(Type.String()),
    managementAccountId: fact(Type.String()),
    featureSet: fact(Type.String()),
    trustedAccess: fact(Type.Boolean(), {
      description: "Whether cloudtrail.amazonaws.com has trusted access.",
    }),
    delegatedAdministrators: fact(Type.Array(Type.String()), {
      description: "Account ids registered for cloudtrail.amazonaws.com.",
    }),
    accounts: Type.Array(ListedAccountSchema),
    ...provenance,
  },
  closed,
);
export type OrganizationRecord = Static<typeof OrganizationRecordSchema>;

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
  },
  closed,
);
export type RegionRecord = Static<typeof RegionRecordSchema>;

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
    regionsOutsideScope: Type.Array(Type.String(), {
      description: "Enabled, but not asked for (--regions).",
    }),
    ...provenance,
  },
  closed,
);
export type AccountRecord = Static<typeof AccountRecordSchema>;

/** Last record: proof that the file is whole. */
export const EndRecordSchema = Type.Object(
  {
    kind: Type.Literal("end"),
    counts: Type.Object({ resources: Type.Integer(), accounts: Type.Integer() }, closed),
    digest: Type.String({ description: "SHA-256 of all lines before this one, hex." }),
  },
  closed,
);
export type EndRecord = Static<typeof EndRecordSchema>;

export const ResourceRecordSchema = Type.Union([
  TrailRecordSchema,
  BucketRecordSchema,
  KeyRecordSchema,
  LogGroupRecordSchema,
  TopicRecordSchema,
]);

/** One line of a snapshot file. */
export const SnapshotRecordSchema = Type.Union([
  HeaderRecordSchema,
  OrganizationRecordSchema,
  ResourceRecordSchema,
  AccountRecordSchema,
  EndRecordSchema,
]);
export type SnapshotRecord = Static<typeof SnapshotRecordSchema>;
