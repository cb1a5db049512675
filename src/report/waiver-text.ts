import type { Waived } from "../evaluate/finding.ts";
import type { Waiver } from "../evaluate/waiver.ts";
import type { WaiverNote } from "../evaluate/waiver-notes.ts";
import type { Results } from "./results-schema.ts";
import { counted, harmless, type Paint } from "./terminal.ts";

const SHOWN = 10;

const WHAT = {
  expired: "has expired",
  "expires-soon": "expires soon",
  unused: "is unused",
  "over-broad": "is over-broad",
} as const satisfies Record<WaiverNote["kind"], string>;

/** What a waiver asks for, as results.json notes it. */
export function aboutWaiver(note: WaiverNote): Results["notes"][number] {
  const { kind, accounts, sample } = note;
  return { id: `waiver-${kind}`, text: sentence(note), accounts, sample };
}

function sentence({ kind, waiver, why }: WaiverNote): string {
  const { at, owner, expires } = waiver;
  return `${at}: the waiver of ${policiesOf(waiver)} (owner ${owner}, until ${expires}) ${WHAT[kind]}: ${why}`;
}

function policiesOf({ policies: [first = "", ...others] }: Waiver): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** What is accepted, by waiver, and which waivers need a look. */
export function waiverLines(
  waived: readonly Waived[],
  notes: readonly WaiverNote[],
  paint: Paint,
): string[] {
  const byWaiver = new Map<Waiver, number>();
  for (const { waiver } of waived) byWaiver.set(waiver, (byWaiver.get(waiver) ?? 0) + 1);
  const lines = [
    ...[...byWaiver].map(([waiver, number]) => `  ${accepted(waiver, number)}`),
    ...notes.map((note) => paint.yellow(`  ${harmless(sentence(note))}`)),
  ];
  if (lines.length === 0) return [];
  const hidden = lines.length - SHOWN;
  return [
    paint.bold("Waivers"),
    ...lines.slice(0, SHOWN),
    ...(hidden > 0 ? [paint.dim(`  … and ${hidden} more, all in results.json`)] : []),
  ];
}

const accepted = (waiver: Waiver, number: number): string =>
  harmless(
    `${counted(number, "finding")} waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`,
  );
