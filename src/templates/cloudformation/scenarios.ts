import type { Truth } from "../../snapshot/logic.ts";
import { merged, type Unknown } from "../../snapshot/unknown.ts";
import type { TemplateResource } from "../resource.ts";
import { child, textOf } from "./node.ts";
import { makes } from "./resources.ts";
import type { Choice, Declared, Scope, Variable, World } from "./scope.ts";

/** What a template makes under one assignment of what it leaves open. */
export type Scenario = {
  assignment: ReadonlyMap<string, Choice>;
  truths: ReadonlyMap<string, Truth>;
  resources: readonly TemplateResource[];
  open: Unknown | null;
};

/** All scenarios, with the names of the variables by key, and of those that were left open. */
export type Scenarios = {
  scenarios: readonly [Scenario, ...Scenario[]];
  variables: ReadonlyMap<string, Variable>;
  untried: readonly string[];
};

/** Makes the root scope of a template under an assignment. */
export type Open = (assignment: ReadonlyMap<string, Choice>, fuel: number) => Scope;

const MOST_SCENARIOS = 64;
/** Evaluations that all scenarios together may take; a template of a megabyte has 60,000 parts. */
const FUEL = 250_000;
/** Those that a template may take where nothing is tried. */
const FUEL_ONCE = 500_000;

/**
 * Tries out what the template leaves open and its resources depend on: everything where that makes
 * at most 64 scenarios, else what CloudTrail's own resources depend on, else nothing.
 */
export function scenariosOf(open: Open): Scenarios {
  return tried(open, () => true) ?? tried(open, isOfTrails) ?? untried(open);
}

const isOfTrails = ({ node }: Declared): boolean =>
  /^AWS::(?:CloudTrail|CloudFormation)::/.test(textOf(child(node, "Type")) ?? "");

function untried(open: Open): Scenarios {
  const run = evaluated(open(new Map(), FUEL_ONCE), () => false, new Map());
  return {
    scenarios: [run.scenario],
    variables: new Map(),
    untried: [...run.touched.values()].map(({ name }) => name),
  };
}

/** Splits on one open variable after the other, until none is met; null where it takes too many. */
function tried(open: Open, matters: (declared: Declared) => boolean): Scenarios | null {
  const variables = new Map<string, Variable>();
  const settled = new Map<string, Made>();
  const leaves: Scenario[] = [];
  const others = new Set<string>();
  const rest: ReadonlyMap<string, Choice>[] = [new Map()];
  let fuel = FUEL;
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const scope = open(next, fuel);
    const { scenario, mattering, touched } = evaluated(scope, matters, settled);
    fuel = scope.world.fuel;
    const [variable] = mattering.values();
    if (fuel <= 0 || leaves.length + rest.length >= MOST_SCENARIOS) return null;
    if (variable === undefined) leaves.push(scenario);
    else split(next, variable, rest);
    if (variable !== undefined) variables.set(variable.key, variable);
    else for (const { name } of touched.values()) others.add(name);
  }
  const [first, ...more] = leaves;
  if (first === undefined) return null;
  return { scenarios: [first, ...more], variables, untried: [...others] };
}

function split(
  assignment: ReadonlyMap<string, Choice>,
  { key, choices }: Variable,
  rest: ReadonlyMap<string, Choice>[],
): void {
  // One more than may be tried is enough to give it up.
  const few = choices.slice(0, MOST_SCENARIOS + 1).toReversed();
  for (const choice of few) rest.push(new Map([...assignment, [key, choice]]));
}

type Made = ReturnType<typeof makes>;
type Run = { scenario: Scenario; mattering: World["touched"]; touched: World["touched"] };

/** Evaluates all resources, those first whose variables are split on; what is the same in every scenario, once. */
function evaluated(
  scope: Scope,
  matters: (declared: Declared) => boolean,
  settled: Map<string, Made>,
): Run {
  const { world } = scope;
  const made = new Map<string, Made>();
  const make = (declared: Declared) => made.set(declared.id, once(declared, scope, settled));
  const all = [...scope.resources.values()];
  all.filter(matters).forEach(make);
  const mattering = new Map(world.touched);
  all.filter((each) => !matters(each)).forEach(make);
  const inOrder = all.flatMap(({ id }) => made.get(id) ?? []);
  const opens = inOrder.flatMap((each) => each.open);
  if (scope.open !== null) opens.push(scope.open);
  const scenario: Scenario = {
    assignment: world.assignment,
    truths: new Map(world.truths),
    resources: inOrder.flatMap((each) => each.resources),
    open: opens.length === 0 ? null : merged(opens),
  };
  return { scenario, mattering, touched: world.touched };
}

/** What depends on nothing open under the first assignment depends on nothing open at all. */
function once(declared: Declared, scope: Scope, settled: Map<string, Made>): Made {
  const known = settled.get(declared.id);
  if (known !== undefined) return known;
  const { world } = scope;
  const before = world.undecided;
  const made = makes(declared, scope);
  if (world.undecided === before && world.assignment.size === 0) settled.set(declared.id, made);
  return made;
}
