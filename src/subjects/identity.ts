import { decided } from "../snapshot/stand-in.ts";
import type { Fact } from "../snapshot/unknown.ts";
import { isUnknown, unknown } from "../snapshot/unknown.ts";
import type { Join } from "./join.ts";

/** Whose a subject is: the fields that every subject has about its account. */
export type Belonging = {
  accountId: Fact<string | null>;
  accountName: string | null;
  ouPath: Fact<string | null>;
};

/** The account with its name and organizational units, as far as it was listed. */
export function belonging({ listed }: Join, accountId: Fact<string | null>): Belonging {
  if (isUnknown(accountId)) return { accountId, accountName: null, ouPath: accountId };
  if (accountId === null) return { accountId, accountName: null, ouPath: null };
  const named = decided(accountId);
  if (isUnknown(named)) return { accountId: named, accountName: null, ouPath: named };
  const account = listed.get(accountId);
  return {
    accountId,
    accountName: account?.name ?? null,
    ouPath: account === undefined ? unknown("outside-scope") : account.ouPath,
  };
}
