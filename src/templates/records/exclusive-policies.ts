import type { NamedPolicy } from "../../snapshot/resources/named-policy.ts";
import { isKnown, isUnknown, unknown } from "../../snapshot/unknown.ts";
import { companionsOf } from "./companions.ts";
import { given, list, type Values } from "./read.ts";
import { texts } from "./selectors.ts";
import { arnOf } from "./targets.ts";
import { nameOf, rendered, sameName } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/**
 * Tells what becomes of an inline policy of a role: Terraform deletes those that a list of all, where
 * there is one, leaves out. By the resource that makes it, or the role's own block.
 */
export function inlinePoliciesOf(
  world: World,
  role: Planned,
): (policy: NamedPolicy, by: Values | Planned) => NamedPolicy[] {
  const names = [nameOf(world, role), arnOf(world, role)];
  const wanted = { kinds: ["exclusivePolicies"], by: ["role_name"], names } as const;
  const lists = companionsOf(world, role, wanted).found.map((each) => listed(world, each));
  if (lists.length === 0) return (policy) => [policy];
  return (policy, by) => {
    const own = isPlanned(by)
      ? [nameOf(world, by), ...named(world, by, by.values)]
      : named(world, role, by);
    const answers = lists.map((texts) => isAmong(own, texts));
    if (answers.includes(false)) return [];
    return answers.includes("maybe") ? [perhaps(policy)] : [policy];
  };
}

/** The policies of a role without attachments that Terraform undoes: a list of all leaves them out. */
export function stayingOf(world: World, found: readonly Planned[]): Planned[] {
  const lists = found
    .filter(isList)
    .map((each) => texts({ world, planned: each }, each.values, "policy_arns"))
    .filter(isKnown);
  if (lists.length === 0) return [...found];
  return found.filter((each) => {
    if (each.kind !== "attachment" || isList(each)) return true;
    const arn = rendered(world, each, given(each.values, "policy_arn"));
    if (arn === null) return true;
    return lists.every((known) => known.some((one) => sameName(one, arn) !== false));
  });
}

const isList = ({ resource }: Planned): boolean =>
  resource.type === "aws_iam_role_policy_attachments_exclusive";

const isPlanned = (by: Values | Planned): by is Planned => Object.hasOwn(by, "resource");

function named(world: World, from: Planned, values: Values): string[] {
  const text = rendered(world, from, given(values, "name"));
  return text === null ? [] : [text];
}

/** The names of a list; null: some are not known. */
function listed(world: World, planned: Planned): (string | null)[] {
  const items = list(planned.values, "policy_names");
  if (isUnknown(items)) return [null];
  return items.map((each) => (isUnknown(each) ? null : rendered(world, planned, each)));
}

/** A policy is called by its name, and by what stands for that until AWS makes it up. */
function isAmong(own: readonly string[], texts: readonly (string | null)[]): boolean | "maybe" {
  const answers = texts.flatMap((text) =>
    text === null ? ["maybe" as const] : own.map((name) => sameName(text, name)),
  );
  if (answers.includes(true)) return true;
  return answers.includes("maybe") ? "maybe" : false;
}

const perhaps = ({ name }: NamedPolicy): NamedPolicy => ({
  name,
  document: unknown("unresolved", { detail: `whether the policy ${name.slice(0, 100)} stays` }),
});
