import { AuditError } from "../errors.ts";
import { causesOf, isUnknown } from "../snapshot/unknown.ts";
import { visible } from "../visible.ts";
import { becauseOf } from "./because.ts";
import { shortened } from "./describe.ts";
import { compileSchema } from "./evaluate.ts";
import { isRecord, type Node } from "./node.ts";
import { defaultsOf, type ParameterValues, substituted } from "./parameters.ts";
import type { Because, Judgement, Policy, Verdict } from "./policy.ts";
import { together } from "./reads.ts";
import { PolicyFault } from "./refusal.ts";
import { either, FAIL, negated, PASS, type Ternary, UNKNOWN, verdictOf } from "./ternary.ts";

/** A policy that is ready to judge, with the values of its parameters. */
export type CompiledPolicy = {
  policy: Policy;
  /** The values that it was compiled with, of the parameters that it declares. */
  parameters: ParameterValues;
  /** The fields of a subject that its verdict depends on; null: it may be any of them. */
  reads: readonly string[] | null;
  /** Whether the policy is about this subject: unknown where its `when` cannot be decided. */
  selects: (fields: object) => Verdict;
  /** The verdict without its reasons; null where `when` does not select the subject. */
  verdict: (fields: object) => Verdict | null;
  /** The verdict, with the facts that decided it unless it is a pass; null as for `verdict`. */
  judge: (fields: object) => Judgement | null;
};

/** Compiles a policy. Throws an AuditError for a schema that policies may not hold. */
export function compilePolicy(policy: Policy, configured: ParameterValues): CompiledPolicy {
  const parameters = parametersOf(policy, configured);
  const nodes = nodesOf(policy, parameters);
  const { when, require } = nodes;
  return {
    policy,
    parameters,
    reads: together([when, require]),
    selects: (fields) => verdictOf(when.judge(fields)),
    verdict: (fields) => {
      const selected = when.judge(fields);
      return selected === FAIL ? null : verdictOf(implied(selected, require.judge(fields)));
    },
    judge: (fields) => judgement(nodes, fields),
  };
}

type Nodes = { when: Node; require: Node };

/** A configured parameter may not fit its place, which linting, with the default, did not see. */
function nodesOf(policy: Policy, parameters: ParameterValues): Nodes {
  try {
    return {
      when: compileSchema(substituted(policy.when ?? true, parameters, "/when"), "/when"),
      require: compileSchema(substituted(policy.require, parameters, "/require"), "/require"),
    };
  } catch (error) {
    if (!(error instanceof PolicyFault)) throw error;
    const { message, cure } = error;
    throw new AuditError("bad-policy", `${policy.id}: ${message}`, cure, { cause: error });
  }
}

function parametersOf(policy: Policy, configured: ParameterValues): ParameterValues {
  const defaults = defaultsOf(policy);
  const own = Object.entries(configured).filter(([name]) => Object.hasOwn(defaults, name));
  return { ...defaults, ...Object.fromEntries(own) };
}

/** "Not selected, or as required": the verdict where the selection itself may be unknown. */
function implied(selected: Ternary, required: Ternary): Ternary {
  return either(negated(selected), required);
}

function judgement(nodes: Nodes, fields: object): Judgement | null {
  const selected = nodes.when.judge(fields);
  if (selected === FAIL) return null;
  const verdict = implied(selected, nodes.require.judge(fields));
  if (verdict === PASS) return { verdict: "pass", because: [] };
  return { verdict: verdictOf(verdict), because: reasonsOf(nodes, fields, selected) };
}

function reasonsOf({ when, require }: Nodes, fields: object, selected: Ternary): Because[] {
  if (selected === PASS) return becauseOf(require, fields);
  const undecided = becauseOf(when, fields);
  const named = new Set(undecided.map((each) => each.pointer));
  if (require.judge(fields) !== UNKNOWN) return undecided;
  return [...undecided, ...becauseOf(require, fields).filter((each) => !named.has(each.pointer))];
}

const PLACEHOLDER = /\{([A-Za-z_][\w-]*(?:\.[\w-]+)*)\}/g;

/**
 * Fills `{name}` and `{a.b}` in a policy's message with the subject's fields. A fact that is not
 * known reads "unknown (its reason)"; a value is cut to 200 characters of one line.
 */
export function render(message: string, fields: object): string {
  return message.replace(PLACEHOLDER, (_, path: string) => shown(named(fields, path)));
}

/** What is planned has no ARN yet: its name, or its address, takes the place. */
function named(fields: object, path: string): unknown {
  const value = at(fields, path.split("."));
  if (path === "arn" && value === null) return at(fields, ["name"]);
  return isUnknown(value) && REGIONS.includes(path) ? "a region that is not told" : value;
}

/** What a plan often leaves to its provider; a marker would say nothing of it to a reader. */
const REGIONS = ["region", "homeRegion"];

/** As `render`, for a shell command: a value that a shell could read otherwise comes quoted. */
export function renderCommand(command: string, fields: object): string {
  return command.replace(PLACEHOLDER, (_, path: string) => shellWord(shown(named(fields, path))));
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The paths that a text names in braces, as in `kmsKey.arn`. */
export function placeholders(message: string): string[] {
  return [...message.matchAll(PLACEHOLDER)].map(([, path = ""]) => path);
}

function at(fields: unknown, path: readonly string[]): unknown {
  let value = fields;
  for (const name of path) {
    if (isUnknown(value)) return value;
    if (!isRecord(value) || !Object.hasOwn(value, name)) return null;
    value = value[name];
  }
  return value;
}

/** A marker within an object reads as it does by itself. */
const marked = (_: string, value: unknown) => (isUnknown(value) ? shown(value) : value);

function shown(value: unknown): string {
  if (isUnknown(value)) return `unknown (${causesOf(value)[0]?.reason ?? ""})`;
  if (value === null || value === undefined) return "none";
  if (Array.isArray(value))
    return shortened(value.slice(0, 20).map(shown).join(", ") || "none", 200);
  if (typeof value === "number") return String(Number(value.toFixed(2)));
  const text = typeof value === "string" ? value : JSON.stringify(value, marked);
  return shortened(visible(text.slice(0, 1000), " "), 200);
}
