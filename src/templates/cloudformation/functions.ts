import { isUnknown } from "../../snapshot/unknown.ts";
import type { Value } from "../value.ts";
import { truthOf } from "./conditions.ts";
import { evaluate } from "./evaluate.ts";
import { child, itemsOf, type Node, textOf } from "./node.ts";
import { isOpen, isSame, joined } from "./pieces.ts";
import { attribute, reference } from "./references.ts";
import { lookedUp, type Result, type Scope, unresolved } from "./scope.ts";
import { substituted } from "./substitute.ts";

type Apply = (argument: Node, scope: Scope) => Result;

/** What each function gives. What is not here, such as Fn::GetAZs, needs AWS to answer. */
export const FUNCTIONS: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ["Ref", reference],
  ["Fn::GetAtt", attribute],
  ["Fn::Sub", substituted],
  ["Fn::If", choice],
  ["Fn::Join", join],
  ["Fn::Select", select],
  ["Fn::Split", split],
  ["Fn::FindInMap", findInMap],
  ["Fn::Base64", base64],
  ["Fn::ImportValue", importValue],
  ["Fn::Length", length],
  ["Fn::ToJsonString", toJsonString],
]);

function choice(argument: Node, scope: Scope): Result {
  const [condition, whenTrue, whenFalse] = itemsOf(argument);
  if (whenTrue === undefined || whenFalse === undefined)
    return unresolved("Fn::If without branches");
  const truth = truthOf(textOf(condition) ?? "", scope);
  if (truth === true) return evaluate(whenTrue, scope);
  if (truth === false) return evaluate(whenFalse, scope);
  const one = evaluate(whenTrue, scope);
  const other = evaluate(whenFalse, scope);
  if (one === undefined || other === undefined) return one === other ? undefined : truth;
  return isSame(one, other) ? one : truth;
}

function join(argument: Node, scope: Scope): Result {
  const [delimiterNode, listNode] = itemsOf(argument);
  const delimiter = delimiterNode && evaluate(delimiterNode, scope);
  const list = listNode && evaluate(listNode, scope);
  if (typeof delimiter !== "string" || !Array.isArray(list)) return unresolved("Fn::Join");
  const open = list.find((each) => isUnknown(each) && each.$unknown.more === true);
  if (open !== undefined) return unresolved("Fn::Join of an open list");
  return joined(list.flatMap((each, index) => (index === 0 ? [each] : [delimiter, each])));
}

function select(argument: Node, scope: Scope): Result {
  const [indexNode, listNode] = itemsOf(argument);
  const index = indexNode && evaluate(indexNode, scope);
  const list = listNode && evaluate(listNode, scope);
  const isIndex =
    typeof index === "number" || (typeof index === "string" && /^\d{1,9}$/.test(index));
  if (!isIndex || !Array.isArray(list)) return unresolved("Fn::Select");
  const item: Value | undefined = list[Number(index)];
  const isOpenEnd = isUnknown(item) && item.$unknown.more === true;
  return item === undefined || isOpenEnd ? unresolved("Fn::Select") : item;
}

function split(argument: Node, scope: Scope): Result {
  const [delimiterNode, textNode] = itemsOf(argument);
  const delimiter = delimiterNode && evaluate(delimiterNode, scope);
  const text = textNode && evaluate(textNode, scope);
  const isKnown = typeof delimiter === "string" && delimiter !== "" && typeof text === "string";
  return isKnown ? text.split(delimiter) : unresolved("Fn::Split");
}

function findInMap(argument: Node, scope: Scope): Result {
  const [mapNode, firstNode, secondNode, options] = itemsOf(argument);
  const [map, first, second] = [mapNode, firstNode, secondNode].map((each) => {
    const key = each && evaluate(each, scope);
    return typeof key === "number" || typeof key === "boolean" ? String(key) : key;
  });
  if (typeof map !== "string" || typeof first !== "string" || typeof second !== "string") {
    return unresolved(`Fn::FindInMap ${typeof map === "string" ? map : ""}`);
  }
  const found = child(child(child(scope.template.mappings, map), first), second);
  if (found !== undefined) return literal(found, scope);
  const fallback = child(options, "DefaultValue");
  if (fallback !== undefined) return evaluate(fallback, scope);
  return unresolved(`Fn::FindInMap ${map} ${first} ${second}`);
}

/** What a mapping holds calls no functions, least of all this one. */
function literal(node: Node, scope: Scope): Result {
  const { under } = scope.world;
  if (under.has("a mapping")) return unresolved("Fn::FindInMap within a mapping");
  under.add("a mapping");
  const value = evaluate(node, scope);
  under.delete("a mapping");
  return value;
}

function base64(argument: Node, scope: Scope): Result {
  const text = evaluate(argument, scope);
  if (typeof text !== "string") return unresolved("Fn::Base64");
  return Buffer.from(text, "utf8").toString("base64");
}

/** CloudFormation refuses to export an empty value. */
function importValue(argument: Node, scope: Scope): Result {
  const name = evaluate(argument, scope);
  return lookedUp(`{{import:${typeof name === "string" ? name : "an export"}}}`);
}

function length(argument: Node, scope: Scope): Result {
  const list = evaluate(argument, scope);
  if (!Array.isArray(list)) return unresolved("Fn::Length");
  const isClosed = !list.some((each) => isUnknown(each) && each.$unknown.more === true);
  return isClosed ? list.length : unresolved("Fn::Length of an open list");
}

function toJsonString(argument: Node, scope: Scope): Result {
  const value = evaluate(argument, scope);
  if (value === undefined || isOpen(value)) return unresolved("Fn::ToJsonString");
  return JSON.stringify(unescaped(value));
}

/** Takes back the `$` that escapes a template's own keys. */
function unescaped(value: Value): unknown {
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key.replace(/^\$\$/, "$"), unescaped(inner)]),
  );
}
