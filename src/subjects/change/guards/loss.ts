import { type Unknown, unknown } from "../../../snapshot/unknown.ts";
import { naming } from "../../naming.ts";
import type { Become } from "../fate.ts";
import type { Thing } from "../side.ts";
import type { Loss } from "../subject.ts";

/** What is lost, and the key of the place that tells it. */
export type Lost = { lost: (string | Unknown)[]; told: string | null };

/** The loss of a service control policy or an event rule. */
export function guardLoss(thing: Thing, become: Become, { lost, told }: Lost): Loss {
  const { type, record, accountId, region } = thing;
  return {
    ...naming(record, thing.name),
    type: type === "event-rule" || type === "organization" ? type : "service-control-policy",
    accountId,
    region: type === "event-rule" ? region : NO_REGION,
    become,
    coveredByOthers: false,
    lostRecording: [],
    lostProtection: lost,
    users: [],
    isLoss: become.fate !== "kept" || lost.length > 0,
    told: { recording: null, protection: told },
  };
}

/** Organizations is asked in one place for all regions. */
export const NO_REGION = unknown("not-collected", { detail: "a policy has no region" });
