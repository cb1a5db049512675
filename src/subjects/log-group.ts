import { any } from "../snapshot/logic.ts";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";
import { decided } from "../snapshot/stand-in.ts";
import { isKnown, mapFact, type Unknown, unknown, unknownMore } from "../snapshot/unknown.ts";
import { isGroupPublic } from "./access/log-group-access.ts";
import { groupAlarms } from "./alarms.ts";
import { belonging } from "./identity.ts";
import { type Join, trailOf } from "./join.ts";
import { idsOf, naming, shownArn } from "./naming.ts";
import { requestIds } from "./request-id.ts";
import type { Alarms } from "./schema/alarms.ts";
import { CIS_ALARMS, type CisAlarm } from "./schema/cis-alarms.ts";
import type { Subject } from "./schema/kinds.ts";
import type { LogGroup } from "./schema/log-group.ts";
import type { Users } from "./users.ts";

/** A plan proves the alarms that it holds; those that it does not hold may be elsewhere. */
function alarmsOf(join: Join, group: LogGroupRecord): Pick<LogGroup, "alarms" | "silentAlarms"> {
  const { alarms, silentAlarms } = groupAlarms(group, join.topics);
  if (group.planned === undefined) return { alarms, silentAlarms };
  const elsewhere = unknown("not-collected", { detail: "alarms outside of the plan" });
  return {
    alarms: orElsewhere(alarms, elsewhere),
    silentAlarms: [...silentAlarms.filter(isKnown), unknownMore(elsewhere)],
  };
}

function orElsewhere(alarms: Alarms, elsewhere: Unknown): Alarms {
  const doubted = { ...alarms };
  for (const [name, alarm] of Object.entries(alarms)) {
    if (alarm.raised === false && isAlarm(name)) doubted[name] = { ...alarm, raised: elsewhere };
  }
  return doubted;
}

const isAlarm = (name: string): name is CisAlarm => Object.hasOwn(CIS_ALARMS, name);

/** A log group that trails deliver to. */
export function logGroupSubject(join: Join, group: LogGroupRecord, users: Users): Subject {
  return {
    kind: "log-group",
    fields: {
      ...naming(group, group.name),
      ...belonging(join, group.accountId),
      region: decided(group.region),
      placeholder: false,
      trails: idsOf(users.trails, join.trails),
      exists: group.exists,
      retentionDays: group.retentionDays,
      kmsKeyArn: mapFact(group.kmsKeyArn, (arn) => arn && shownArn(arn, join.keys.get(arn))),
      logGroupClass: group.logGroupClass,
      deletionProtected: group.deletionProtected,
      recordsManagementEvents: any(users.trails, (arn) => trailOf(join, arn).recordsManagement),
      isPublic: isGroupPublic(join, group),
      ...alarmsOf(join, group),
    },
    requestId: requestIds([
      { at: "", record: group, pointer: "" },
      { at: "/alarms", record: group, pointer: "/metricFilters" },
      { at: "/isPublic", record: group, pointer: "/resourcePolicies" },
      { at: "/silentAlarms", record: group, pointer: "/alarms" },
    ]),
  };
}
