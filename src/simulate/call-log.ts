import { matches } from "./globs.ts";

/** One call that the simulated AWS answered. */
export type Call = {
  /** Service and operation: `cloudtrail:GetTrailStatus`. */
  operation: string;
  /** The account whose credentials called. */
  accountId: string;
  region: string;
  /** `ok`, the error's code, or the kind of a fault that left no answer. */
  outcome: string;
};

export type CallLog = {
  add: (call: Call) => void;
  calls: () => Call[];
  count: (pattern?: string) => number;
};

/** Counts every call by operation, and keeps the calls themselves only where that is asked for. */
export function callLog(keepsCalls: boolean): CallLog {
  const counts = new Map<string, number>();
  const kept: Call[] = [];
  return {
    add: (call) => {
      counts.set(call.operation, (counts.get(call.operation) ?? 0) + 1);
      if (keepsCalls) kept.push(call);
    },
    calls: () => [...kept],
    count: (pattern = "*") =>
      [...counts].reduce((sum, [name, n]) => (matches(pattern, name) ? sum + n : sum), 0),
  };
}
