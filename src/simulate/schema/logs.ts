import { type Static, Type } from "typebox";
import { accountId, closed, document, flag, text } from "./fields.ts";

/** A CloudWatch Logs log group with its metric filters. */
export const LogGroupSchema = Type.Object(
  {
    name: text("Its name."),
    account: accountId("The owner."),
    region: text("Where it is."),
    retentionInDays: Type.Optional(Type.Integer({ description: "Left out: kept for ever." })),
    kmsKeyId: Type.Optional(Type.String()),
    logGroupClass: Type.Optional(Type.String({ description: "Default STANDARD." })),
    deletionProtectionEnabled: flag("Default false."),
    metricFilters: Type.Optional(
      Type.Array(
        Type.Object(
          {
            filterName: Type.String(),
            filterPattern: Type.String(),
            metricName: Type.String(),
            metricNamespace: Type.String(),
            metricValue: Type.Optional(Type.String({ description: "Default 1." })),
            defaultValue: Type.Optional(
              Type.Union([Type.Number(), Type.Null()], {
                description: "Default 0, without dimensions; null: none.",
              }),
            ),
            dimensions: Type.Optional(
              Type.Record(Type.String(), Type.String(), {
                description: "Fields by the dimension's name. Default none.",
              }),
            ),
            unit: Type.Optional(Type.String({ description: "Default None." })),
            emitSystemFieldDimensions: Type.Optional(
              Type.Array(Type.String(), { description: "@aws.account, @aws.region." }),
            ),
            fieldSelectionCriteria: Type.Optional(
              Type.String({ description: "Leaves out accounts or regions." }),
            ),
            applyOnTransformedLogs: flag("Default false."),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);
export type LogGroup = Static<typeof LogGroupSchema>;

/** A CloudWatch Logs resource policy: of a whole account and region, or of one log group. */
export const LogResourcePolicySchema = Type.Object(
  {
    name: text("Its name."),
    account: accountId("The owner."),
    region: text("Where it is."),
    policy: document("The policy, as text or as YAML."),
    resourceArn: Type.Optional(
      Type.String({ description: "The log group it is attached to. Left out: the account." }),
    ),
  },
  closed,
);
export type LogResourcePolicy = Static<typeof LogResourcePolicySchema>;
