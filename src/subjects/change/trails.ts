import { observationOf } from "../../snapshot/observation.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { type Fact, isKnown, isSameFact, isUnknown, openEnd } from "../../snapshot/unknown.ts";
import { naming, shownArn } from "../naming.ts";
import { lostDelivery } from "./delivery.ts";
import { becomeOf, type Sides } from "./fate.ts";
import { type LostItem, lostRecording } from "./recording.ts";
import { repointed } from "./repointed.ts";
import {
  isLogging,
  LINKS,
  type LinkKind,
  type Side,
  type Thing,
  type ThingRecord,
} from "./side.ts";
import { lostIngestion, lostKeeping } from "./stores.ts";
import type { Loss } from "./subject.ts";

/** A trail that no longer names what it named. */
export type LostLink = LostItem & { kind: LinkKind };

/** What a trail or an event data store loses. */
export type TrailLoss = Loss & {
  /** Null: it is an event data store. */
  trail: Thing<TrailRecord> | null;
  recording: readonly LostItem[];
  protection: readonly LostItem[];
  links: readonly LostLink[];
};

/** What becomes of all trails and event data stores that were there. */
export function lossesOfTrails(sides: Sides): TrailLoss[] {
  const trails = sides.before.trails.map((trail) => lossOf(sides, trail, trail));
  const stores = [...sides.before.things.values()].filter(
    ({ type }) => type === "event-data-store",
  );
  return [...trails, ...stores.map((store) => lossOf(sides, store, null))];
}

function lossOf(sides: Sides, thing: Thing, trail: Thing<TrailRecord> | null): TrailLoss {
  const become = becomeOf(sides, thing);
  const now = become.now?.record;
  const lasts = !["deleted", "replaced", "forgotten"].includes(String(become.fate));
  const isSame = trail !== null && now?.type === "trail" && lasts;
  const stored = lasts ? lostOfStore(sides, thing, now) : null;
  const recording = isSame
    ? lostRecording(then(sides.before, trail.record), then(sides.after, now))
    : (stored?.recording ?? []);
  const links = isSame ? lostLinks(sides, trail.record, now) : [];
  const role = isSame ? lostRole(sides, trail.record, now) : [];
  const protection = stored?.protection ?? [...links, ...role];
  return {
    ...naming(thing.record, thing.name),
    type: thing.type === "trail" ? "trail" : "event-data-store",
    coveredByOthers: trail === null ? false : sides.fates.coveredByOthers(thing.id),
    accountId: thing.accountId,
    region: thing.region,
    users: [],
    become,
    trail,
    recording,
    protection,
    links,
    lostRecording: textsOf(recording),
    lostProtection: textsOf(protection),
    isLoss: become.fate !== "kept" || recording.length + protection.length > 0,
    told: { recording: toldAt(now, recording), protection: toldAt(now, protection) },
  };
}

function lostRole(sides: Sides, was: TrailRecord, now: TrailRecord): LostItem[] {
  const text = lostDelivery(sides, was, now);
  const explains = ["/logGroup/roleCanDeliver"];
  return text === null ? [] : [{ text, at: "/logsRoleArn", explains }];
}

function lostOfStore(sides: Sides, { record: was, ...thing }: Thing, now: ThingRecord | undefined) {
  if (was.type !== "event-data-store" || now?.type !== "event-data-store") return null;
  const { name } = naming(was, thing.name);
  return {
    recording: lostIngestion([was, now]),
    protection: lostKeeping(sides, [was, now], name),
  };
}

const then = (side: Side, record: TrailRecord) => ({ record, isLogging: isLogging(side, record) });

/** What is lost for certain, and an open end where more may be. */
export function textsOf(items: readonly Pick<LostItem, "text">[]): Fact<string>[] {
  const texts = items.map(({ text }) => text);
  return [...texts.filter(isKnown), ...openEnd(texts)];
}

function toldAt(now: ThingRecord | undefined, items: readonly LostItem[]): string | null {
  if (now?.type !== "trail" && now?.type !== "event-data-store") return null;
  const first = items.find(({ text }) => isKnown(text)) ?? items[0];
  return first === undefined ? null : (observationOf(now, first.at)?.requestId ?? null);
}

const PROTECTION = [
  { kind: "key", what: "KMS key", at: "/kmsKeyArn", explains: ["/kmsKey"] },
  {
    kind: "log-group",
    what: "log group",
    at: "/logGroupArn",
    explains: ["/logGroup", "/alerting"],
  },
] as const;

function lostLinks(sides: Sides, was: TrailRecord, now: TrailRecord): LostLink[] {
  const { before } = sides;
  return PROTECTION.flatMap(({ kind, what, at, explains }): LostLink[] => {
    const [old, next] = [LINKS[kind](was), LINKS[kind](now)];
    if (isSameFact(old, next) || old === null) return [];
    const item = { kind, at, explains };
    if (isKnown(next) && next !== null) {
      if (kind === "key" || isUnknown(old)) return [];
      const lost = repointed(sides, { was: old, next });
      if (lost === null) return [];
      return [{ ...item, text: isUnknown(lost) ? lost : `${what} of ${shownName(was)}: ${lost}` }];
    }
    if (isUnknown(next)) return [{ ...item, text: next }];
    if (isUnknown(old)) return [{ ...item, text: old }];
    const text = `${what} of ${shownName(was)}: was ${shownTarget(before, kind, old)}, is none`;
    return [{ ...item, text }];
  });
}

const shownName = (record: TrailRecord): string => naming(record, record.name).name;

/** What a trail named: by its ARN, or by its address where it had none yet. */
function shownTarget(before: Side, kind: LinkKind, text: string): string {
  const target = before.linked[kind].get(text);
  return shownArn(text, target?.record);
}
