import type { Waiver } from "../evaluate/waiver.ts";
import type { Ink } from "./markdown.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";
import { counted } from "./terminal.ts";

/** What somebody accepts, waiver by waiver: who, until when and why. */
export function waivedSection({ audit }: Report, pen: Ink): Section | null {
  const byWaiver = new Map<Waiver, number>();
  for (const { waiver } of audit.waived) byWaiver.set(waiver, (byWaiver.get(waiver) ?? 0) + 1);
  if (byWaiver.size === 0) return null;
  return {
    heading: "## Accepted",
    lead: "",
    items: [...byWaiver].map(([{ policies, owner, expires, reason, at }, count]) => {
      const named = policies.slice(0, 5).map(pen.code).join(", ");
      return `- ${counted(count, "finding")} of ${named} until ${pen.prose(expires)} by ${pen.prose(owner)}: ${pen.prose(reason)} (${pen.code(at)})`;
    }),
    separator: "\n",
    leftOut: (count) => `… and ${count} more waivers, all in \`results.json\`.`,
    share: 0.05,
  };
}
