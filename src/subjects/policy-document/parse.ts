import { type Fact, type Json, unknown } from "../../snapshot/unknown.ts";
import type {
  Condition,
  Listed,
  NamedPrincipal,
  PolicyDocument,
  Principals,
  PrincipalType,
  Statement,
} from "./document.ts";
import { strictJson } from "./json.ts";

const DOCUMENT = ["Version", "Id", "Statement"];
const STATEMENT = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];
const PRINCIPALS: readonly PrincipalType[] = ["AWS", "Service", "CanonicalUser", "Federated"];

/** What a document says that AWS would not have taken, or that this program cannot read. */
class Malformed extends Error {}

/**
 * Reads a policy document. One that is not JSON, is too long or too deep, names a key twice, or has an
 * element that no policy has, is unknown (`unsupported`) as a whole: half a document proves nothing.
 */
export function parsePolicyDocument(text: string): Fact<PolicyDocument> {
  const read = strictJson(text);
  if ("fault" in read) return unreadable(read.fault);
  try {
    return { statements: statements(read.value) };
  } catch (error) {
    if (error instanceof Malformed) return unreadable(error.message);
    throw error;
  }
}

const unreadable = (fault: string) =>
  unknown("unsupported", { detail: `a policy document that cannot be read: ${fault}` });

function statements(json: Json): Statement[] {
  const document = elements(json, DOCUMENT);
  const given = document.get("Statement");
  if (given === undefined) throw new Malformed("no Statement");
  return (Array.isArray(given) ? given : [given]).map(statement);
}

function statement(json: Json, index: number): Statement {
  const given = elements(json, STATEMENT);
  const effect = given.get("Effect");
  if (effect !== "Allow" && effect !== "Deny") throw new Malformed("an Effect of its own");
  const sid = given.get("Sid");
  const actions = listed(given, "Action");
  if (actions === null) throw new Malformed("a statement without Action");
  return {
    name: typeof sid === "string" && sid !== "" ? sid : `statement ${index + 1}`,
    effect,
    actions: { ...actions, values: actions.values.map((each) => each.toLowerCase()) },
    resources: listed(given, "Resource"),
    principals: principals(given),
    conditions: conditions(given.get("Condition") ?? {}),
  };
}

/** An object's entries, where all of its keys are among these; null: any key. */
function elements(json: Json, known: readonly string[] | null): Map<string, Json> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new Malformed("something else where an object belongs");
  }
  const entries = new Map(Object.entries(json));
  const strange = [...entries.keys()].find((key) => known !== null && !known.includes(key));
  if (strange !== undefined) throw new Malformed(`the element ${strange.slice(0, 100)}`);
  return entries;
}

/** One of two elements that exclude each other, such as Action and NotAction. */
function chosen(given: Map<string, Json>, name: string): { not: boolean; json: Json } | null {
  const [plain, not] = [given.get(name), given.get(`Not${name}`)];
  if (plain !== undefined && not !== undefined) throw new Malformed(`${name} and Not${name}`);
  if (plain !== undefined) return { not: false, json: plain };
  return not === undefined ? null : { not: true, json: not };
}

function listed(given: Map<string, Json>, name: string): Listed | null {
  const found = chosen(given, name);
  return found === null ? null : { not: found.not, values: texts(found.json) };
}

function texts(json: Json): string[] {
  const list = Array.isArray(json) ? json : [json];
  if (list.length === 0) throw new Malformed("an empty list");
  return list.map((each) => {
    if (typeof each !== "string") throw new Malformed("something else where text belongs");
    return each;
  });
}

function principals(given: Map<string, Json>): Principals | null {
  const found = chosen(given, "Principal");
  if (found === null) return null;
  const { not, json } = found;
  if (json === "*") return { not, values: [{ type: "AWS", value: "*" }] };
  const values = [...elements(json, PRINCIPALS)].flatMap(([key, inner]): NamedPrincipal[] => {
    const type = PRINCIPALS.find((each) => each === key);
    return type === undefined ? [] : texts(inner).map((value) => ({ type, value }));
  });
  if (values.length === 0) throw new Malformed("an empty Principal");
  return { not, values };
}

function conditions(json: Json): Condition[] {
  return [...elements(json, null)].flatMap(([operator, keys]) =>
    [...elements(keys, null)].map(([spelled, values]) => ({
      operator,
      key: spelled.toLowerCase(),
      spelled,
      values: (Array.isArray(values) ? values : [values]).map(conditionValue),
    })),
  );
}

function conditionValue(json: Json): string {
  if (json === null || typeof json === "object") throw new Malformed("a condition on no value");
  return String(json);
}
