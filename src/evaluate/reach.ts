import { compare } from "./accounts.ts";
import type { Affects } from "./finding.ts";

const SAMPLE = 20;

/** Counts the distinct accounts and regions that a flaw reaches. */
export type Reach = {
  add(account: string | null, regions: readonly string[]): void;
  told(): Affects;
};

export function reach(): Reach {
  const accounts = new Map<string, Set<string>>();
  return {
    add: (account, regions) => {
      if (account === null) return;
      const seen = accounts.get(account) ?? new Set();
      accounts.set(account, seen);
      for (const region of regions) seen.add(region);
    },
    told: () => ({
      accounts: accounts.size,
      regions: [...accounts.values()].reduce((sum, regions) => sum + regions.size, 0),
      sample: [...accounts.keys()].sort(compare).slice(0, SAMPLE),
    }),
  };
}
