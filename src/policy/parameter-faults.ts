import { SUBJECT_PARAMETERS } from "../subjects/wanted.ts";
import { below, isRecord } from "./node.ts";
import { parameterName, problemOf, VALUE_PLACES } from "./parameters.ts";
import type { Policy } from "./policy.ts";
import { PolicyFault } from "./refusal.ts";

/** Some decide facts of subjects, and no schema says their names. */
const isDerivedFrom = (name: string) => SUBJECT_PARAMETERS.some((each) => each === name);

/** Parameters that are ill named, badly bounded, never used, or used without being declared. */
export function* parameterFaults({
  parameters = {},
  when,
  require,
}: Policy): Generator<PolicyFault> {
  const used = new Map([...uses(when, "/when"), ...uses(require, "/require")]);
  for (const [name, parameter] of Object.entries(parameters)) {
    const at = below("/parameters", name);
    const given = parameter.default ?? parameter.example;
    const problem = given === undefined ? "there is none" : problemOf(parameter, given);
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
      yield new PolicyFault(at, "this is no name of a parameter", "Write it in camelCase.");
    } else if (problem !== null) {
      yield new PolicyFault(
        below(at, "default"),
        `the default is refused: ${problem}`,
        "Correct it, or give an example instead of a default.",
      );
    } else if (!used.has(name) && !isDerivedFrom(name)) {
      yield new PolicyFault(
        at,
        "the parameter is not used",
        "Use it in require or when, or remove it.",
      );
    }
  }
  for (const [name, pointer] of used) {
    if (Object.hasOwn(parameters, name)) continue;
    const what = `the parameter ${JSON.stringify(name)} is not declared`;
    yield new PolicyFault(pointer, what, "Declare it under parameters.");
  }
}

/** Each parameter that a schema uses, and where. */
function* uses(schema: unknown, pointer: string): Generator<[name: string, pointer: string]> {
  if (typeof schema !== "object" || schema === null) return;
  for (const [key, inner] of Object.entries(schema)) {
    const at = below(pointer, key);
    const places = isRecord(schema) && VALUE_PLACES.includes(key) ? [inner].flat() : [];
    for (const value of places) {
      const name = parameterName(value);
      if (name !== null) yield [name, at];
    }
    if (places.length === 0) yield* uses(inner, at);
  }
}
