import type { Keyword, Node, Place } from "../node.ts";
import { PolicyFault } from "../refusal.ts";
import { both, either, FAIL, negated, PASS, type Ternary } from "../ternary.ts";
import { notA } from "./value.ts";

const allOf: Keyword = (place) => {
  const children = branches(place, "allOf");
  return { kind: "allOf", judge: (value) => judgeAll(children, value), children };
};

const anyOf: Keyword = (place) => {
  const children = branches(place, "anyOf");
  return { kind: "anyOf", judge: (value) => judgeAny(children, value), children };
};

function branches(place: Place, keyword: "allOf" | "anyOf"): Node[] {
  if (!Array.isArray(place.given) || place.given.length === 0) {
    throw notA(place, "a list of at least one schema");
  }
  return place.given.map((schema, index) => place.compile(schema, keyword, index));
}

function judgeAll(children: readonly Node[], value: unknown): Ternary {
  let verdict: Ternary = PASS;
  for (const child of children) {
    verdict = both(verdict, child.judge(value));
    if (verdict === FAIL) return FAIL;
  }
  return verdict;
}

function judgeAny(children: readonly Node[], value: unknown): Ternary {
  let verdict: Ternary = FAIL;
  for (const child of children) {
    verdict = either(verdict, child.judge(value));
    if (verdict === PASS) return PASS;
  }
  return verdict;
}

const not: Keyword = ({ given, compile }) => {
  const child = compile(given, "not");
  return { kind: "not", judge: (value) => negated(child.judge(value)), child };
};

const condition: Keyword = (place) => {
  const { then = true, else: otherwise = true } = place.schema;
  if (!Object.hasOwn(place.schema, "then") && !Object.hasOwn(place.schema, "else")) {
    throw new PolicyFault(place.pointer, "if says nothing alone", "Add then or else beside it.");
  }
  const nodes = {
    condition: place.compile(place.given, "if"),
    met: place.compile(then, "then"),
    unmet: place.compile(otherwise, "else"),
  };
  return { kind: "if", judge: (value) => judgeCondition(nodes, value), ...nodes };
};

function judgeCondition(
  nodes: { condition: Node; met: Node; unmet: Node },
  value: unknown,
): Ternary {
  const holds = nodes.condition.judge(value);
  return both(
    either(negated(holds), nodes.met.judge(value)),
    either(holds, nodes.unmet.judge(value)),
  );
}

/** `if` reads its branches; without it they would say nothing. */
const branch: Keyword = ({ schema, pointer }) => {
  if (Object.hasOwn(schema, "if")) return null;
  throw new PolicyFault(pointer, "then and else say nothing without if", "Add if beside it.");
};

/** Keywords that combine schemas. */
export const LOGIC_KEYWORDS: Record<string, Keyword> = {
  allOf,
  anyOf,
  not,
  if: condition,
  then: branch,
  else: branch,
};
