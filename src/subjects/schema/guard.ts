import { type Static, Type } from "typebox";
import { closed, flag, texts } from "./fields.ts";

/** Who can switch a trail off, as far as service control policies decide it. */
export const GuardSchema = Type.Object(
  {
    deniedBy: texts("Names of the service control policies that deny tampering."),
    undeniedActions: texts(
      "Of the actions that stop, delete, narrow or redirect the trail, those that no service control policy denies to somebody whom one could bind, as in `cloudtrail:StopLogging in 222222222222`.",
    ),
    exceptPrincipals: texts("Principals that these policies leave out by a condition."),
    beyondReach: texts("Who can tamper and cannot be bound by any service control policy."),
  },
  closed,
);
export type Guard = Static<typeof GuardSchema>;

/** What tells somebody that a trail was stopped, changed or deleted. */
export const AlertingSchema = Type.Object(
  {
    raised: flag(
      "Whether stopping, changing and deleting the trail each reach an alarm or a rule with a target.",
    ),
    by: texts("Names of the EventBridge rules and CloudWatch alarms that do."),
    missing: texts("Of those actions, the ones that reach nobody, as in StopLogging."),
  },
  closed,
);
export type Alerting = Static<typeof AlertingSchema>;
