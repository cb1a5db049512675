import type { Block, Body, Expression } from "./hcl/syntax.ts";
import { spend, type Work } from "./hcl/work.ts";
import type { Handed } from "./resource.ts";
import { joined } from "./terraform-source-modules.ts";
import type { Module } from "./terraform-source-reading.ts";

/** Arguments of a call that hand the module nothing. */
const META = new Set(["source", "version", "providers", "depends_on"]);

/** By these a resource names the one that it is about: who is handed the one is handed the other. */
const ABOUT = ["bucket", "key_id", "role", "target_key_id", "rule", "log_group_name", "arn"];

/** The instances of a module that is at hand; null: it is not. */
type Inside = (module: Module, name: string) => readonly Module[] | null;

type Step = { module: Module; block: Block | null; expression: Expression };

type Search = {
  inside: Inside;
  work: Work;
  steps: Step[];
  seen: Set<string>;
  resources: Set<string>;
  texts: Set<string>;
};

/**
 * All that the arguments of a call lead to, through locals, variables, data sources and other modules;
 * null: that is more than one folder may ask for, so that it may be anything.
 */
export function handedTo(module: Module, block: Block, inside: Inside): Handed | null {
  const { work } = module.reading;
  const search: Search = {
    inside,
    work,
    steps: [],
    seen: new Set(),
    resources: new Set(),
    texts: new Set(),
  };
  pushBody(search, { module, block });
  for (let step = search.steps.pop(); step !== undefined; step = search.steps.pop()) {
    if (!spend(work, 1)) return null;
    follow(search, step);
  }
  return { resources: search.resources, texts: search.texts };
}

function pushBody({ steps }: Search, { module, block }: { module: Module; block: Block }): void {
  const bodies: Body[] = [block.body];
  for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
    for (const [name, { value }] of body.attributes) {
      if (!META.has(name)) steps.push({ module, block, expression: value });
    }
    bodies.push(...body.blocks.map((each) => each.body));
  }
}

function follow(search: Search, { module, block, expression }: Step): void {
  const path = pathOf(expression);
  if (path !== null) named(search, { module, block, expression }, path);
  if (expression.kind === "literal") {
    if (typeof expression.value === "string") search.texts.add(expression.value);
  }
  for (const inner of path === null ? partsOf(expression) : keysIn(expression)) {
    search.steps.push({ module, block, expression: inner });
  }
}

/** The names that an expression goes through, as in `module.a.b`; null: it is something else. */
function pathOf(expression: Expression): string[] | null {
  const names: string[] = [];
  for (let at = expression; ; ) {
    if (at.kind === "name") return [at.name, ...names.reverse()];
    if (at.kind === "attribute") names.push(at.name);
    else if (at.kind !== "index" && at.kind !== "splat") return null;
    at = at.from;
  }
}

/** What stands between the brackets of such a path. */
function keysIn(expression: Expression): Expression[] {
  const found: Expression[] = [];
  for (let at = expression; at.kind !== "name"; ) {
    if (at.kind === "index") found.push(at.key);
    if (at.kind === "splat") found.push(...partsOf(at.each));
    if (at.kind !== "attribute" && at.kind !== "index" && at.kind !== "splat") return found;
    at = at.from;
  }
  return found;
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "template":
      return expression.parts;
    case "tuple":
      return expression.items;
    case "object":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "parentheses":
    case "unary":
      return [expression.of];
    case "attribute":
      return [expression.from];
    case "index":
      return [expression.from, expression.key];
    case "splat":
      return [expression.from, expression.each];
    case "call":
      return expression.args;
    case "binary":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.condition, expression.yes, expression.no];
    case "for":
      return [expression.each, expression.key, expression.value, expression.condition].filter(
        (each) => each !== null,
      );
    default:
      return [];
  }
}

/** Goes on to what a path names. What a root variable is given comes from elsewhere, and ends it. */
function named(search: Search, { module, block }: Step, path: readonly string[]): void {
  const [root = "", first = "", second = ""] = path;
  const key = [module.address, ...path.slice(0, 3), block?.header.start ?? ""].join(" ");
  if (search.seen.has(key)) return;
  search.seen.add(key);
  const { configuration } = module;
  const push = (expression: Expression | undefined) => {
    if (expression !== undefined) search.steps.push({ module, block: null, expression });
  };
  if (root === "local") push(configuration.locals.get(first)?.value);
  else if (root === "each") push(block?.body.attributes.get("for_each")?.value);
  else if (root === "var") throughVariable(search, module, first);
  else if (root === "module") throughModule(search, module, [first, second]);
  else if (root === "data") {
    const data = configuration.data.get(`${first}.${second}`);
    if (data !== undefined) pushBody(search, { module, block: data });
  } else throughResource(search, module, path);
}

function throughVariable(search: Search, { call }: Module, name: string): void {
  const given = call?.block.body.attributes.get(name)?.value;
  if (call !== null && given !== undefined) {
    search.steps.push({ module: call.module, block: call.block, expression: given });
  }
}

/** An output of a module; of one that is not at hand it may be all that it is handed itself. */
function throughModule(search: Search, module: Module, [name, output]: [string, string]): void {
  const block = module.configuration.modules.get(name);
  if (block === undefined) return;
  const inner = search.inside(module, name);
  if (inner === null) pushBody(search, { module, block });
  for (const each of inner ?? []) {
    const { outputs } = each.configuration;
    const asked = output === "" ? [...outputs.keys()] : [output];
    for (const key of asked) {
      const value = outputs.get(key)?.body.attributes.get("value")?.value;
      if (value !== undefined) search.steps.push({ module: each, block: null, expression: value });
    }
  }
}

function throughResource(search: Search, module: Module, path: readonly string[]): void {
  const [type, name, attribute = ""] = path;
  const address = `${type}.${name}`;
  const block = module.configuration.resources.get(address);
  if (block === undefined) return;
  search.resources.add(joined(module.address.replace(/\[[^\]]*\]/g, ""), address));
  for (const each of new Set([attribute, ...ABOUT])) {
    const value = block.body.attributes.get(each)?.value;
    if (value !== undefined) search.steps.push({ module, block, expression: value });
  }
}
