import type { CompiledPolicy } from "../policy/compile.ts";
import type { Verdict } from "../policy/policy.ts";
import type { SubjectKind } from "../subjects/schema/kinds.ts";

/** One policy, and its verdict about the fields of a subject; null: it is not about it. */
export type Judge = {
  compiled: CompiledPolicy;
  verdictOf: (fields: Fields) => Verdict | null;
};

type Fields = { readonly [name: string]: unknown };

/** The policies to judge by, by the kind of subject that they ask, in their order. */
export type Judges = { get(kind: SubjectKind): readonly Judge[] | undefined };

/** Makes policies ready to judge many subjects: those of a kind when the first of it comes. */
export function judgesOf(policies: readonly CompiledPolicy[]): Judges {
  const groups = grouped(policies, ({ policy }) => policy.subject);
  const ready = new Map<SubjectKind, readonly Judge[]>();
  return {
    get: (kind) => {
      const known = ready.get(kind) ?? judges(groups.get(kind) ?? []);
      ready.set(kind, known);
      return known;
    },
  };
}

function judges(policies: readonly CompiledPolicy[]): Judge[] {
  const byField = grouped(policies, ({ reads }) => (reads?.length === 1 ? reads[0] : undefined));
  const verdictsOf = new Map<CompiledPolicy, Judge["verdictOf"]>();
  for (const [field, group] of byField) {
    if (field === undefined) continue;
    const remembered = remembering(field, group);
    for (const [place, each] of group.entries()) {
      verdictsOf.set(each, (fields) => remembered(fields)[place] ?? null);
    }
  }
  return policies.map((compiled) => ({
    compiled,
    verdictOf: verdictsOf.get(compiled) ?? compiled.verdict,
  }));
}

function grouped<K>(policies: readonly CompiledPolicy[], by: (each: CompiledPolicy) => K) {
  const groups = new Map<K, CompiledPolicy[]>();
  for (const each of policies) {
    const key = by(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}

/**
 * The verdicts of policies that read this one field alone. Subjects share it where it was worked out
 * once for all of them, as the coverage of thousands of regions is: so are the verdicts then.
 */
function remembering(field: string, policies: readonly CompiledPolicy[]) {
  const memo = new WeakMap<object, (Verdict | null)[]>();
  let last: { value: unknown; verdicts: (Verdict | null)[] } | null = null;
  return (fields: Fields): (Verdict | null)[] => {
    const value = fields[field];
    if (last !== null && last.value === value) return last.verdicts;
    const isShared = typeof value === "object" && value !== null;
    const known = isShared ? memo.get(value) : undefined;
    const verdicts = known ?? policies.map(({ verdict }) => verdict(fields));
    if (isShared && known === undefined) memo.set(value, verdicts);
    last = { value, verdicts };
    return verdicts;
  };
}
