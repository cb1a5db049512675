import { isUnknown } from "../snapshot/unknown.ts";
import { bounded, containsCount, describe, describeLeaf } from "./describe.ts";
import { isOpen } from "./keywords/list.ts";
import { below, type Check, isRecord, type Node } from "./node.ts";
import { partsOf, type Spot } from "./parts.ts";
import type { Because } from "./policy.ts";
import { FAIL, PASS, type Ternary, UNKNOWN } from "./ternary.ts";

/** At most so many facts are named; a verdict that more of them decided is cut. */
export const MOST_REASONS = 100;

/**
 * Why a schema's verdict on a value is fail or unknown. A schema is an "and", so only keywords
 * whose own verdict is the schema's have a say, and of their parts only those that share it. An
 * unknown verdict names unknown facts only. Empty for a pass.
 */
export function becauseOf(node: Node, value: unknown, pointer = ""): Because[] {
  const verdict = node.judge(value);
  if (verdict === PASS) return [];
  const distinct = new Map<string, Because>();
  for (const each of reasons({ node, value, pointer }, verdict)) {
    if (distinct.size === MOST_REASONS) break;
    const key = `${each.pointer} ${verdict === FAIL ? each.expected : ""}`;
    if (!distinct.has(key)) distinct.set(key, each);
  }
  return [...distinct.values()];
}

/** The reasons of a spot whose verdict is already known to be fail or unknown. */
function* reasons(spot: Spot, verdict: Ternary): Generator<Because> {
  const { node, value } = spot;
  if (isUnknown(value) || node.schema === false) {
    yield line(spot, describe(node.schema));
    return;
  }
  for (const check of node.checks) {
    if (check.judge(value) !== verdict) continue;
    if (verdict === FAIL) yield* failing(check, spot);
    else yield* undecided(check, spot);
  }
}

const line = ({ value, pointer }: Omit<Spot, "node">, expected: string): Because => ({
  pointer,
  expected,
  actual: bounded(value),
});

function* within(spots: Iterable<Spot>, verdict: Ternary): Generator<Because> {
  for (const spot of spots) {
    if (spot.node.judge(spot.value) === verdict) yield* reasons(spot, verdict);
  }
}

function* failing(check: Check, spot: Spot): Generator<Because> {
  switch (check.kind) {
    case "leaf":
    case "length":
      yield line(spot, leafExpectation(spot));
      break;
    case "required":
      yield* missing(check.names, spot);
      break;
    case "contains":
      yield line(spot, containsExpectation(check.child, spot));
      break;
    case "not":
      yield refused(check.child, spot);
      break;
    case "anyOf":
      yield* alternatives(check.children, spot);
      break;
    case "if":
      yield* within([{ ...spot, node: branchOf(check, spot) }], FAIL);
      break;
    default:
      yield* within(partsOf(check, spot), FAIL);
  }
}

function leafExpectation({ node, value }: Spot): string {
  const said = describeLeaf(node.schema);
  if (isRecord(node.schema) && value === null && /^an? /.test(said)) return "not null";
  return said === "" ? typeExpectation(node, value) : said;
}

/** Where a schema says nothing of the value itself but its type. */
function typeExpectation({ schema }: Node, value: unknown): string {
  if (value === null) return "not null";
  return describe(isRecord(schema) ? { type: schema.type } : schema);
}

function* missing(names: readonly string[], { value, pointer }: Spot): Generator<Because> {
  if (!isRecord(value)) return;
  for (const name of names) {
    if (Object.hasOwn(value, name)) continue;
    yield { pointer: below(pointer, name), expected: "to be present", actual: null };
  }
}

function containsExpectation(child: Node, { node, value }: Spot): string {
  const bounds = isRecord(node.schema) ? containsCount(node.schema) : "";
  const items = Array.isArray(value) ? value : [];
  const matching = items.filter((item) => child.judge(item) === PASS).length;
  const seen = `${items.length} ${items.length === 1 ? "item" : "items"}, ${matching} match`;
  return `${bounds} with ${describe(child.schema)} (${seen})`;
}

/** What a `not` refuses, told at the one property that it is about where there is only one. */
function refused(child: Node, spot: Spot): Because {
  const properties = child.checks.find((check) => check.kind === "properties");
  const [entry, ...others] = properties?.children ?? [];
  const alone = child.checks.every((check) => check.kind === "properties" || isPresence(check));
  if (entry !== undefined && others.length === 0 && alone && isRecord(spot.value)) {
    const { name, node } = entry;
    if (Object.hasOwn(spot.value, name)) {
      const value = spot.value[name];
      return refused(node, { ...spot, value, pointer: below(spot.pointer, name) });
    }
  }
  return line(spot, `not (${describe(child.schema)})`);
}

const isPresence = (check: Check) => check.kind === "required";

/** One line for each place, whose alternatives are joined, since any of them would do. */
function* alternatives(children: readonly Node[], spot: Spot): Generator<Because> {
  const lines = new Map<string, Because[]>();
  for (const node of children) {
    for (const each of reasons({ ...spot, node }, FAIL)) {
      lines.set(each.pointer, [...(lines.get(each.pointer) ?? []), each]);
    }
  }
  const either = lines.size > 1 ? "either " : "";
  for (const group of lines.values()) {
    const [first] = group;
    const expected = [...new Set(group.map((each) => each.expected))].join(" or ");
    if (first !== undefined) yield { ...first, expected: `${either}${expected}` };
  }
}

function branchOf(check: Check & { kind: "if" }, { value }: Spot): Node {
  return check.condition.judge(value) === PASS ? check.met : check.unmet;
}

function* undecided(check: Check, spot: Spot): Generator<Because> {
  switch (check.kind) {
    case "length":
      yield* openEnd(spot, describeLeaf(spot.node.schema));
      break;
    case "contains":
    case "items":
      yield* within(partsOf(check, spot), UNKNOWN);
      yield* openEnd(spot, describe(spot.node.schema));
      break;
    case "if":
      yield* undecidedCondition(check, spot);
      break;
    default:
      yield* within(partsOf(check, spot), UNKNOWN);
  }
}

/** The branch that a decided condition rules out has no say. */
function* undecidedCondition(check: Check & { kind: "if" }, spot: Spot): Generator<Because> {
  const holds = check.condition.judge(spot.value);
  const nodes = [
    check.condition,
    ...(holds === FAIL ? [] : [check.met]),
    ...(holds === PASS ? [] : [check.unmet]),
  ];
  yield* within(
    nodes.map((node) => ({ ...spot, node })),
    UNKNOWN,
  );
}

function* openEnd({ value, pointer }: Spot, expected: string): Generator<Because> {
  if (!Array.isArray(value) || !isOpen(value)) return;
  yield line({ value: value.at(-1), pointer: below(pointer, value.length - 1) }, expected);
}
