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
  const children = Object.entries(place.given).map(([name, schema]) => ({
    name,
    node: place.compile(schema, "properties", name),
    inherited: name in Object.prototype,
  }));
  return { kind: "properties", judge: all(children), children };
};

type Child = { name: string; node: Node; inherited: boolean };

/** The hot path of judging: an indexed loop, and `hasOwn` only where a plain look might mislead. */
function all(children: readonly Child[]): Judge {
  return (value) => {
    if (!isRecord(value)) return PASS;
    let verdict: Ternary = PASS;
    for (let i = 0; i < children.length; i += 1) {
      const child = children[i];
      if (child === undefined) break;
      const inner = value[child.name];
      if ((inner === undefined || child.inherited) && !Object.hasOwn(value, child.name)) continue;
      verdict = both(verdict, child.node.judge(inner));
      if (verdict === FAIL) return FAIL;
    }
    return verdict;
  };
}

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
