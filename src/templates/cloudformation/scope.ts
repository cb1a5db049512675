import type { Location } from "../../snapshot/location.ts";
import type { Truth } from "../../snapshot/logic.ts";
import type { Unknown } from "../../snapshot/unknown.ts";
import { unknown } from "../../snapshot/unknown.ts";
import type { Files } from "../files.ts";
import type { Value } from "../value.ts";
import type { Node } from "./node.ts";
import type { Template } from "./template.ts";

/** What evaluating a template gives: a value, or undefined for `AWS::NoValue`. */
export type Result = Value | undefined;

/** Stands for every value of a parameter with which the template compares nothing. */
export const OTHER = Symbol("other");

export type Choice = string | boolean | typeof OTHER;

/** Something that the template leaves open and that can be tried out. */
export type Variable = {
  /** Unique among a template and those nested in it. */
  key: string;
  name: string;
  choices: readonly Choice[];
};

/** What one evaluation of a template and those nested in it shares. */
export type World = {
  files: Files;
  /** Templates by file, each parsed once for all evaluations. */
  templates: Map<string, Template | null>;
  assignment: ReadonlyMap<string, Choice>;
  /** The variables that were asked for without having been assigned. */
  touched: Map<string, Variable>;
  /** How often something undecided was met, whether or not for the first time. */
  undecided: number;
  /** The named conditions that were asked. */
  truths: Map<string, Truth>;
  /** The parameters that were taken as their defaults. */
  defaults: Set<string>;
  /** The root's parameters that were asked for. */
  asked: Set<string>;
  /** What is being evaluated, against templates that go in circles. */
  under: Set<string>;
  nested: Map<string, Scope | Unknown>;
  /** Names that resources are given and outputs, each with whether anything undecided was met there. */
  known: Map<string, { value: Result; isUndecided: boolean }>;
  /** Evaluations that are left before it is given up, against templates that never end. */
  fuel: number;
  depth: number;
  describe: Describe;
};

/** What a CDK application knows about a resource of its template. */
export type Describe = (about: { logicalId: string; path: string | null; isNested: boolean }) => {
  title: string | null;
  location: Location | null;
};

/** One template with its parameters: the root, or one nested in it. */
export type Scope = {
  world: World;
  template: Template;
  /** Before each address within it: empty, or ending in `/`. */
  prefix: string;
  parameters: ReadonlyMap<string, Value>;
  /** The variables of the loops around. */
  bound: ReadonlyMap<string, string>;
  resources: ReadonlyMap<string, Declared>;
  /** Why there may be resources that are not declared. */
  open: Unknown | null;
  /** Where the whole template is written within another file; null: it is a file. */
  within: Location | null;
  /** The files of the templates around. */
  around: readonly string[];
};

/** A resource as declared, with the variables of the loops that declare it. */
export type Declared = {
  id: string;
  node: Node;
  key: { start: number; end: number };
  bound: ReadonlyMap<string, string>;
};

/** Marks what cannot be computed from the files, naming the expression. */
export function unresolved(detail: string): Unknown {
  return unknown("unresolved", { detail: detail.slice(0, 200) });
}

/** A value that is looked up when the template is applied: not known, but never null nor empty. */
export function lookedUp(address: string): Value {
  return { $reference: { address, attribute: "$value" } };
}

/** Takes the assigned choice of a variable; undefined where it has none yet, which is noted. */
export function chosen(world: World, variable: Variable): Choice | undefined {
  const [only, ...others] = variable.choices;
  if (others.length === 0) return only;
  const choice = world.assignment.get(variable.key);
  if (choice === undefined) {
    world.undecided += 1;
    world.touched.set(variable.key, variable);
  }
  return choice;
}
