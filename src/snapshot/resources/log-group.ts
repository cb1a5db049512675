import { type Static, Type } from "typebox";
import { fact, orNull } from "../unknown-schema.ts";
import { AlarmSchema, MetricFilterSchema } from "./alarm.ts";
import { closed, flag, resource, text, textOrNull } from "./fields.ts";
import { NamedPolicySchema } from "./named-policy.ts";

/** A CloudWatch Logs log group that a trail names. */
export const LogGroupRecordSchema = Type.Object(
  {
    ...resource("log-group"),
    name: Type.String(),
    accountId: Type.String(),
    region: Type.String(),
    exists: flag(),
    retentionDays: fact(orNull(Type.Integer()), { description: "null: kept for ever." }),
    kmsKeyArn: textOrNull(),
    logGroupClass: text(),
    deletionProtected: flag(),
    metricFilters: fact(Type.Array(MetricFilterSchema)),
    alarms: fact(Type.Array(AlarmSchema), {
      description:
        "Alarms of the group's account and region on a metric of these filters, and composite alarms above them.",
    }),
    resourcePolicies: fact(Type.Array(NamedPolicySchema), {
      description: "CloudWatch Logs resource policies of the group's account and region.",
    }),
  },
  closed,
);
export type LogGroupRecord = Static<typeof LogGroupRecordSchema>;
