import type { SnapshotRecord } from "../../snapshot/records.ts";
import { isKnown } from "../../snapshot/unknown.ts";
import { lettingIn } from "../change/let-in.ts";
import { LINKS, type LinkKind, linkKey } from "../change/side.ts";
import { subjectId } from "../naming.ts";
import { hasNoTrail, type LiveView } from "./live-trails.ts";

/** What trails of a snapshot deliver with, although no plan needs to hold these trails. */
export type LiveUsers = {
  /** Names of buckets, and ARNs of keys and log groups. */
  named: ReadonlySet<string>;
  /** The names of the trails that use the one of that kind, in the spelling of `linkKey`. */
  usersOf: (kind: LinkKind, key: string) => readonly string[];
  /** Whether the snapshot shows that there is no trail of this ARN. */
  hasNoTrail: (arn: string) => boolean;
};

const KINDS: readonly LinkKind[] = ["bucket", "key", "log-group"];

/** Sorts the trails of a snapshot by what each names. */
export function liveUsers(view: LiveView): LiveUsers {
  const users = new Map<string, string[]>();
  const named = new Set<string>();
  for (const trail of view.trails.values()) {
    for (const kind of KINDS) {
      const key = LINKS[kind](trail);
      if (!isKnown(key) || key === null) continue;
      named.add(key);
      const known = users.get(`${kind} ${key}`) ?? [];
      users.set(`${kind} ${key}`, [...known, trail.name]);
    }
  }
  return {
    named,
    usersOf: (kind, key) => users.get(`${kind} ${key}`) ?? [],
    hasNoTrail: (arn) => hasNoTrail(view, arn),
  };
}

/**
 * The ids of planned buckets, keys and log groups that trails elsewhere use: by what their policies let
 * in, or by what a snapshot shows.
 */
export function usedIn(
  records: readonly SnapshotRecord[],
  users: LiveUsers | undefined,
): Set<string> {
  const ids = lettingIn(records);
  for (const record of records) {
    if (record.kind !== "resource" || record.planned === undefined) continue;
    if (record.type !== "bucket" && record.type !== "key" && record.type !== "log-group") continue;
    if (users?.named.has(linkKey(record))) ids.add(subjectId(record));
  }
  return ids;
}
