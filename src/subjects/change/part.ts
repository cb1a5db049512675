import { isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import type { Explained } from "./changes.ts";
import type { Become } from "./fate.ts";
import type { Loss } from "./subject.ts";

/** A part of a resource: a policy, a lock, an alarm. */
export type Part = Pick<Loss, "id" | "name" | "type"> & {
  /** How a reader calls it. */
  what: string;
  become: Become;
  /** What it was and is where it is lost; a marker: whether it is lost is not known; null: it is not. */
  lost: string | Unknown | null;
  /** The fact of its record that tells; absent: none does. */
  at?: string;
  explains: readonly Explained[];
};

/** How the end of something reads; null: it has none. */
export function lostWhole(fate: Become["fate"]): Part["lost"] {
  if (isUnknown(fate)) return fate;
  if (fate === "deleted") return "was there, is deleted";
  return fate === "replaced" ? "was there, is deleted and made anew" : null;
}

/** The pointers of a subject of the kind `change`: no other subject has them. */
export const OF_A_LOSS = ["/fate", "/lostProtection", "/lostRecording"];

/** The address in the id of a planned resource, or of a part of one. */
export const addressIn = (id: string): string => id.slice(id.indexOf("#") + 1);

/** Whether two ids are of one stack: what goes there and comes again is made anew. */
export const isOneStack = (one: string, other: string): boolean =>
  one.slice(0, one.indexOf("#")) === other.slice(0, other.indexOf("#"));
