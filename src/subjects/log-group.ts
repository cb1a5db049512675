import type { LogGroupRecord } from "../snapshot/resources.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import { requestIds } from "./request-id.ts";
import type { Subject } from "./schema/kinds.ts";
import type { Users } from "./users.ts";

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
    },
    requestId: requestIds([{ at: "", record: group, pointer: "" }]),
  };
}
