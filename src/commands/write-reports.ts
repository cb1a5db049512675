import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AuditError } from "../errors.ts";
import { FORMATS, type Format, type FormatName } from "../report/formats.ts";
import type { Report } from "../report/report.ts";

/** Writes each format's file into the folder; gives what was written, and what was not and why. */
export async function writeReports(
  report: Report,
  folder: string,
  formats: readonly FormatName[],
): Promise<{ written: string[]; withheld: { file: string; why: string }[] }> {
  const written: string[] = [];
  const withheld: { file: string; why: string }[] = [];
  for (const name of formats) {
    const { file, write }: Format = FORMATS[name];
    const answer = await write(report);
    const path = join(folder, file);
    if (answer.content === null) withheld.push({ file: path, why: answer.why });
    else {
      writing(path, () => writeFileSync(path, answer.content));
      written.push(path);
    }
  }
  return { written, withheld };
}

/** Makes the folder for results; throws "cannot-write" with the cure. */
export function makeFolder(folder: string): void {
  writing(folder, () => mkdirSync(folder, { recursive: true }));
}

function writing(path: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new AuditError(
      "cannot-write",
      `${path}: cannot be written (${error instanceof Error ? error.message : error})`,
      "Name a folder that may be written to with --out.",
      { cause: error },
    );
  }
}
