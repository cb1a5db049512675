/** A part of a summary that can be shortened: whole items are left out, from the last, never cut. */
export type Section = {
  heading: string;
  /** What stands before the items, always shown. */
  lead: string;
  /** Words to click on, in HTML, where the items are behind a click. */
  behind?: string;
  /** The head of the table whose rows the items are. */
  tableHead?: string;
  items: readonly string[];
  /** How many more there are that were not even made into items. */
  hidden?: number;
  /** Between items: "\n" in a table or list, "\n\n" between paragraphs. */
  separator: "\n" | "\n\n";
  /** Says how many items were left out, and where they are. */
  leftOut: (count: number) => string;
  /** What of the summary's bytes it may take. */
  share: number;
};

const bytes = (text: string): number => Buffer.byteLength(text, "utf8");

/**
 * Sections one after the other in at most so many UTF-8 bytes; each keeps within its share, and one
 * whose head alone has no room is left out.
 */
export function fitted(sections: readonly Section[], budget: number): string {
  let text = "";
  for (const section of sections) {
    const next = one(section, Math.floor(budget * section.share));
    if (bytes(text) + bytes(next) <= budget) text += next;
  }
  return text;
}

function one(section: Section, budget: number): string {
  const { heading, lead, tableHead, items, hidden = 0, separator, leftOut, behind } = section;
  const click = behind === undefined ? "" : `<details><summary>${behind}</summary>`;
  const above = [heading, lead, click, tableHead ?? ""].filter((part) => part !== "").join("\n\n");
  const end = behind === undefined ? "" : "</details>\n\n";
  const head = `${above}${tableHead === undefined ? "\n\n" : "\n"}`;
  const rest = `\n\n${leftOut(items.length + hidden)}\n\n`;
  const kept: string[] = [];
  let size = bytes(head) + bytes(rest) + end.length;
  for (const item of items) {
    size += bytes(item) + separator.length;
    if (size > budget) break;
    kept.push(item);
  }
  const cut = items.length - kept.length + hidden;
  return `${head}${kept.join(separator)}\n\n${cut === 0 ? "" : `${leftOut(cut)}\n\n`}${end}`;
}
