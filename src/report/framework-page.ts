import type { Control, Framework, Mapping } from "../policy/framework.ts";
import { tableHead, tableRow } from "./markdown.ts";

/** A framework's controls, and what each policy shows of them, as one page of Markdown. */
export function frameworkPage({ id, title, published, reference, controls }: Framework): string {
  const parts = [
    `# ${title}`,
    `Published ${published}: <${reference}>. \`--framework ${id}\` rolls verdicts up for it.`,
    "A pass supports evidence for a control as far as *shows* says; it never means compliance. Controls are paraphrased: read the standard's own text.",
    ...controls.map(section),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section({ id, paraphrase, policies = [], notAssessable }: Control): string {
  const table = [
    tableHead(["Policy", "Strength", "Shows", "Does not show", "Source"]),
    ...policies.map(row),
  ];
  return [
    `## ${id}`,
    paraphrase,
    ...(policies.length === 0 ? [] : [table.join("\n")]),
    ...(notAssessable === undefined ? [] : [`Not assessable here: ${notAssessable.trim()}`]),
  ].join("\n\n");
}

const row = ({ policy, strength, shows, doesNotShow, source }: Mapping): string =>
  tableRow([
    `[${policy}](../policies/${policy}.md)`,
    strength,
    ...[shows, doesNotShow, source].map(cell),
  ]);

const cell = (text: string): string => text.trim().replace(/\s+/g, " ").replaceAll("|", "\\|");
