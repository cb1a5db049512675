import { isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Side } from "./side.ts";

/** Deeper addresses nobody writes. */
const MOST_STEPS = 50;

/**
 * What an address is where its block, or a module around it, got a `count` or lost it: Terraform
 * moves `a.b` to `a.b[0]`, and back, by itself. Unknown where an instance may be among those that
 * `a.b[*]` stands for; null: it is nothing.
 */
export function instanceOf(
  { before, after }: { before: Side; after: Side },
  id: string,
): string | Unknown | null {
  const start = id.indexOf("#") + 1;
  const steps = stepsOf(id.slice(start));
  for (const [index, step] of steps.slice(0, MOST_STEPS).entries()) {
    if (index !== steps.length - 1 && steps[index - 1] !== "module") continue;
    for (const other of othersOf(step)) {
      const address = steps.with(index, other).join(".");
      const target = `${id.slice(0, start)}${address}`;
      if (!after.has(target)) continue;
      if (other.endsWith("[*]")) return anyOf(after, target);
      if (!before.has(target)) return target;
    }
  }
  return null;
}

function anyOf(after: Side, target: string): Unknown {
  const presence = after.presenceOf(target);
  return isUnknown(presence) ? presence : unknown("unresolved", { detail: "count or for_each" });
}

/** An instance key may hold dots. */
const stepsOf = (address: string): string[] =>
  address.match(/(?:[^.["]|\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])+/g) ?? [];

/** What a `removed` block names where it means this resource: all instances, or a module around it. */
export function blocksAround(id: string): string[] {
  const start = id.indexOf("#") + 1;
  const names = stepsOf(id.slice(start).replace(INNER, "$1")).slice(0, MOST_STEPS).map(withoutKey);
  return names.flatMap((_, index) =>
    index === names.length - 1 || names[index - 1] === "module"
      ? [`${id.slice(0, start)}${names.slice(0, index + 1).join(".")}`]
      : [],
  );
}

/** What the template of a CloudFormation stack makes that Terraform applies. */
const INNER =
  /(\baws(?:cc)?_cloudformation_stack(?:_set)?\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?)\/.*$/s;

const withoutKey = (step: string): string => step.replace(/\[.*$/s, "");

function othersOf(step: string): string[] {
  const name = withoutKey(step);
  if (step === name) return [`${name}[0]`, `${name}[*]`];
  return step === `${name}[0]` ? [name, `${name}[*]`] : [`${name}[*]`];
}
