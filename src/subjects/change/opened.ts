import { observationOf } from "../../snapshot/observation.ts";
import { strangeCopies } from "./copies.ts";
import type { Become, Sides } from "./fate.ts";
import { shutOut } from "./let-in.ts";
import { keyNewcomers } from "./newcomers.ts";
import type { Part } from "./part.ts";
import type { Thing, ThingRecord } from "./side.ts";
import { unkept } from "./unkept.ts";
import { weakerEncryption } from "./weaker-key.ts";

/**
 * What lets somebody at a key, copies a bucket, encrypts it less or no longer keeps it from being
 * deleted takes something from it as long as it lives.
 */
export function lessGuarded(sides: Sides, { id, record }: Thing, become: Become): Opened {
  if (become.now === null || (become.fate !== "kept" && become.fate !== "moved")) {
    return { lost: null };
  }
  const kept = { lost: unkept(sides, id, become), at: "/keepers" };
  return worse(opened(sides, record, become), kept);
}

function opened(sides: Sides, was: ThingRecord, { now }: Become): Opened {
  if (now === null) return { lost: null };
  const is = now.record;
  if (was.type === "key" && is.type === "key") {
    return { lost: keyNewcomers(sides, was, is) ?? shutOut(sides, was, is), at: "/policy" };
  }
  if (was.type !== "bucket" || is.type !== "bucket") return { lost: null };
  const copies = { lost: strangeCopies(sides, was, is), at: "/replicationRules" };
  return worse(copies, { lost: weakerEncryption(sides, was, is), at: "/encryption" });
}

type Opened = Pick<Part, "lost" | "at">;

/** Both where both are lost; what is lost for certain before what may be. */
function worse(one: Opened, other: Opened): Opened {
  if (typeof one.lost === "string" && typeof other.lost === "string") {
    return { ...one, lost: `${one.lost}; ${other.lost}` };
  }
  return typeof other.lost === "string" || one.lost === null ? other : one;
}

/** Where that is told: the attribute or resource that says it after the change. */
export function openedBy({ type, become, lost, at = "" }: Part): string | null {
  const now = become.now?.record;
  const isOpened = become.fate === "kept" || become.fate === "moved";
  if (lost === null || !isOpened || now?.type !== type) return null;
  return observationOf(now, at)?.requestId ?? null;
}
