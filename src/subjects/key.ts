import type { KeyRecord } from "../snapshot/resources/key.ts";
import { decided } from "../snapshot/stand-in.ts";
import { mapFact } from "../snapshot/unknown.ts";
import { keyAccess } from "./access/key-access.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import { idsOf, naming } from "./naming.ts";
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
      ...naming(key, key.arn.slice(key.arn.lastIndexOf("/") + 1)),
      ...belonging(join, key.accountId),
      region: decided(key.region),
      placeholder: false,
      trails: idsOf(users.trails, join.trails),
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
