import type { Framework } from "../policy/framework.ts";
import type { Policy, Severity } from "../policy/policy.ts";
import type { Report } from "./report.ts";
import { sarifText } from "./sarif-text.ts";

/** GitHub shows ten tags of a rule. */
const TAG_LIMIT = 10;

/** The middle of each of GitHub's bands, so that no rounding moves an alert. */
const SECURITY_SEVERITY: Record<Severity, string> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
  info: "0.1",
};

/** What GitHub calls a severity. */
export const SARIF_LEVEL: Record<Severity, "error" | "warning" | "note"> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/** What a rule is made of. */
export type Rule = Pick<Policy, "id" | "title" | "severity" | "why" | "fix" | "references">;

/** The controls that each policy is mapped to: by policy, then by framework. */
export type Mapped = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;

/** A policy as a SARIF rule, with the controls that the report's frameworks map it to. */
export function sarifRule(policy: Rule, { gate }: Report, mapped: Mapped) {
  const controls = mapped.get(policy.id) ?? {};
  const asked = gate === null ? policy : { ...policy, fix: withoutCommand(policy.fix) };
  return {
    id: policy.id,
    name: policy.id,
    shortDescription: { text: sarifText(policy.title) },
    fullDescription: { text: sarifText(policy.why) },
    help: { text: `${policy.why.trim()}\n\n${fixText(asked)}`, markdown: helpMarkdown(asked) },
    defaultConfiguration: { level: SARIF_LEVEL[policy.severity] },
    properties: {
      tags: ["security", "cloudtrail", ...Object.keys(controls)].slice(0, TAG_LIMIT),
      precision: "very-high",
      "security-severity": SECURITY_SEVERITY[policy.severity],
      controls,
    },
  };
}

/** What the frameworks of a report map its policies to. */
export function controlsOfPolicies(frameworks: readonly Framework[]): Mapped {
  const mapped = new Map<string, Record<string, string[]>>();
  for (const { id: framework, controls } of frameworks) {
    for (const { id: control, policies = [] } of controls) {
      for (const policy of new Set(policies.map((each) => each.policy))) {
        const known = mapped.get(policy) ?? {};
        known[framework] = [...(known[framework] ?? []), control];
        mapped.set(policy, known);
      }
    }
  }
  return mapped;
}

/** What is planned is mended where it is written: a command would be undone by the next apply. */
function withoutCommand({ cli: _, ...written }: Rule["fix"]): Rule["fix"] {
  return written;
}

function fixText({ fix }: Rule): string {
  const words = fix.cli ?? fix.text ?? fix.terraform ?? fix.cloudformation;
  return words === undefined ? "" : `Fix: ${words.trim()}`;
}

function helpMarkdown({ title, why, fix, references }: Rule): string {
  const block = (name: string, language: string, body: string | undefined) =>
    body === undefined ? [] : [`**${name}**`, `\`\`\`${language}\n${body.trim()}\n\`\`\``];
  return [
    `## ${title}`,
    why.trim(),
    ...(fix.text === undefined ? [] : [fix.text.trim()]),
    ...block("AWS CLI", "sh", fix.cli),
    ...block("Terraform", "hcl", fix.terraform),
    ...block("CloudFormation", "yaml", fix.cloudformation),
    references.map((url) => `- <${url}>`).join("\n"),
  ].join("\n\n");
}
