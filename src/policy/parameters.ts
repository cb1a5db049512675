import { AuditError } from "../errors.ts";
import { isRecord } from "./node.ts";
import type { Parameter, ParameterValue, Policy } from "./policy.ts";
import { PolicyFault } from "./refusal.ts";

/** The value of each parameter, by its name. */
export type ParameterValues = Record<string, ParameterValue>;

/** Keywords whose whole value, or one of whose listed values, a parameter may stand for. */
export const VALUE_PLACES: readonly string[] = [
  "const",
  "enum",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minContains",
  "maxContains",
];

/** The parameter that `{$param: name}` stands for, or null for any other value. */
export function parameterName(value: unknown): string | null {
  if (!isRecord(value) || !Object.hasOwn(value, "$param")) return null;
  return typeof value.$param === "string" && Object.keys(value).length === 1 ? value.$param : "";
}

/** A copy of a schema with each `{$param: name}` in a value's place replaced by its value. */
export function substituted(schema: unknown, values: ParameterValues, pointer = ""): unknown {
  if (Array.isArray(schema)) {
    return schema.map((each, index) => substituted(each, values, `${pointer}/${index}`));
  }
  if (!isRecord(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, inner]) => {
      const at = `${pointer}/${key}`;
      if (!VALUE_PLACES.includes(key)) return [key, substituted(inner, values, at)];
      return [key, Array.isArray(inner) ? inner.map(filled) : filled(inner)];
      function filled(value: unknown): unknown {
        const name = parameterName(value);
        return name === null ? value : parameterValue(name, values, at);
      }
    }),
  );
}

function parameterValue(name: string, values: ParameterValues, pointer: string): ParameterValue {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value !== undefined) return value;
  throw new PolicyFault(
    pointer,
    `the parameter ${JSON.stringify(name)} is not declared`,
    "Declare it under parameters, with default, type and description.",
  );
}

/** The parameters that a policy needs and nobody has set: it is asked only where they are. */
export function unsetParameters({ parameters = {} }: Policy, values: ParameterValues): string[] {
  return Object.keys(parameters).filter((name) => !Object.hasOwn(values, name));
}

/**
 * The values of all parameters of these policies: the configured one, else the default. Throws an
 * AuditError for a configured name that no policy declares, for a value that its declaration does
 * not allow, and for two policies that declare one name differently.
 */
export function resolveParameters(
  policies: readonly Policy[],
  configured: Record<string, unknown>,
): ParameterValues {
  const declared = declarations(policies);
  for (const name of Object.keys(configured)) {
    if (!declared.has(name)) throw badConfig(name, "no policy has it", `Use ${listed(declared)}.`);
  }
  const values: ParameterValues = {};
  for (const [name, parameter] of declared) {
    const given = Object.hasOwn(configured, name) ? configured[name] : parameter.default;
    if (given !== undefined) values[name] = allowed(name, parameter, given);
  }
  return values;
}

const listed = (declared: ReadonlyMap<string, Parameter>) =>
  [...declared.keys()].sort().join(", ") || "no parameters";

function declarations(policies: readonly Policy[]): Map<string, Parameter> {
  const declared = new Map<string, { parameter: Parameter; policy: string }>();
  for (const { id, parameters = {} } of policies) {
    for (const [name, parameter] of Object.entries(parameters)) {
      const other = declared.get(name);
      if (other !== undefined && !sameDeclaration(other.parameter, parameter)) {
        throw new AuditError(
          "bad-policy",
          `the parameter ${name} is declared differently by ${other.policy} and ${id}`,
          "Give both the same declaration, or one of them another name.",
        );
      }
      declared.set(name, other ?? { parameter, policy: id });
    }
  }
  return new Map([...declared].map(([name, { parameter }]) => [name, parameter]));
}

function sameDeclaration(a: Parameter, b: Parameter): boolean {
  const said = ({ type, minimum, maximum, default: value, example }: Parameter) =>
    JSON.stringify([type, minimum, maximum, value, example]);
  return said(a) === said(b);
}

function allowed(name: string, parameter: Parameter, given: unknown): ParameterValue {
  const problem = problemOf(parameter, given);
  const value = typed(parameter.type, given);
  if (problem === null && value !== null) return value;
  throw badConfig(name, problem ?? "is refused", `It is: ${parameter.description}`);
}

/** Why a parameter cannot have a value; null where it can. */
export function problemOf(parameter: Parameter, given: unknown): string | null {
  const { type, minimum = -Infinity, maximum = Infinity } = parameter;
  const value = typed(type, given);
  if (value === null) return `it must be ${WANTED[type]}`;
  if (typeof value === "number" && value < minimum) return `it must be at least ${minimum}`;
  if (typeof value === "number" && value > maximum) return `it must be at most ${maximum}`;
  return null;
}

/** The values of a policy's parameters in its examples: the default, else the example of one. */
export function defaultsOf({ parameters = {} }: Policy): ParameterValues {
  const values: ParameterValues = {};
  for (const [name, { default: value, example }] of Object.entries(parameters)) {
    const given = value ?? example;
    if (given !== undefined) values[name] = given;
  }
  return values;
}

const WANTED = {
  integer: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  array: "a list of texts",
} as const satisfies Record<Parameter["type"], string>;

/** The value as one of the declared type, or null where it is not. */
function typed(type: Parameter["type"], value: unknown): ParameterValue | null {
  if (type === "integer")
    return typeof value === "number" && Number.isInteger(value) ? value : null;
  if (type === "number") return typeof value === "number" && Number.isFinite(value) ? value : null;
  if (type === "string") return typeof value === "string" ? value : null;
  if (type === "boolean") return typeof value === "boolean" ? value : null;
  if (!Array.isArray(value)) return null;
  const texts: string[] = value.filter((each) => typeof each === "string");
  return texts.length === value.length ? texts : null;
}

function badConfig(name: string, what: string, cure: string): AuditError {
  return new AuditError("bad-config", `parameter ${JSON.stringify(name)}: ${what}`, cure);
}
