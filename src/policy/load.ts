import { join } from "node:path";
import { AuditError } from "../errors.ts";
import { ON_DISK, type TextSource } from "../text-source.ts";
import { builtinPolicies } from "./builtin.ts";
import { linted } from "./lint.ts";
import { isOfOwner, type Policy } from "./policy.ts";
import { readPolicyText } from "./policy-text.ts";
import { PolicyFault } from "./refusal.ts";

/** Reads and lints one policy. Throws "bad-policy" with file, line, column, what and cure. */
export function parsePolicy(text: string, file: string): Policy {
  const { id, value, located } = readPolicyText(text, file);
  try {
    return linted(id, value);
  } catch (error) {
    throw error instanceof PolicyFault ? located(error) : error;
  }
}

/** Reads and lints all policies directly in a folder, in the order of their ids. */
export function loadPolicies(folder: string, source = ON_DISK): Policy[] {
  return policyFiles(folder, source).map((file) => parsePolicy(readText(file, source), file));
}

/** All policies of a folder that are well made, and what is wrong with the others. */
export function lintFolder(folder: string): { policies: Policy[]; faults: AuditError[] } {
  const policies: Policy[] = [];
  const faults: AuditError[] = [];
  const attempt = (step: () => void) => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      faults.push(error);
    }
  };
  for (const file of policyFiles(folder, ON_DISK)) {
    attempt(() => policies.push(parsePolicy(readText(file, ON_DISK), file)));
  }
  const ids = new Set(policies.map(({ id }) => id));
  if (faults.length === 0) {
    attempt(() => joined([builtinPolicies().filter(({ id }) => !ids.has(id)), policies]));
  }
  return { policies, faults };
}

function policyFiles(folder: string, source: TextSource): string[] {
  const names = readNames(folder, source).filter((name) => /\.ya?ml$/.test(name));
  if (names.length > 0) return names.sort().map((name) => join(folder, name));
  throw new AuditError(
    "bad-policy",
    `${folder}: there is no policy in this folder`,
    "Name a folder that holds .yaml files.",
  );
}

function readNames(folder: string, source: TextSource): string[] {
  try {
    return source.names(folder);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function readText(file: string, source: TextSource): string {
  try {
    return source.text(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(path: string, error: unknown): AuditError {
  const why = error instanceof Error ? error.message : String(error);
  const what = `${path}: it cannot be read (${why})`;
  return new AuditError("bad-policy", what, "Name a folder that can be read.", { cause: error });
}

/**
 * One set from several groups of policies, sorted by id. Throws "bad-policy" for an id that occurs
 * twice, and for an `explainedBy` that names no policy of the set or leads back to itself.
 */
export function joined(groups: readonly (readonly Policy[])[]): Policy[] {
  const byId = new Map<string, Policy>();
  for (const policy of groups.flat()) {
    if (byId.has(policy.id)) {
      throw bad(policy.id, "there is another policy of this id", "Give one another file name.");
    }
    byId.set(policy.id, policy);
  }
  for (const { id, explainedBy = [] } of byId.values()) {
    const stranger = explainedBy.find((other) => !byId.has(other.policy))?.policy;
    if (stranger === undefined) continue;
    const what = `explainedBy names ${JSON.stringify(stranger)}, which is no policy`;
    throw bad(id, what, "Correct the id, or remove it.");
  }
  refuseCycles(byId);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function refuseCycles(byId: ReadonlyMap<string, Policy>): void {
  const settled = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) {
      const cycle = [...path.slice(path.indexOf(id)), id].join(" -> ");
      throw bad(id, `explainedBy leads back to it: ${cycle}`, "Remove one of these.");
    }
    if (settled.has(id)) return;
    const others = byId.get(id)?.explainedBy ?? [];
    for (const other of others) if (!isOfOwner(id, other)) visit(other.policy, [...path, id]);
    settled.add(id);
  };
  for (const id of byId.keys()) visit(id, []);
}

function bad(id: string, what: string, cure: string): AuditError {
  return new AuditError("bad-policy", `${id}.yaml: ${what}`, cure);
}
