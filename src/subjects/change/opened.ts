import { observationOf } from "../../snapshot/observation.ts";
import { strangeCopies } from "./copies.ts";
import type { Become, Sides } from "./fate.ts";
import { shutOut } from "./let-in.ts";
import { keyNewcomers } from "./newcomers.ts";
import type { Part } from "./part.ts";
import type { ThingRecord } from "./side.ts";

/** What lets somebody at a key, or copies a bucket, as long as it lives takes something from it. */
export function opened(sides: Sides, was: ThingRecord, { fate, now }: Become): Part["lost"] {
  if (now === null || (fate !== "kept" && fate !== "moved")) return null;
  const is = now.record;
  if (was.type === "key" && is.type === "key") {
    return keyNewcomers(sides, was, is) ?? shutOut(sides, was, is);
  }
  return was.type === "bucket" && is.type === "bucket" ? strangeCopies(sides, was, is) : null;
}

/** Where that is told: the attribute or resource that says it after the change. */
export function openedBy({ type, become, lost }: Part): string | null {
  const now = become.now?.record;
  const isOpened = become.fate === "kept" || become.fate === "moved";
  if (lost === null || !isOpened || now?.type !== type) return null;
  const at = now.type === "key" ? "/policy" : now.type === "bucket" ? "/replicationRules" : "";
  return observationOf(now, at)?.requestId ?? null;
}
