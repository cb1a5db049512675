import { isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import type { Value } from "../value.ts";
import { truthOf } from "./conditions.ts";
import { evaluate, evaluatedOnce } from "./evaluate.ts";
import { child, itemsOf, locationOf, type Node, textOf } from "./node.ts";
import { openScope } from "./open-scope.ts";
import { resolvedPath } from "./paths.ts";
import { type Declared, type Scope, unresolved } from "./scope.ts";
import { parseSource, readSource } from "./source.ts";
import { type Template, templateOf } from "./template.ts";

/** The types that stand for another template, with the property that names it. */
const NAMED_BY: ReadonlyMap<string, string> = new Map([
  ["AWS::CloudFormation::Stack", "TemplateURL"],
  ["AWS::CloudFormation::StackSet", "TemplateURL"],
  ["AWS::Serverless::Application", "Location"],
]);

const DEEPEST = 8;
const MOST = 300;

/**
 * The template that a resource stands for, with its parameters; unknown where it is not at hand;
 * undefined where the resource is an ordinary one.
 */
export function nestedScope(declared: Declared, scope: Scope): Scope | Unknown | undefined {
  const { world, prefix } = scope;
  const property = NAMED_BY.get(textOf(child(declared.node, "Type")) ?? "");
  if (property === undefined) return undefined;
  const address = `${prefix}${declared.id}`;
  const known = world.nested.get(address);
  // Whether what it was given is decided was asked when it was opened, and counts for each asker.
  if (known !== undefined) world.undecided += 1;
  if (known !== undefined) return known;
  const mark = `stack ${address}`;
  if (world.under.has(mark)) return unresolved(`nested stack ${address} within itself`);
  world.under.add(mark);
  const nested = opened(declared, property, { ...scope, bound: declared.bound });
  world.under.delete(mark);
  world.nested.set(address, nested);
  return nested;
}

/** An output of a nested template; undefined where it is not at hand. */
export function nestedOutput(declared: Declared, name: string, scope: Scope): Value | undefined {
  const nested = nestedScope(declared, scope);
  if (nested === undefined || isUnknown(nested)) return undefined;
  const output = child(nested.template.outputs, name);
  const value = child(output, "Value");
  const condition = textOf(child(output, "Condition"));
  const isThere = condition === undefined ? true : truthOf(condition, nested);
  if (isUnknown(isThere)) return isThere;
  const mark = `output ${nested.prefix}${name}`;
  if (value === undefined || !isThere) return unresolved(mark);
  return evaluatedOnce(mark, value, nested) ?? unresolved(mark);
}

function opened(declared: Declared, property: string, scope: Scope): Scope | Unknown {
  const address = `${scope.prefix}${declared.id}`;
  const isSet = textOf(child(declared.node, "Type")) === "AWS::CloudFormation::StackSet";
  if (scope.world.nested.size >= MOST || scope.around.length >= DEEPEST) {
    return unresolved(`nested stack ${address}: too many of them`);
  }
  const found = findTemplate(declared, property, scope);
  if (isUnknown(found)) return found;
  const file = found.template.source.file;
  if (found.within === null && scope.around.includes(file)) {
    return unresolved(`nested stack ${address} within itself`);
  }
  const supplied = suppliedTo(child(child(declared.node, "Properties"), "Parameters"), scope);
  // A stack set's instances are in accounts and regions of their own.
  const places = isSet ? [] : [...scope.parameters].filter(([name]) => name.startsWith("AWS::"));
  return openScope({
    ...found,
    world: scope.world,
    prefix: `${address}/`,
    parameters: new Map([...places, ...supplied]),
    around: [...scope.around, file],
  });
}

type Found = Pick<Scope, "template" | "within">;

function findTemplate(
  { node, id, key }: Declared,
  property: string,
  scope: Scope,
): Found | Unknown {
  const { source } = scope.template;
  const properties = child(node, "Properties");
  const bodyNode = child(properties, "TemplateBody");
  const body = bodyNode && evaluate(bodyNode, scope);
  const within = scope.within ?? locationOf(source, key);
  if (typeof body === "string") {
    const inline = parseSource(body, source.file);
    return inline === null ? nowhere(scope, id) : { template: templateOf(inline), within };
  }
  const asset = child(child(node, "Metadata"), "aws:asset:path");
  const location = asset ?? child(properties, property);
  const written = location && evaluate(location, scope);
  if (typeof written !== "string" || /^[a-z][a-z0-9+.-]*:/i.test(written))
    return nowhere(scope, id);
  const file = resolvedPath(source.file, written);
  const template = file === null ? null : loaded(file, scope);
  return template === null ? nowhere(scope, id) : { template, within: scope.within };
}

const nowhere = ({ prefix }: Scope, id: string): Unknown =>
  unresolved(`nested stack ${prefix}${id}, whose template is not at hand`);

function loaded(file: string, { world }: Scope): Template | null {
  const known = world.templates.get(file);
  if (known !== undefined) return known;
  const source = readSource(world.files, file);
  const template = source === null ? null : templateOf(source);
  world.templates.set(file, template);
  return template;
}

/** What a stack is given: an object, or a stack set's list of keys and values. */
function suppliedTo(node: Node | undefined, scope: Scope): [string, Value][] {
  const value = node && evaluate(node, scope);
  if (typeof value !== "object" || value === null || isUnknown(value)) return [];
  if (!Array.isArray(value))
    return Object.entries(value).map(([name, each]) => [name, given(each)]);
  return itemsOf(node).flatMap((item): [string, Value][] => {
    const name = textOf(child(item, "ParameterKey"));
    const each = child(item, "ParameterValue");
    if (name === undefined || each === undefined) return [];
    return [[name, given(evaluate(each, scope) ?? unresolved(name))]];
  });
}

/** Parameters are texts; a list is given as one, with commas. */
function given(value: Value): Value {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const isTexts = Array.isArray(value) && value.every((each) => typeof each === "string");
  if (isTexts) return value.join(",");
  return Array.isArray(value) ? unresolved("a list of which parts are not known") : value;
}
