import { type Static, Type } from "typebox";
import { accountId, closed, flag, glob, MomentSchema, text, texts } from "./fields.ts";

const time = () => Type.Optional(Type.Union([MomentSchema, Type.Null()]));
const error = () => Type.Optional(Type.Union([Type.String(), Type.Null()]));
const strings = () => Type.Optional(Type.Array(Type.String()));
const places = {
  accounts: Type.Optional(Type.Array(glob("Account id."), { description: "Left out: all." })),
  regions: Type.Optional(Type.Array(glob("Region."), { description: "Left out: all." })),
};

/** What GetTrailStatus says in some accounts and regions; null: the field is absent there. */
export const StatusSchema = Type.Object(
  {
    ...places,
    isLogging: flag("Default true."),
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
export type Status = Static<typeof StatusSchema>;

export const EventSelectorSchema = Type.Object(
  {
    readWriteType: Type.Optional(Type.Enum(["All", "ReadOnly", "WriteOnly"])),
    includeManagementEvents: Type.Optional(Type.Boolean()),
    excludeManagementEventSources: strings(),
    dataResources: Type.Optional(
      Type.Array(Type.Object({ type: Type.String(), values: Type.Array(Type.String()) }, closed)),
    ),
  },
  closed,
);
export type EventSelector = Static<typeof EventSelectorSchema>;

export const AdvancedEventSelectorSchema = Type.Object(
  {
    name: Type.Optional(Type.String()),
    fieldSelectors: Type.Array(
      Type.Object(
        {
          field: Type.String(),
          equals: strings(),
          startsWith: strings(),
          endsWith: strings(),
          notEquals: strings(),
          notStartsWith: strings(),
          notEndsWith: strings(),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type AdvancedEventSelector = Static<typeof AdvancedEventSelectorSchema>;

/** A trail. What is left out is as in a well-kept trail: multi-region, validated, delivering. */
export const TrailSchema = Type.Object(
  {
    name: text("The trail's name."),
    account: accountId("The owner: the account in the trail's ARN."),
    homeRegion: text("The region in the trail's ARN."),
    isMultiRegionTrail: flag("Default true."),
    isOrganizationTrail: flag("Default false. True: every member sees it as a shadow trail."),
    includeGlobalServiceEvents: flag("Default true."),
    logFileValidationEnabled: flag("Default true."),
    recursiveLogging: flag("Left out: absent, as it was before 2026."),
    s3BucketName: Type.Optional(Type.String({ description: "Default `<name>-logs`." })),
    s3KeyPrefix: Type.Optional(Type.String()),
    kmsKeyId: Type.Optional(Type.String({ description: "The key's ARN." })),
    cloudWatchLogsLogGroupArn: Type.Optional(Type.String({ pattern: ":\\*$" })),
    cloudWatchLogsRoleArn: Type.Optional(Type.String()),
    snsTopicArn: Type.Optional(Type.String()),
    eventSelectors: Type.Optional(Type.Array(EventSelectorSchema)),
    advancedEventSelectors: Type.Optional(Type.Array(AdvancedEventSelectorSchema)),
    insightTypes: strings(),
    insightSelectors: Type.Optional(
      Type.Array(Type.Object({ insightType: Type.String(), eventCategories: strings() }, closed), {
        description: "In place of insightTypes, with the categories of events.",
      }),
    ),
    aggregationTemplates: texts("Of aggregated data events: API_ACTIVITY, USER_ACTIONS …"),
    tags: Type.Optional(Type.Record(Type.String(), Type.String())),
    status: Type.Optional(
      Type.Array(StatusSchema, {
        description: "What differs from a healthy status, and where; of several the last counts.",
      }),
    ),
    absentFrom: Type.Optional(
      Type.Array(Type.Object(places, closed), {
        description: "Where its copy has not been made although it should be.",
      }),
    ),
  },
  closed,
);
export type Trail = Static<typeof TrailSchema>;
