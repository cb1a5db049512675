import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { SUBJECT_KINDS, type SubjectKind } from "../subjects/schema/kinds.ts";
import { compileSchema } from "./evaluate.ts";
import { exampleFaults } from "./example-faults.ts";
import { factPlace } from "./fact-place.ts";
import { messageFaults } from "./message.ts";
import { parameterFaults } from "./parameter-faults.ts";
import { defaultsOf, substituted } from "./parameters.ts";
import { isOfOwner, type Policy, type PolicyFile } from "./policy.ts";
import { PolicyFileSchema } from "./policy-schema.ts";
import { PolicyFault } from "./refusal.ts";
import { requirementSchema, subjectSchema } from "./schema.ts";
import { deepest, schemaFault } from "./schema-fault.ts";
import { silences } from "./silence.ts";

/** A policy from what its file holds. Throws the first `PolicyFault` that linting finds. */
export function linted(id: string, value: unknown): Policy {
  const isFile = fileValidator("policy");
  if (!isFile(value)) throw schemaFault(isFile.errors ?? []);
  const policy: Policy = { ...value, id };
  for (const fault of faults(policy)) throw fault;
  return policy;
}

/** Everything that can be wrong with a well-formed file; later steps rely on the earlier ones. */
function* faults(policy: Policy): Generator<PolicyFault> {
  yield* parameterFaults(policy);
  const values = defaultsOf(policy);
  yield* schemaFaults(substituted(policy.require, values, "/require"), policy.subject, "/require");
  if (policy.when !== undefined) {
    yield* schemaFaults(substituted(policy.when, values, "/when"), policy.subject, "/when");
  }
  yield* messageFaults(policy);
  const { id } = policy;
  if (policy.explainedBy?.some((each) => each.policy === id && !isOfOwner(id, each))) {
    yield new PolicyFault("/explainedBy", "it explains itself", "Remove its own id.");
  }
  yield* exampleFaults(policy, differenceFault);
}

function* schemaFaults(
  schema: unknown,
  kind: SubjectKind,
  pointer: "/when" | "/require",
): Generator<PolicyFault> {
  const isRequirement = requirementValidator(kind);
  if (!isRequirement(schema)) yield schemaFault(isRequirement.errors ?? [], pointer);
  compileSchema(schema, pointer);
  yield* silences(schema, factPlace(SUBJECT_KINDS[kind].schema), pointer);
}

/** What makes an example no subject of its kind, if anything. */
function differenceFault(kind: SubjectKind, fields: unknown, pointer: string): PolicyFault | null {
  const isSubject = subjectValidator(kind);
  return isSubject(fields) ? null : schemaFault(deepest(isSubject.errors ?? []), pointer);
}

/** Set for short compilation, not for fast checks: each schema checks few files and examples. */
const ajv = () =>
  new Ajv2020({
    strict: true,
    strictTypes: false,
    validateSchema: false,
    verbose: true,
    inlineRefs: false,
    code: { optimize: false },
  });

const fileValidator = once((_: "policy") => ajv().compile<PolicyFile>(PolicyFileSchema));
const requirementValidator = once((kind: SubjectKind) => ajv().compile(requirementSchema(kind)));
const subjectValidator = once((kind: SubjectKind) => ajv().compile(subjectSchema(kind)));

/** Compiling takes tens of milliseconds a schema, so each is compiled when first needed, and kept. */
function once<K, T>(make: (key: K) => ValidateFunction<T>): (key: K) => ValidateFunction<T> {
  const made = new Map<K, ValidateFunction<T>>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
