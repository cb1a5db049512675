import { stringify } from "yaml";
import { describe } from "../policy/describe.ts";
import type { Framework } from "../policy/framework.ts";
import { substituted } from "../policy/parameters.ts";
import type { Policy } from "../policy/policy.ts";
import { codeBlock, tableHead, tableRow } from "./markdown.ts";

/** All that a policy's file says, and which controls name it, as one page of Markdown. */
export function policyPage(policy: Policy, frameworks: readonly Framework[]): string {
  const { id, title, severity, severityReason, subject } = policy;
  const parts = [
    `# ${id}`,
    `**${title}.**`,
    `Severity **${severity}**: ${severityReason}`,
    `Asked of each ${subject}${policy.when === undefined ? "" : ` with ${described(policy, policy.when)}`}; it passes with ${described(policy, policy.require)}.`,
    `## Why\n\n${policy.why.trim()}`,
    parameters(policy),
    fixes(policy),
    causes(policy),
    mappings(policy, frameworks),
    examples(policy),
    `## References\n\n${policy.references.map((url) => `- <${url}>`).join("\n")}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** What a schema asks, in words, parameters by their names; braces and stars are not to be read as Markdown. */
const described = ({ parameters = {} }: Policy, schema: unknown): string => {
  const names = Object.fromEntries(Object.keys(parameters).map((name) => [name, name]));
  return describe(substituted(schema, names)).replace(/[*_<>[\]|]/g, (char) => `\\${char}`);
};

function parameters({ parameters: declared = {} }: Policy): string {
  const lines = Object.entries(declared).map(([name, { description, default: value }]) => {
    const unset = "No default: the policy is asked only where the config sets it.";
    return `- \`${name}\`: ${description} ${value === undefined ? unset : `Default: \`${JSON.stringify(value)}\`.`}`;
  });
  return lines.length === 0 ? "" : `## Parameters\n\n${lines.join("\n")}`;
}

const LANGUAGES = { cli: "sh", terraform: "hcl", cloudformation: "yaml" } as const;
const TITLES = {
  cli: "AWS CLI",
  terraform: "Terraform",
  cloudformation: "CloudFormation",
} as const;

function fixes({ fix }: Policy): string {
  const blocks = (["cli", "terraform", "cloudformation"] as const).flatMap((form) => {
    const body = fix[form];
    return body === undefined ? [] : [`${TITLES[form]}:\n\n${codeBlock(body, LANGUAGES[form])}`];
  });
  return ["## Fix", ...(fix.text === undefined ? [] : [fix.text.trim()]), ...blocks].join("\n\n");
}

function causes({ explainedBy = [] }: Policy): string {
  const lines = explainedBy.map((cause) => {
    const proof =
      "repair" in cause
        ? "where repairing that turns the verdict to pass"
        : `where the error begins with ${cause.errors.map((error) => `\`${error}\``).join(" or ")}`;
    return `- [${cause.policy}](${cause.policy}.md), ${proof}`;
  });
  if (lines.length === 0) return "";
  return `## Explained by\n\nA failure raises no alert of its own if one of these is its cause:\n\n${lines.join("\n")}`;
}

function mappings({ id, unmapped }: Policy, frameworks: readonly Framework[]): string {
  const rows = frameworks.flatMap((framework) =>
    framework.controls.flatMap((control) =>
      (control.policies ?? [])
        .filter(({ policy }) => policy === id)
        .map(({ strength }) =>
          tableRow([
            `[${framework.title}](../frameworks/${framework.id}.md)`,
            control.id,
            strength,
          ]),
        ),
    ),
  );
  const why = unmapped === undefined ? "" : `\n\n${unmapped}`;
  if (rows.length === 0) return `## Frameworks\n\nNo framework names it.${why}`;
  return `## Frameworks\n\n${[tableHead(["Framework", "Control", "Strength"]), ...rows].join("\n")}${why}`;
}

function examples({ examples: { pass, fail, unknown }, subject }: Policy): string {
  const shown = Object.entries({ pass, fail, unknown }).map(
    ([verdict, differences]) =>
      `### ${verdict}\n\n${codeBlock(differences.map((each) => stringify([each])).join(""), "yaml")}`,
  );
  return `## Examples\n\nWhat differs from a compliant ${subject}, and the verdict.\n\n${shown.join("\n\n")}`;
}
