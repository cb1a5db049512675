import { type Fact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import type { Change } from "../schema/change.ts";
import type { Subject } from "../schema/kinds.ts";
import type { Become } from "./fate.ts";

/** What a resource, or a part of one, loses by a change. */
export type Loss = Pick<Change, "id" | "name" | "arn" | "type" | "coveredByOthers"> &
  Pick<Change, "lostRecording" | "lostProtection" | "users"> & {
    accountId: Fact<string>;
    region: Fact<string>;
    become: Become;
    /** Whether anything is lost, may be, or is elsewhere than before. */
    isLoss: boolean;
    /** Where the first of each list is told: keys of the places of the side afterwards. */
    told: { recording: string | null; protection: string | null };
  };

/** Whether a fate takes away what was there. */
export const isGone = (fate: Change["fate"]): boolean => fate === "deleted" || fate === "replaced";

/** The subject of a loss. Where it is told: the address that was, or the attribute that is now. */
export function changeSubject(loss: Loss): Subject {
  const { id, name, arn, type, become, accountId, region, told } = loss;
  const { coveredByOthers, lostRecording, lostProtection, users } = loss;
  return {
    kind: "change",
    fields: {
      id,
      name,
      arn,
      accountId,
      accountName: null,
      ouPath: isUnknown(accountId) ? accountId : unknown("outside-scope"),
      region,
      placeholder: false,
      type,
      fate: become.fate,
      coveredByOthers,
      lostRecording,
      lostProtection,
      users,
    },
    requestId: (pointer) => {
      if (pointer.startsWith("/lostRecording")) return told.recording ?? id;
      return pointer.startsWith("/lostProtection") ? (told.protection ?? id) : id;
    },
  };
}
