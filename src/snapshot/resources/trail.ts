import { type Static, Type } from "typebox";
import { EventSelectorsSchema } from "../event-selectors.ts";
import { fact } from "../unknown-schema.ts";
import { closed, flag, resource, textOrNull } from "./fields.ts";

export const InsightSelectorSchema = Type.Object(
  {
    type: Type.String({ description: "ApiCallRateInsight or ApiErrorRateInsight." }),
    eventCategories: Type.Array(Type.String(), {
      description: "Management, Data; AWS leaves it out where it is Management alone.",
    }),
  },
  closed,
);
export type InsightSelector = Static<typeof InsightSelectorSchema>;

export const TagSchema = Type.Object({ key: Type.String(), value: Type.String() }, closed);
export type Tag = Static<typeof TagSchema>;

/** A rule on the default event bus. */
export const EventRuleSchema = Type.Object(
  {
    name: Type.String(),
    enabled: Type.Boolean({
      description: "ENABLED or ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.",
    }),
    pattern: Type.String({ description: "The event pattern, as text." }),
    targets: fact(Type.Integer(), { description: "How many targets it has." }),
  },
  closed,
);
export type EventRule = Static<typeof EventRuleSchema>;

/** A trail's configuration, once, as its owner sees it. */
export const TrailRecordSchema = Type.Object(
  {
    ...resource("trail"),
    name: Type.String(),
    accountId: Type.String({ description: "The owner: the account in the ARN." }),
    homeRegion: Type.String(),
    isMultiRegion: flag(),
    isOrganizationTrail: flag(),
    includeGlobalServiceEvents: flag(),
    logFileValidationEnabled: flag(),
    recursiveLogging: flag(),
    kmsKeyArn: textOrNull(),
    bucketName: textOrNull(),
    bucketPrefix: textOrNull(),
    logGroupArn: textOrNull(),
    logsRoleArn: textOrNull(),
    topicArn: textOrNull(),
    eventSelectors: fact(EventSelectorsSchema),
    insightSelectors: fact(Type.Array(InsightSelectorSchema)),
    aggregatedEvents: fact(Type.Array(Type.String()), {
      description: "Templates of aggregated data events, as in API_ACTIVITY.",
    }),
    tags: fact(Type.Array(TagSchema)),
    eventRules: fact(Type.Array(EventRuleSchema), {
      description:
        "EventBridge rules of the owner in the home region that may react to changes of trails.",
    }),
  },
  closed,
);
export type TrailRecord = Static<typeof TrailRecordSchema>;
