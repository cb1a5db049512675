import { isRecord, type Judge, type Keyword, type Node } from "../node.ts";
import { both, decided, FAIL, PASS, type Ternary } from "../ternary.ts";
import { notA } from "./value.ts";

const required: Keyword = (place) => {
  const names: string[] = [];
  for (const name of Array.isArray(place.given) ? place.given : [null]) {
    if (typeof name !== "string") throw notA(place, "a list of names");
    names.push(name);
  }
  const judge: Judge = (value) =>
    isRecord(value) ? decided(names.every((name) => Object.hasOwn(value, name))) : PASS;
  return { kind: "required", judge, names };
};

const properties: Keyword = (place) => {
  if (!isRecord(place.given)) throw notA(place, "a map from names to schemas");
  const children = Object.entries(place.given).map(
    ([name, schema]) => [name, place.compile(schema, "properties", name)] as const,
  );
  const judge: Judge = (value) => {
    if (!isRecord(value)) return PASS;
    let verdict: Ternary = PASS;
    for (const [name, child] of children) {
      if (Object.hasOwn(value, name)) verdict = both(verdict, child.judge(value[name]));
      if (verdict === FAIL) return FAIL;
    }
    return verdict;
  };
  return { kind: "properties", judge, children };
};

const additionalProperties: Keyword = ({ given, schema, compile }) => {
  const known = new Set(isRecord(schema.properties) ? Object.keys(schema.properties) : []);
  const child = compile(given, "additionalProperties");
  return { kind: "additionalProperties", judge: rest(known, child), known, child };
};

function rest(known: ReadonlySet<string>, child: Node): Judge {
  return (value) => {
    if (!isRecord(value)) return PASS;
    let verdict: Ternary = PASS;
    for (const name of Object.keys(value)) {
      if (!known.has(name)) verdict = both(verdict, child.judge(value[name]));
    }
    return verdict;
  };
}

/** Keywords about an object. Which keys it has is always known; what they hold may not be. */
export const OBJECT_KEYWORDS: Record<string, Keyword> = {
  required,
  properties,
  additionalProperties,
};
