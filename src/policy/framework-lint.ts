import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { AuditError } from "../errors.ts";
import { type Control, type Framework, type FrameworkFile, supports } from "./framework.ts";
import { FrameworkFileSchema } from "./framework-schema.ts";
import type { Policy } from "./policy.ts";
import { readPolicyText } from "./policy-text.ts";
import { PolicyFault } from "./refusal.ts";
import { schemaFault } from "./schema-fault.ts";
import { FRAMEWORK_FILE } from "./sources.ts";

/**
 * Reads and lints one framework, whose policies must be among those given. Throws "bad-policy" with
 * file, line, column, what and cure.
 */
export function parseFramework(text: string, file: string, policies: readonly Policy[]): Framework {
  const { id, value, located } = readPolicyText(text, file, FRAMEWORK_FILE);
  try {
    return { ...linted(value, new Set(policies.map((policy) => policy.id))), id };
  } catch (error) {
    throw error instanceof PolicyFault ? located(error) : error;
  }
}

/**
 * Reads and lints all frameworks directly in a folder, in the order of their ids. Throws
 * "bad-policy" also for a policy that none of them names and that does not say why.
 */
export function loadFrameworks(folder: string, policies: readonly Policy[]): Framework[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const frameworks = names.sort().map((name) => {
    const file = join(folder, name);
    return parseFramework(readFileSync(file, "utf8"), file, policies);
  });
  refuseUnmapped(frameworks, policies);
  return frameworks;
}

/** Throws "bad-policy" where a policy is in no framework without saying why, or is and says so. */
export function refuseUnmapped(
  frameworks: readonly Framework[],
  policies: readonly Policy[],
): void {
  const mapped = new Set(
    frameworks.flatMap(({ controls }) =>
      controls.flatMap((control) => (control.policies ?? []).map(({ policy }) => policy)),
    ),
  );
  for (const { id, unmapped } of policies) {
    if (mapped.has(id) === (unmapped === undefined)) continue;
    const [what, cure] = mapped.has(id)
      ? ["it says unmapped, and a framework names it", "Take unmapped out."]
      : ["no framework names it", "Map it, or say why not under unmapped."];
    throw new AuditError("bad-policy", `${id}.yaml: ${what}`, cure);
  }
}

function linted(value: unknown, known: ReadonlySet<string>): FrameworkFile {
  const isFile = new Ajv2020({ strict: true, verbose: true }).compile<FrameworkFile>(
    FrameworkFileSchema,
  );
  if (!isFile(value)) throw schemaFault(isFile.errors ?? []);
  const seen = new Set<string>();
  for (const [index, control] of value.controls.entries()) {
    const at = `/controls/${index}`;
    if (seen.has(control.id)) {
      throw new PolicyFault(`${at}/id`, `control ${control.id} is there twice`, "Join the two.");
    }
    seen.add(control.id);
    refuseControl(control, at, known);
  }
  return value;
}

function refuseControl(control: Control, at: string, known: ReadonlySet<string>): void {
  const { policies = [], notAssessable } = control;
  const seen = new Set<string>();
  for (const [index, { policy }] of policies.entries()) {
    const place = `${at}/policies/${index}/policy`;
    if (!known.has(policy)) {
      const cure = "`trailproof policies list` prints the ids.";
      throw new PolicyFault(place, `there is no policy ${JSON.stringify(policy)}`, cure);
    }
    if (seen.has(policy)) {
      throw new PolicyFault(place, `${policy} is there twice`, "Leave one of them.");
    }
    seen.add(policy);
  }
  if (policies.some(supports) === (notAssessable === undefined)) return;
  const [what, cure] = policies.some(supports)
    ? ["it has policies that show it, and says that none can", "Take notAssessable out."]
    : ["no policy that it names shows it", "Say why under notAssessable."];
  throw new PolicyFault(at, `control ${control.id}: ${what}`, cure);
}
