import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import type { Framework } from "../../src/policy/framework.ts";
import { builtinFrameworks } from "../../src/policy/frameworks.ts";
import { type Policy, SUBJECT_NAMES } from "../../src/policy/policy.ts";
import { frameworkPage } from "../../src/report/framework-page.ts";
import { tableHead, tableRow } from "../../src/report/markdown.ts";
import { policyPage } from "../../src/report/policy-page.ts";

type LeftOut = { name: string; why: string }[];

/** The pages of docs/policies/ and docs/frameworks/, by folder and file name. */
export function pages(): Record<"policies" | "frameworks", Map<string, string>> {
  const policies = builtinPolicies();
  const frameworks = builtinFrameworks();
  const left: Record<"requirements" | "frameworks", LeftOut> = parse(
    readFileSync(new URL("left-out.yaml", import.meta.url), "utf8"),
  );
  return {
    policies: new Map([
      ["README.md", policyIndex(policies, left.requirements)],
      ...policies.map((each): [string, string] => [`${each.id}.md`, policyPage(each, frameworks)]),
    ]),
    frameworks: new Map([
      ["README.md", frameworkIndex(frameworks, left.frameworks)],
      ...frameworks.map((each): [string, string] => [`${each.id}.md`, frameworkPage(each)]),
    ]),
  };
}

function policyIndex(policies: readonly Policy[], leftOut: LeftOut): string {
  const sections = SUBJECT_NAMES.map((kind) => {
    const rows = policies
      .filter(({ subject }) => subject === kind)
      .map(({ id, severity, title }) => tableRow([`[${id}](${id}.md)`, severity, title]));
    return `## Asked of each ${kind}\n\n${[tableHead(["Policy", "Severity", "Claim"]), ...rows].join("\n")}`;
  });
  return page([
    "# Policies",
    `${policies.length} policies, one file each under [policies/](../../policies). [Writing your own](../writing-policies.md) takes ten minutes.`,
    ...sections,
    `## What others test and Trailproof does not\n\n${listed(leftOut)}`,
  ]);
}

function frameworkIndex(frameworks: readonly Framework[], leftOut: LeftOut): string {
  const rows = frameworks.map(({ id, title, published, controls }) =>
    tableRow([`[${title}](${id}.md)`, `\`${id}\``, published, String(controls.length)]),
  );
  return page([
    "# Frameworks",
    "Which policy supports evidence for which control, how strongly, what it shows and what it does not. One file each under [policies/frameworks/](../../policies/frameworks).",
    [tableHead(["Framework", "Id", "Published", "Controls"]), ...rows].join("\n"),
    ...(leftOut.length === 0 ? [] : [`## Left out\n\n${listed(leftOut)}`]),
  ]);
}

const listed = (items: LeftOut): string =>
  items.map(({ name, why }) => `- **${name}**: ${why.trim()}`).join("\n");

const page = (parts: readonly string[]): string => `${parts.join("\n\n")}\n`;
