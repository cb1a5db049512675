import type { Value } from "../value.ts";
import { evaluate } from "./evaluate.ts";
import { replaced } from "./loops.ts";
import { child, itemsOf, type Node } from "./node.ts";
import { joined, withDynamicReferences } from "./pieces.ts";
import { attributeOf, valueOfName } from "./references.ts";
import { type Result, type Scope, unresolved } from "./scope.ts";

/** `Fn::Sub` of a text, or of a text with an object of variables. */
export function substituted(argument: Node, scope: Scope): Result {
  const [template, variables] = itemsOf(argument);
  if (template?.kind !== "scalar") return unresolved("Fn::Sub of no text");
  const pieces = replaced(template.text, scope.bound).split(/(\$\{[^{}]{1,500}\})/);
  scope.world.fuel -= pieces.length;
  const values = pieces.map((piece, index) => {
    return index % 2 === 0 ? withDynamicReferences(piece) : placeholder(piece, variables, scope);
  });
  return joined(values);
}

function placeholder(piece: string, variables: Node | undefined, scope: Scope): Value {
  const name = piece.slice(2, -1).trim();
  if (name.startsWith("!")) return `\${${name.slice(1)}}`;
  const own = child(variables, name);
  if (own !== undefined) return evaluate(own, scope) ?? "";
  const dot = name.indexOf(".");
  if (dot > 0) return attributeOf(name.slice(0, dot), name.slice(dot + 1), scope);
  return valueOfName(name, scope) ?? "";
}
