import { any, type Truth } from "../../snapshot/logic.ts";
import type { ServiceControlPolicies } from "../../snapshot/organization-record.ts";
import { type Fact, isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import { type ControlPolicy, controlPolicy, FULL_ACCESS } from "./control-policy.ts";

/** Root, units and account: whatever service control policies of an account are attached to. */
export type Path = {
  /** Those that are known. */
  targets: readonly string[];
  /** Why there are more; null: these are all. */
  open: Unknown | null;
};

export function pathOf(account: string, parents: Fact<string[]>): Path {
  return isUnknown(parents)
    ? { targets: [account], open: parents }
    : { targets: [...parents, account], open: null };
}

/** All service control policies, by what they are attached to. */
export type Attachments = {
  /** Those that are or may be attached somewhere on the way, each once. */
  on: (path: Path) => readonly ControlPolicy[];
  isAttached: (policy: ControlPolicy, target: string) => Truth;
};

export function attachmentsOf({ policies }: ServiceControlPolicies): Attachments {
  const all = policies.map(controlPolicy);
  const floating = all.filter(({ targets }) => isUnknown(targets));
  const byTarget = new Map<string, ControlPolicy[]>();
  for (const policy of all) {
    for (const target of isUnknown(policy.targets) ? [] : policy.targets) {
      const before = byTarget.get(target);
      if (before === undefined) byTarget.set(target, [policy]);
      else before.push(policy);
    }
  }
  const everywhere = fullAccessEverywhere(all);
  return {
    on: ({ targets, open }) =>
      open === null
        ? [...new Set([...floating, ...targets.flatMap((target) => byTarget.get(target) ?? [])])]
        : all,
    isAttached: ({ id, targets }, target) => {
      if (!isUnknown(targets)) return targets.has(target);
      return id === FULL_ACCESS ? everywhere : targets;
    },
  };
}

/**
 * Where no other policy allows anything, nobody asks what FullAWSAccess is attached to: without it an
 * account could do nothing at all.
 */
function fullAccessEverywhere(all: readonly ControlPolicy[]): Truth {
  const own = all.find(({ id }) => id === FULL_ACCESS)?.targets;
  if (own === undefined || !isUnknown(own)) return false;
  if (own.$unknown.reason !== "not-collected") return own;
  const others = all.filter(({ id }) => id !== FULL_ACCESS);
  const someOther = any(others, ({ allowsSomething }) => allowsSomething);
  return someOther === false ? true : own;
}
