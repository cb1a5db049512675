import { observationOf } from "../../snapshot/observation.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import { subjectId } from "../naming.ts";
import { type Become, fateOf, type Sides, targetOf } from "./fate.ts";
import { shutOut } from "./let-in.ts";
import { bucketNewcomers } from "./newcomers.ts";
import { addressIn, isOneStack, lostWhole, type Part } from "./part.ts";
import { weakerLock } from "./weaker-lock.ts";

type Kind = Pick<Part, "what"> & {
  type: "bucket-policy" | "object-lock";
  at: string;
  /** Whether the bucket has it, in a resource of its own or not. */
  has: (bucket: BucketRecord) => Fact<boolean>;
  /** What of it gets weaker where the bucket has it before and after. */
  weaker: (was: BucketRecord, now: BucketRecord, sides: Sides) => Part["lost"];
  /** Facts of the bucket that follow. */
  facts: readonly string[];
};

const KINDS: readonly Kind[] = [
  {
    type: "bucket-policy",
    what: "bucket policy",
    at: "/policy",
    has: ({ policy }) => (isUnknown(policy) ? policy : policy !== null),
    weaker: (was, now, sides) => bucketNewcomers(sides, was, now) ?? shutOut(sides, was, now),
    facts: [
      "/isPublic",
      "/tlsOnly",
      "/admitsCloudTrail",
      "/boundToTrails",
      "/foreignWriters",
      "/foreignReaders",
    ],
  },
  {
    type: "object-lock",
    what: "Object Lock retention",
    at: "/objectLock",
    has: ({ objectLock: lock }) => (isUnknown(lock) ? lock : lock !== null && lock.mode !== null),
    weaker: weakerLock,
    facts: ["/objectLock", "/retention", "/versioning"],
  },
];

/** What becomes of a bucket's policy and its Object Lock. */
export function bucketParts(sides: Sides, bucket: BucketRecord, become: Become): Part[] {
  return KINDS.flatMap((kind) => {
    const source = sourceOf(bucket, kind);
    const has = kind.has(bucket);
    if (source === null || has === false || (isUnknown(has) && source.isOwn)) return [];
    const weaker = weakened({ sides, kind, become }, bucket);
    const part = source.isOwn
      ? writtenPart({ kind, become, weaker }, source.id)
      : separatePart({ sides, kind, become, weaker }, source.id);
    const explains = [{ id: become.id, pointers: kind.facts }];
    return part === null ? [] : [{ type: kind.type, what: kind.what, explains, ...part }];
  });
}

function weakened({ sides, kind, become }: Omit<Asked, "weaker">, was: BucketRecord) {
  const { now, fate } = become;
  if (now?.record.type !== "bucket") return null;
  return fate === "kept" || fate === "moved" ? kind.weaker(was, now.record, sides) : null;
}

type Source = { id: string; isOwn: boolean };

/** The resource that says it: one of its own, or the bucket itself. */
function sourceOf(bucket: BucketRecord, { at }: Kind): Source | null {
  const own = subjectId(bucket);
  const id = observationOf(bucket, at)?.requestId ?? own;
  return id === own ? null : { id, isOwn: id.startsWith(`${own}/`) };
}

type Ended = Pick<Part, "id" | "name" | "become" | "lost">;

type Written = Pick<Asked, "kind" | "become" | "weaker">;

/** An attribute of the bucket shares the bucket's fate, and is lost where it is taken out. */
function writtenPart({ kind, become, weaker }: Written, id: string): Ended | null {
  const has = becomesOf(become, kind);
  if (has === null || (has === true && weaker === null)) return null;
  return {
    id,
    name: addressIn(id),
    become: { fate: "kept", id, now: null },
    lost: has === false ? "was there, is not" : isUnknown(has) ? has : weaker,
  };
}

/** Whether the bucket has it afterwards; null: there is no such bucket to ask. */
function becomesOf({ fate, now }: Become, kind: Kind): Fact<boolean> | null {
  if (now?.record.type !== "bucket" || isUnknown(fate) || fate === "forgotten") return null;
  return kind.has(now.record);
}

type Asked = { sides: Sides; kind: Kind; become: Become; weaker: Part["lost"] };

function separatePart({ sides, kind, become, weaker }: Asked, id: string): Ended {
  const name = addressIn(id);
  const fate = fateOf(sides, id);
  const has = becomesOf(become, kind);
  if (fate === "kept" || fate === "moved") {
    const target = targetOf(sides, id);
    const lost = detached(kind, become, target) ?? weaker;
    return { id, name, become: { fate, id, now: null }, lost };
  }
  const ended = fate === "deleted" ? successor({ kind, become, has }, id) : fate;
  const last = { fate: ended, id, now: null };
  return { id, name, become: last, lost: lostWhole(ended) ?? (ended === "moved" ? weaker : null) };
}

/** What is lost where the resource stays, and no longer says it of this bucket. */
function detached(kind: Kind, become: Become, target: string | Unknown): Part["lost"] {
  const has = becomesOf(become, kind);
  if (has === null || has === true) return null;
  if (has === false) return "was on the bucket, is not";
  const now = become.now?.record;
  const source = now?.type === "bucket" ? sourceOf(now, kind) : null;
  return source?.id === target ? null : has;
}

type Succeeded = { kind: Kind; become: Become; has: Fact<boolean> | null };

/**
 * What else says it where its resource is gone. The bucket's own attribute does not: removing the
 * resource takes away what S3 has, and a plan goes on to show in the bucket what was there.
 */
function successor({ kind, become, has }: Succeeded, id: string): Become["fate"] {
  const { now, fate } = become;
  // Where the bucket may be under another address, so may this.
  if (isUnknown(fate)) return fate;
  if (now?.record.type !== "bucket" || has === false || has === null) return "deleted";
  const source = sourceOf(now.record, kind);
  if (source === null || source.isOwn) return isUnknown(has) ? has : "deleted";
  return isOneStack(source.id, id) ? "replaced" : "moved";
}
