import type { TrailRecord } from "../snapshot/resources/trail.ts";
import {
  type Fact,
  isUnknown,
  merged,
  type Unknown,
  unknown,
  unknownMore,
} from "../snapshot/unknown.ts";
import type { Join } from "./join.ts";
import type { TrailEntry } from "./trail-entry.ts";

/** The trails that use one resource. */
export type Users = {
  /** Their ARNs; an open end where a trail was not seen, or does not say what it uses. */
  trails: (string | Unknown)[];
  /** Their accounts; a marker for those trails that do not say. */
  accounts: Fact<string>[];
  /** The records of those that were seen and say so. */
  records: TrailRecord[];
  /** Why there may be more of them; null: there are none. */
  open: Unknown | null;
};

/** Sorts the trails by the resource that each names; `unseen` says why there may be more trails. */
export function usersOf(
  join: Join,
  resource: (trail: TrailEntry) => Fact<string | null>,
  unseen: Unknown | null,
): (id: string) => Users {
  const users = new Map<string, TrailEntry[]>();
  const silent: Unknown[] = [];
  for (const trail of join.trails.values()) {
    const id = resource(trail);
    if (isUnknown(id)) silent.push(id);
    else if (id !== null) add(users, id, trail);
  }
  const markers = unseen === null ? silent : [...silent, unseen];
  const open = markers.length === 0 ? null : merged(markers);
  const undecided = silent.length === 0 ? [] : [merged(silent)];
  return (id) => {
    const records = (users.get(id) ?? []).map(({ record }) => record);
    return {
      trails: [
        ...records.map(({ arn }) => arn).sort(),
        ...(open === null ? [] : [unknownMore(open)]),
      ],
      accounts: [...new Set(records.map(({ accountId }) => accountId)), ...undecided],
      records,
      open,
    };
  };
}

/** The detail of what is not known of a resource because no trail of the plan uses it. */
export const USED_ELSEWHERE = "the trails that use it";

/** The detail of what is not known of a policy or a rule of which nothing says that it is about trails. */
export const UNSEEN_GUARD = "whether it is about trails";

/** As `usersOf`; what no planned trail uses is used by trails that the plan does not tell of. */
export function plannedUsers(...asked: Parameters<typeof usersOf>): (id: string) => Users {
  const users = usersOf(...asked);
  const elsewhere = unknown("not-collected", { detail: USED_ELSEWHERE });
  return (id) => {
    const own = users(id);
    if (own.records.length > 0) return own;
    const open = own.open === null ? elsewhere : merged([elsewhere, own.open]);
    return { ...own, trails: [unknownMore(open)], accounts: [open], open };
  };
}

function add(users: Map<string, TrailEntry[]>, id: string, trail: TrailEntry): void {
  const before = users.get(id);
  if (before === undefined) users.set(id, [trail]);
  else before.push(trail);
}
