import { firstFew } from "../../snapshot/first-few.ts";
import { isUnknown, merged, type Unknown, unknown, unknownMore } from "../../snapshot/unknown.ts";
import { naming } from "../naming.ts";
import type { Change } from "../schema/change.ts";
import { USED_ELSEWHERE } from "../users.ts";
import { alarmParts } from "./alarms.ts";
import { bucketParts } from "./bucket-parts.ts";
import type { Explained } from "./changes.ts";
import { type Become, becomeOf, type Sides } from "./fate.ts";
import { endOf } from "./group-class.ts";
import { letsCloudTrailIn } from "./let-in.ts";
import { lessGuarded, openedBy } from "./opened.ts";
import { OF_A_LOSS, type Part } from "./part.ts";
import { isLinked, LINKS, type LinkKind, linkKey, type Thing, type ThingRecord } from "./side.ts";
import type { Loss } from "./subject.ts";
import type { TrailLoss } from "./trails.ts";

/** What something that trails need becomes. */
export type ResourceLoss = Loss & {
  /** What trails name it by; null: it is a part of what they name. */
  link: { kind: LinkKind; key: string } | null;
  /** The trails that it served before, as far as they are known. */
  trails: readonly TrailLoss[];
  /** Why others may use it too; null: none do. */
  open: Unknown | null;
  /** What of subjects afterwards follows from its loss, and the losses that do. */
  explains: readonly Explained[];
};

/** Something that trails need, on its way to become a loss. */
type Needed = { thing: Thing; part: Part; users: Users; link: ResourceLoss["link"] };

/** What becomes of the keys, buckets and log groups that were there, and of their parts. */
export function lossesOfResources(sides: Sides, trails: readonly TrailLoss[]): ResourceLoss[] {
  const users = usersOf(trails);
  const found = new Map<string, Needed>();
  for (const thing of sides.before.things.values()) {
    for (const needed of neededOf(sides, thing, users)) {
      const before = found.get(needed.part.id);
      found.set(needed.part.id, before === undefined ? needed : together(before, needed));
    }
  }
  return [...found.values()].map(lossOf);
}

type Users = Pick<ResourceLoss, "trails" | "open"> & {
  /** Whether a policy or a snapshot shows that trails use it, whatever else is known of them. */
  isLetIn: boolean;
  /** The names of the trails of a snapshot that use it. */
  live: readonly string[];
};

function neededOf(
  sides: Sides,
  thing: Thing,
  usersBy: (kind: LinkKind, key: string) => Pick<ResourceLoss, "trails" | "open">,
): Needed[] {
  const { record } = thing;
  if (!isLinked(record)) return [];
  const link = { kind: record.type, key: linkKey(record) };
  const live = sides.fates.liveUsersOf?.(link.kind, link.key) ?? [];
  const isLetIn = live.length > 0 || letsCloudTrailIn(record);
  const users = { ...usersBy(link.kind, link.key), isLetIn, live };
  const become = becomeOf(sides, thing);
  const parts = partsOf(sides, record, { become, trails: users.trails });
  const end = endOf(record, become);
  const whole: Part = {
    id: thing.id,
    name: naming(record, thing.name).name,
    type: record.type,
    what: WHATS[record.type],
    become,
    ...(end === null ? lessGuarded(sides, thing, become) : { lost: end }),
    explains: [
      ...parts.map(({ id }) => ({ id, pointers: OF_A_LOSS })),
      { id: become.id, pointers: FACTS[record.type] },
    ],
  };
  return [
    { thing, part: whole, users, link },
    ...parts.map((part) => ({ thing, part, users, link: null })),
  ];
}

/** What of them follows where they are opened, or end for another that takes their place. */
const FACTS: { [K in LinkKind]: readonly string[] } = {
  key: ["/foreignUsers", "/isPublic"],
  bucket: [],
  "log-group": ["/alarms"],
};

/** An alarm can watch several log groups, each with trails of its own. */
function together(one: Needed, other: Needed): Needed {
  const worse = one.part.lost === null ? other.part : one.part;
  const markers = [one.users.open, other.users.open].filter((open) => open !== null);
  return {
    ...one,
    part: { ...worse, explains: [...one.part.explains, ...other.part.explains] },
    users: {
      trails: [...new Set([...one.users.trails, ...other.users.trails])],
      open: markers.length === 0 ? null : merged(markers),
      isLetIn: one.users.isLetIn || other.users.isLetIn,
      live: [...new Set([...one.users.live, ...other.users.live])],
    },
  };
}

function partsOf(
  sides: Sides,
  record: ThingRecord,
  served: { become: Become; trails: readonly TrailLoss[] },
): Part[] {
  if (record.type === "bucket") return bucketParts(sides, record, served.become);
  return record.type === "log-group" ? alarmParts(sides, record, served) : [];
}

const WHATS = { key: "KMS key", bucket: "bucket", "log-group": "log group" } as const;

function lossOf({ thing, part, users, link }: Needed): ResourceLoss {
  const { id, name, type, become, what, lost, explains } = part;
  const { accountId, region, record } = thing;
  return {
    id,
    name,
    arn: link === null ? null : naming(record, thing.name).arn,
    type,
    accountId,
    region,
    become,
    coveredByOthers: false,
    lostRecording: [],
    lostProtection: protection(`${what} of ${namesOf(users)}`, lost, users),
    users: [
      ...users.trails.map((trail) => trail.name),
      ...(users.open === null ? [] : [unknownMore(users.open)]),
    ],
    isLoss: become.fate !== "kept" || lost !== null,
    told: { recording: null, protection: openedBy(part) },
    link,
    ...users,
    explains,
  };
}

/** What served no trail for certain may have been nobody's loss. */
function protection(
  what: string,
  lost: Part["lost"],
  { trails, open, isLetIn }: Users,
): Change["lostProtection"] {
  if (lost === null) return [];
  if (isUnknown(lost)) return [unknownMore(lost)];
  if (trails.length > 0 || isLetIn) return [`${what}: ${lost}`];
  return open === null ? [] : [unknownMore(open)];
}

/** The names of the first trails. */
function namesOf({ trails, live }: Users): string {
  const all = trails.length > 0 ? trails.map(({ name }) => name) : live;
  return all.length === 0 ? "trails elsewhere" : firstFew(all, 3);
}

/** Sorts trails by what they name; what no planned trail names, others may. */
function usersOf(
  trails: readonly TrailLoss[],
): (kind: LinkKind, key: string) => Pick<ResourceLoss, "trails" | "open"> {
  const sorted = {
    key: sortedBy(trails, "key"),
    bucket: sortedBy(trails, "bucket"),
    "log-group": sortedBy(trails, "log-group"),
  };
  return (kind, key) => {
    const { byKey, silent } = sorted[kind];
    const found = byKey.get(key) ?? [];
    const markers = found.length > 0 ? silent : [...silent, ELSEWHERE];
    return { trails: found, open: markers.length === 0 ? null : merged(markers) };
  };
}

const ELSEWHERE = unknown("not-collected", { detail: USED_ELSEWHERE });

function sortedBy(trails: readonly TrailLoss[], kind: LinkKind) {
  const byKey = new Map<string, TrailLoss[]>();
  const silent: Unknown[] = [];
  for (const loss of trails) {
    const key = loss.trail === null ? null : LINKS[kind](loss.trail.record);
    if (isUnknown(key)) silent.push(key);
    else if (key !== null) add(byKey, key, loss);
  }
  return { byKey, silent };
}

function add(byKey: Map<string, TrailLoss[]>, key: string, loss: TrailLoss): void {
  const before = byKey.get(key);
  if (before === undefined) byKey.set(key, [loss]);
  else before.push(loss);
}
