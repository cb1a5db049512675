import type { Caller } from "./credentials.ts";
import type { IndexedWorld } from "./indexed-world.ts";

/** Counts the calls of sessions in accounts whose sessions end after so many; true: it has ended. */
export function sessionMeter({ accounts }: IndexedWorld): (caller: Caller) => boolean {
  const used = new Map<number, number>();
  return ({ accountId, serial }) => {
    const limit = accounts.get(accountId)?.sessionCalls;
    if (limit === undefined || serial === null) return false;
    const calls = (used.get(serial) ?? 0) + 1;
    used.set(serial, calls);
    return calls > limit;
  };
}
