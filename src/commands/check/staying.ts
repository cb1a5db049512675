import type { Side } from "../../evaluate/gate/sides.ts";
import { firstFew } from "../../snapshot/first-few.ts";

/** How many a note names. */
const SHOWN = 10;

/** What a change leaves in AWS and no longer manages, in a sentence; null: nothing. */
export function stayingNote({ verdicts }: Side): string | null {
  const found = [...verdicts.values()].flatMap(({ subject }) =>
    subject.kind === "change" && subject.fields.fate === "forgotten"
      ? [`${subject.fields.type} ${subject.fields.id.replace("#", " ")}`]
      : [],
  );
  const all = [...new Set(found)].sort();
  if (all.length === 0) return null;
  return `After the change nothing manages what stays in AWS as it is: ${firstFew(all, SHOWN)}.`;
}
