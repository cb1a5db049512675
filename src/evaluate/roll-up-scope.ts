import type { Framework } from "../policy/framework.ts";
import type { OrganizationRecord } from "../snapshot/organization-record.ts";
import type { AccountOutcome } from "./accounts.ts";
import type { InScope } from "./roll-up.ts";
import { membersOf, type Scope } from "./scope.ts";

/** A framework, and the scope that the config names for it; null: every account of the run. */
export type ScopedFramework = { framework: Framework; scope: Scope | null };

/**
 * The expected accounts that each framework is asked about: those of its scope among those of the
 * run's. Throws what `membersOf` throws.
 */
export function frameworksInScope(
  frameworks: readonly ScopedFramework[],
  { scope, organization, accounts }: RunScope,
): InScope[] {
  const expected = accounts.filter(({ state }) => state !== "skipped");
  return frameworks.map(({ framework, scope: own }) => {
    const both = [own, scope].filter((each) => each !== null);
    const members = both.map((each) => membersOf(each, organization));
    const names = [...new Set(both.map(({ name }) => name))];
    return {
      framework,
      scope: names.length === 0 ? null : names.join(" and "),
      accounts: expected
        .filter(({ id }) => members.every((each) => each.has(id)))
        .map(({ id, name }) => ({ id, name })),
    };
  });
}

/** What the run itself is limited to, and the accounts that it tells of. */
export type RunScope = {
  scope: Scope | null;
  organization: OrganizationRecord | null;
  accounts: readonly AccountOutcome[];
};
