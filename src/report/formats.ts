import type { Report } from "./report.ts";

/** A file that `--format` can ask for. */
export type Format = {
  file: string;
  /** The file's content; null where none may be written, `why` then says why. */
  write: (report: Report) => Promise<{ content: string } | { content: null; why: string }>;
};

/**
 * Every format there is: a new one is a pure function in a file of its own, and a line here. It is
 * loaded where it is asked for: the names alone are enough for `--help`.
 */
export const FORMATS = {
  json: {
    file: "results.json",
    write: async (report) => ({ content: (await import("./results.ts")).json(report) }),
  },
  sarif: {
    file: "results.sarif",
    write: async (report) => {
      const { mayReplace, sarif } = await import("./sarif.ts");
      if (!mayReplace(report)) return { content: null, why: withheld(report) };
      return { content: sarif(report) };
    },
  },
  markdown: {
    file: "summary.md",
    write: async (report) => ({ content: (await import("./summary.ts")).summary(report) }),
  },
} as const satisfies Record<string, Format>;

function withheld({ gate }: Report): string {
  return gate === null
    ? "not every expected account was audited, and GitHub would close the alerts of those that were not (--carry-forward keeps them)"
    : "expected stacks are missing, and GitHub would close their alerts (--expect names the stacks that must be there)";
}

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS);

export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name);
