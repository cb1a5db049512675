import { and, not, or, type Truth } from "../../snapshot/logic.ts";
import { isUnknown } from "../../snapshot/unknown.ts";
import { evaluate } from "./evaluate.ts";
import { callOf, child, itemsOf, type Node, textOf } from "./node.ts";
import { isOther } from "./parameters.ts";
import { isOpen, isSame } from "./pieces.ts";
import { chosen, type Scope, unresolved } from "./scope.ts";

/** Whether a named condition holds; unknown names it. */
export function truthOf(name: string, scope: Scope): Truth {
  const { world, template, prefix } = scope;
  const key = `${prefix}${name}`;
  const known = world.truths.get(key);
  if (known !== undefined) {
    if (isUnknown(known)) world.undecided += 1;
    return known;
  }
  const node = template.conditions.get(name);
  const mark = `condition ${key}`;
  if (node === undefined || world.under.has(mark) || world.depth > 200) return unresolved(mark);
  world.under.add(mark);
  world.depth += 1;
  const truth = evaluateCondition(node, scope);
  world.depth -= 1;
  world.under.delete(mark);
  const named = isUnknown(truth) ? unresolved(mark) : truth;
  world.truths.set(key, named);
  return named;
}

function evaluateCondition(node: Node, scope: Scope): Truth {
  if (scope.world.fuel-- <= 0) return unresolved("a condition too large");
  const reference = child(node, "Condition");
  if (reference !== undefined) return truthOf(textOf(reference) ?? "", scope);
  const call = callOf(node);
  if (call === undefined) return literal(node);
  const operands = itemsOf(call.argument);
  const truths = () => operands.map((each) => evaluateCondition(each, scope));
  if (call.name === "Fn::And") return and(...truths());
  if (call.name === "Fn::Or") return or(...truths());
  if (call.name === "Fn::Not") return not(truths()[0] ?? unresolved("Fn::Not of nothing"));
  if (call.name === "Fn::Equals") return equals(node, operands, scope);
  return unresolved(call.name);
}

function literal(node: Node): Truth {
  const text = textOf(node);
  return text === "true" || text === "false" ? text === "true" : unresolved("a condition");
}

function equals(node: Node, operands: readonly Node[], scope: Scope): Truth {
  const [one, other] = operands;
  if (one === undefined || other === undefined) return unresolved("Fn::Equals of less than two");
  const { world } = scope;
  const before = world.undecided;
  const left = evaluate(one, scope);
  const right = evaluate(other, scope);
  if (left === undefined || right === undefined) return left === right;
  if (!isOpen(left) && !isOpen(right)) {
    const isPlain = typeof left !== "object" && typeof right !== "object";
    return isPlain ? String(left) === String(right) : isSame(left, right);
  }
  if (isOtherThan(one, other, scope) || isOtherThan(other, one, scope)) return false;
  if (isSame(left, right) && callOf(one)?.name === "Ref" && sameText(one, other)) return true;
  // What is open for another reason than a parameter is tried both ways, by itself.
  if (world.undecided > before) return unresolved("a comparison");
  const written = `${describe(one)} equals ${describe(other)}`;
  const key = `${scope.prefix}${written} ${node.start}`;
  const choice = chosen(world, { key, name: written, choices: [true, false] });
  return typeof choice === "boolean" ? choice : unresolved(written);
}

/** Whether one side is a parameter assumed to be none of the values it is compared with. */
function isOtherThan(one: Node, other: Node, scope: Scope): boolean {
  const call = callOf(one);
  const name = call?.name === "Ref" ? textOf(call.argument) : undefined;
  return name !== undefined && textOf(other) !== undefined && isOther(scope, name);
}

function sameText(one: Node, other: Node): boolean {
  return describe(one) === describe(other) && callOf(other)?.name === "Ref";
}

function describe(node: Node): string {
  const call = callOf(node);
  if (call === undefined) return JSON.stringify(textOf(node) ?? "…");
  return `${call.name} ${textOf(call.argument) ?? "…"}`;
}
