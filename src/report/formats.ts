import type { Report } from "./report.ts";
import { json } from "./results.ts";
import { mayReplace, sarif } from "./sarif.ts";
import { summary } from "./summary.ts";

/** A file that `--format` can ask for. */
export type Format = {
  file: string;
  /** The file's content; null where none may be written, `why` then says why. */
  write: (report: Report) => { content: string } | { content: null; why: string };
};

/** Every format there is: a new one is a pure function and a line here. */
export const FORMATS = {
  json: { file: "results.json", write: (report) => ({ content: json(report) }) },
  sarif: {
    file: "results.sarif",
    write: (report) =>
      mayReplace(report) ? { content: sarif(report) } : { content: null, why: withheld(report) },
  },
  markdown: { file: "summary.md", write: (report) => ({ content: summary(report) }) },
} as const satisfies Record<string, Format>;

function withheld({ gate }: Report): string {
  return gate === null
    ? "not every expected account was audited, and GitHub would close the alerts of those that were not (--carry-forward keeps them)"
    : "expected stacks are missing, and GitHub would close their alerts (--expect names the stacks that must be there)";
}

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS);

export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name);
