import { isUnknown } from "../snapshot/unknown.ts";
import { LIST_KEYWORDS } from "./keywords/list.ts";
import { LOGIC_KEYWORDS } from "./keywords/logic.ts";
import { OBJECT_KEYWORDS } from "./keywords/object.ts";
import { VALUE_KEYWORDS } from "./keywords/value.ts";
import {
  below,
  type Check,
  isRecord,
  type Judge,
  type Keyword,
  type Node,
  type Schema,
} from "./node.ts";
import { PolicyFault } from "./refusal.ts";
import { both, FAIL, PASS, type Ternary, UNKNOWN } from "./ternary.ts";

/** Cheap keywords first: the first that fails ends the judgement. */
const KEYWORDS = new Map<string, Keyword>(
  Object.entries({ ...VALUE_KEYWORDS, ...OBJECT_KEYWORDS, ...LIST_KEYWORDS, ...LOGIC_KEYWORDS }),
);

/** Keywords that describe and judge nothing. */
export const ANNOTATIONS = ["title", "description", "$comment"] as const;

/** Every keyword that a policy may use to judge. */
export const JUDGING_KEYWORDS: readonly string[] = [...KEYWORDS.keys()];

/** How deep schemas may be nested in each other. */
export const MAX_SCHEMA_DEPTH = 30;

/**
 * Compiles a JSON Schema of the keywords that policies may use into closures that judge in three
 * values. Throws a `PolicyFault` with the pointer of what is wrong.
 */
export function compileSchema(schema: unknown, pointer = "", depth = 0): Node {
  if (typeof schema === "boolean") return { ...(schema ? ALWAYS : NEVER), schema };
  if (!isRecord(schema) || depth > MAX_SCHEMA_DEPTH) {
    const wanted = `a schema, nested at most ${MAX_SCHEMA_DEPTH} deep`;
    throw new PolicyFault(pointer, `this is not ${wanted}`, `Write ${wanted} here.`);
  }
  refuseOthers(schema, pointer);
  const checks: Check[] = [];
  for (const [name, keyword] of KEYWORDS) {
    if (!Object.hasOwn(schema, name)) continue;
    const check = keyword({
      given: schema[name],
      schema,
      pointer: below(pointer, name),
      compile: (inner, ...keys) =>
        compileSchema(inner, keys.reduce<string>(below, pointer), depth + 1),
    });
    if (check !== null) checks.push(check);
  }
  return { judge: guarded(checks), checks, schema, trivial: checks.length === 0 };
}

const ALWAYS = { judge: (): Ternary => PASS, checks: [], trivial: true };
const NEVER = { judge: (): Ternary => FAIL, checks: [], trivial: false };

function refuseOthers(schema: Schema, pointer: string): void {
  const annotations: readonly string[] = ANNOTATIONS;
  for (const name of Object.keys(schema)) {
    if (KEYWORDS.has(name) || annotations.includes(name)) continue;
    throw new PolicyFault(
      below(pointer, name),
      `the keyword ${JSON.stringify(name.slice(0, 60))} is not one that policies may use`,
      `Use only ${[...JUDGING_KEYWORDS, ...ANNOTATIONS].join(", ")}.`,
    );
  }
}

/** What is not known satisfies a schema perhaps, unless everything does. */
function guarded(checks: readonly Check[]): Judge {
  const [only, ...others] = checks;
  if (only === undefined) return ALWAYS.judge;
  if (others.length === 0) return (value) => (isUnknown(value) ? UNKNOWN : only.judge(value));
  return (value) => {
    if (isUnknown(value)) return UNKNOWN;
    let verdict = only.judge(value);
    for (let i = 0; i < others.length && verdict !== FAIL; i += 1) {
      const other = others[i];
      if (other !== undefined) verdict = both(verdict, other.judge(value));
    }
    return verdict;
  };
}
