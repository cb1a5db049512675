import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";

import { unknown, unknownMore } from "../snapshot/unknown.ts";
import { blankAlarms } from "./blank-alarms.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import { requestIds } from "./request-id.ts";
import type { Subject } from "./schema/kinds.ts";
import type { Users } from "./users.ts";

const todo = unknown("not-collected");

/** A log group that trails deliver to. */
export function logGroupSubject(join: Join, group: LogGroupRecord, users: Users): Subject {
  return {
    kind: "log-group",
    fields: {
      id: group.arn,
      name: group.name,
      arn: group.arn,
      ...belonging(join, group.accountId),
      region: group.region,
      placeholder: false,
      trails: users.trails,
      exists: group.exists,
      retentionDays: group.retentionDays,
      kmsKeyArn: group.kmsKeyArn,
      logGroupClass: group.logGroupClass,
      deletionProtected: group.deletionProtected,
      recordsManagementEvents: todo,
      isPublic: todo,
      alarms: blankAlarms(todo),
      silentAlarms: [unknownMore(todo)],
    },
    requestId: requestIds([{ at: "", record: group, pointer: "" }]),
  };
}
