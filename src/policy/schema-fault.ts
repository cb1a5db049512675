import type { ErrorObject } from "ajv";
import { below, isRecord } from "./node.ts";
import { PolicyFault } from "./refusal.ts";

/** What ajv found wrong, told at its place below `pointer` and with what to do about it. */
export function schemaFault(errors: readonly ErrorObject[], pointer = ""): PolicyFault {
  const [error] = errors;
  if (error === undefined) throw new Error("ajv refused something without saying why");
  const at = pointer + error.instancePath;
  const told = SAYINGS[error.keyword]?.(error, at) ?? null;
  if (told !== null) return told;
  return new PolicyFault(at, `this ${error.message ?? "is wrong"}`, "Correct it.");
}

/** The error that lies deepest: of alternatives, the one that came furthest. */
export function deepest(errors: readonly ErrorObject[]): ErrorObject[] {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split("/").length;
  return [...errors].sort((a, b) => depth(b) - depth(a)).slice(0, 1);
}

type Saying = (error: ErrorObject, at: string) => PolicyFault | null;

const additionalProperties: Saying = ({ params, parentSchema }, at) => {
  const name = String(params.additionalProperty);
  const allowed = isRecord(parentSchema?.properties) ? Object.keys(parentSchema.properties) : [];
  if (allowed[0] === "$param") return notAValue(at);
  const quoted = JSON.stringify(name.slice(0, 60));
  return new PolicyFault(
    below(at, name),
    `${extraIs(at)} ${quoted}`,
    `Use one of ${allowed.join(", ")}.`,
  );
};

function extraIs(at: string): string {
  if (!/^\/(?:when|require)(?:\/|$)/.test(at)) return "there is no key";
  return at.endsWith("/properties")
    ? "the subject has here no property"
    : "no policy may use here the keyword";
}

const required: Saying = ({ params, schemaPath }, at) => {
  const missing = String(params.missingProperty);
  if (missing === "$param") return notAValue(at);
  const keyword = boundKeyword(schemaPath);
  if (keyword !== null) {
    const what = `${keyword} has no type beside it, so a value of another type, as null, would pass`;
    return new PolicyFault(below(at, keyword), what, "Write the type beside it.");
  }
  return new PolicyFault(at, `${missing} is missing`, `Add ${missing}.`);
};

const enumeration: Saying = ({ params, schemaPath }, at) => {
  const allowed: unknown[] = Array.isArray(params.allowedValues) ? params.allowedValues : [];
  const listed = allowed.map((value) => JSON.stringify(value)).join(", ");
  const keyword = boundKeyword(schemaPath);
  const what =
    keyword === null
      ? "the fact can never be this"
      : `beside ${keyword} this type lets values of another type pass`;
  return new PolicyFault(
    at,
    inSchema(at) ? what : "this is none of its values",
    `Use one of ${listed}.`,
  );
};

const inSchema = (at: string) => /^\/(?:when|require)\//.test(at);

const dependentRequired: Saying = ({ params }, at) => {
  const property = String(params.property);
  const missing = String(params.missingProperty);
  if (property === "items") {
    const what = "items passes an empty list, so it needs minItems beside it";
    return new PolicyFault(
      below(at, property),
      what,
      "Add minItems; write minItems: 0 to mean it.",
    );
  }
  const what = `${property} says nothing without ${missing}`;
  return new PolicyFault(below(at, property), what, `Add ${missing} beside it.`);
};

const type: Saying = ({ params }, at) =>
  new PolicyFault(at, `this is not of the type ${params.type}`, `Write ${params.type} here.`);

const minProperties: Saying = (_, at) =>
  new PolicyFault(at, "an empty schema accepts everything", "Say what must hold, or leave it out.");

function notAValue(at: string): PolicyFault {
  return new PolicyFault(
    at,
    "an object is no value that a fact can be compared with",
    "Write a text, a number, true, false or null, or {$param: name}.",
  );
}

/** The keyword whose demand for a type beside it failed, if this is about one. */
function boundKeyword(schemaPath: string): string | null {
  return /\/dependentSchemas\/(\w+)\//.exec(schemaPath)?.[1] ?? null;
}

const SAYINGS: Record<string, Saying> = {
  additionalProperties,
  required,
  enum: enumeration,
  dependentRequired,
  type,
  minProperties,
};
