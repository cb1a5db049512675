import { or, type Truth } from "../../snapshot/logic.ts";
import { hasStandIn, withoutMarks } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";

/** Accounts that no list needs to name: those of the resource and of the trails that use it. */
export type Own = readonly Fact<string | null>[];

/**
 * Whether an account is one of the organization, of the config's named ones, or of the resource's own;
 * where the organization's list is not known, the accounts of the config's stacks are of it.
 */
export function isTrusted(join: Join, accountId: string, own: Own): Truth {
  const { context, header, listed } = join;
  if (context.named.includes(accountId) || listed.has(accountId)) return true;
  if (!mayBeAccount(accountId)) return false;
  const isOwn = or(...own.map((each) => mapFact(each, (id) => isSame(accountId, id))));
  if (isOwn === true || header.scope === "organization") return isOwn;
  if (context.ours.includes(accountId)) return true;
  // Without the organization's list a foreign account may be one of it.
  return or(
    isOwn,
    unknown("outside-scope", {
      detail: `whether ${withoutMarks(accountId)} is of the organization`,
    }),
  );
}

/** Whether a text is an account's id, or stands for one. */
export const mayBeAccount = (text: string): boolean => /^\d{12}$/.test(text) || hasStandIn(text);

/** Whether two accounts are one; not known where one of them is not. */
export function isSame(one: string, other: string | null): Truth {
  if (one === other || other === null) return one === other;
  const open = [one, other].find(hasStandIn);
  return open === undefined ? false : unknown("unresolved", { detail: withoutMarks(open) });
}

/** The id of the organization, as in o-exampleorgid. */
export function organizationId({ organization }: Join): Fact<string> {
  return organization?.id ?? unknown("outside-scope", { detail: "the organization's id" });
}

/** Whether a known flag or either of its values gives the same answer; else the flag's own reason. */
export function decidedBy(flag: Truth, answer: (value: boolean) => Truth): Truth {
  if (!isUnknown(flag)) return answer(flag);
  const [yes, no] = [answer(true), answer(false)];
  return yes === no ? yes : flag;
}
