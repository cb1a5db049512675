import type { CheckOptions } from "../../options.ts";
import type { Files } from "../../templates/files.ts";
import { loadRules, type Rules } from "../rules.ts";
import { type Checkout, committedText } from "./checkout.ts";

/** The rules that judge a change, and those that it would have itself. */
export type RulesOfChange = {
  /** Of a pull request those of its base; else those at hand. */
  judging: Rules;
  /** The rules as the change leaves them; null: the same. */
  proposed: Rules | null;
};

/**
 * Loads the rules. In a pull request those of its base judge: who proposes a change does not decide
 * what it is judged by.
 */
export async function rulesOfChange(
  options: CheckOptions,
  { checkout, proposed }: { checkout: Checkout; proposed: Files | null },
): Promise<RulesOfChange> {
  const own = await loadRules(options);
  if (proposed === null) return { judging: own, proposed: null };
  const committed = committedText(checkout, proposed);
  const judging = await loadRules(options, committed);
  return { judging, proposed: isSame(own, judging) ? null : own };
}

function isSame(one: Rules, other: Rules): boolean {
  const [a, b] = [one.digests(), other.digests()];
  return a.policies === b.policies && a.config === b.config;
}
