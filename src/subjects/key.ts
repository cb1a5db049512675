import type { KeyRecord } from "../snapshot/resources/key.ts";
import { mapFact } from "../snapshot/unknown.ts";
import { keyAccess } from "./access/key-access.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import { keyOwner, leastTrusted } from "./ownership.ts";
import { requestIds } from "./request-id.ts";
import type { Subject } from "./schema/kinds.ts";
import type { Users } from "./users.ts";

const POLICY_FACTS = ["/isPublic", "/admitsCloudTrail", "/boundToTrails", "/foreignUsers"];

/** A KMS key that encrypts trails. */
export function keySubject(join: Join, key: KeyRecord, users: Users): Subject {
  return {
    kind: "key",
    fields: {
      id: key.arn,
      name: key.arn.slice(key.arn.lastIndexOf("/") + 1),
      arn: key.arn,
      ...belonging(join, key.accountId),
      region: key.region,
      placeholder: false,
      trails: users.trails,
      exists: key.exists,
      owner: leastTrusted(
        users.accounts.map((account) =>
          mapFact(account, (id) => keyOwner(join, id, key.accountId)),
        ),
      ),
      enabled: key.enabled,
      state: key.state,
      deletionDate: key.deletionDate,
      manager: key.manager,
      rotationEnabled: key.rotationEnabled,
      ...keyAccess(join, key, users),
    },
    requestId: requestIds([
      { at: "", record: key, pointer: "" },
      ...POLICY_FACTS.map((at) => ({ at, record: key, pointer: "/policy" })),
    ]),
  };
}
