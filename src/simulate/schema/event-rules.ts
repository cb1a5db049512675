import { type Static, Type } from "typebox";
import { accountId, closed, document, text, texts } from "./fields.ts";

/** An EventBridge rule. */
export const EventRuleSchema = Type.Object(
  {
    name: text("Its name."),
    account: accountId("The owner."),
    region: text("Where it is."),
    eventBus: Type.Optional(Type.String({ description: "Its bus. Default `default`." })),
    state: Type.Optional(
      Type.Enum(["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"], {
        description: "Default ENABLED.",
      }),
    ),
    eventPattern: Type.Optional(document("The event pattern, as text or as YAML.")),
    scheduleExpression: Type.Optional(Type.String({ description: "In place of a pattern." })),
    targets: texts("ARNs of its targets. Left out: it has none."),
  },
  closed,
);
export type EventRule = Static<typeof EventRuleSchema>;
