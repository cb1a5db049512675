import { type Static, Type } from "typebox";
import { fact, orNull } from "../../snapshot/unknown-schema.ts";
import { AlarmsSchema, compliantAlarms } from "./alarms.ts";
import { closed, flag, identity, text, textOrNull, texts } from "./fields.ts";

export const LogGroupSchema = Type.Object(
  {
    ...identity,
    trails: Type.Array(fact(Type.String()), {
      description: "ARNs of the trails that deliver to it.",
    }),
    exists: flag("Whether the log group exists."),
    retentionDays: fact(orNull(Type.Integer()), {
      description: "How long events are kept; null: for ever.",
    }),
    kmsKeyArn: textOrNull("The KMS key that encrypts it; null: none of the customer's."),
    logGroupClass: text("STANDARD, INFREQUENT_ACCESS …"),
    deletionProtected: flag("Whether deletion protection is on."),
    recordsManagementEvents: flag("Whether a trail that delivers here records management events."),
    isPublic: flag(
      "Whether a resource policy lets anyone outside the organization and the named accounts read it.",
    ),
    alarms: AlarmsSchema,
    silentAlarms: texts(
      "Names of the alarms above that notify nobody: actions off or none, or a topic without a confirmed subscription.",
    ),
  },
  closed,
);
export type LogGroup = Static<typeof LogGroupSchema>;

export const compliantLogGroup: LogGroup = {
  id: "arn:aws:logs:us-east-1:111111111111:log-group:trail",
  name: "trail",
  arn: "arn:aws:logs:us-east-1:111111111111:log-group:trail",
  accountId: "111111111111",
  accountName: "management",
  ouPath: "Root",
  region: "us-east-1",
  placeholder: false,
  trails: ["arn:aws:cloudtrail:us-east-1:111111111111:trail/organization"],
  exists: true,
  retentionDays: 400,
  kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555",
  logGroupClass: "STANDARD",
  deletionProtected: true,
  recordsManagementEvents: true,
  isPublic: false,
  alarms: compliantAlarms,
  silentAlarms: [],
};
