import type { Possibility } from "../../../src/evaluate/gate/sides.ts";
import { sideOf } from "../../../src/evaluate/gate/sides.ts";
import { builtinPolicies } from "../../../src/policy/builtin.ts";
import { compilePolicy } from "../../../src/policy/compile.ts";
import type { Unknown } from "../../../src/snapshot/unknown.ts";
import type { Subject } from "../../../src/subjects/schema/kinds.ts";
import { compliantTrail, type Trail } from "../../../src/subjects/schema/trail.ts";

const ASKED = [
  "trail-log-file-validation-enabled",
  "trail-encrypted-with-kms",
  "trail-kms-key-owned-by-trail-account",
  "trail-management-events-not-excluded",
];

export const policies = builtinPolicies()
  .filter(({ id }) => ASKED.includes(id))
  .map((policy) => compilePolicy(policy, {}));

/** A planned trail that every policy passes; a test says what differs. */
export function trail(differences: Partial<Trail> = {}): Subject {
  const fields = { ...compliantTrail, id: "audit#aws_cloudtrail.main", arn: null, ...differences };
  return { kind: "trail", fields, requestId: () => null };
}

export const possibility = (
  subjects: readonly Subject[],
  assuming: string | null = null,
  presence: true | Unknown = true,
): Possibility => ({ subjects, assuming: () => assuming, presenceOf: () => presence });

export const side = (...subjects: Subject[]) => sideOf([possibility(subjects)], policies);
