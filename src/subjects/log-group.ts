import { any } from "../snapshot/logic.ts";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";
import { decided } from "../snapshot/stand-in.ts";
import { mapFact } from "../snapshot/unknown.ts";
import { isGroupPublic } from "./access/log-group-access.ts";
import { groupAlarms } from "./alarms.ts";
import { belonging } from "./identity.ts";
import { type Join, trailOf } from "./join.ts";
import { idsOf, naming, shownArn } from "./naming.ts";
import { requestIds } from "./request-id.ts";
import type { Subject } from "./schema/kinds.ts";
import type { Users } from "./users.ts";

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
      ...groupAlarms(group, join.topics),
    },
    requestId: requestIds([
      { at: "", record: group, pointer: "" },
      { at: "/alarms", record: group, pointer: "/metricFilters" },
      { at: "/isPublic", record: group, pointer: "/resourcePolicies" },
      { at: "/silentAlarms", record: group, pointer: "/alarms" },
    ]),
  };
}
