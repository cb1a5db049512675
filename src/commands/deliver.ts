import type { JudgingOptions } from "../options.ts";
import { type FormatName, isFormat } from "../report/formats.ts";
import { redactionOf } from "../report/redact.ts";
import type { Report } from "../report/report.ts";
import { json } from "../report/results.ts";
import { headline, text } from "../report/text.ts";
import type { Console } from "./console.ts";
import { makeFolder, writeReports } from "./write-reports.ts";

/** Writes the files that were asked for, and prints the outcome. */
export async function delivered(
  report: Report,
  { options, console }: { options: JudgingOptions; console: Console },
): Promise<void> {
  makeFolder(options.out);
  const formats = options.format.filter((name): name is FormatName => isFormat(name));
  const { written, withheld } = await writeReports(report, options.out, formats);
  print(report, options, console);
  console.reported?.({ report, written, folder: options.out });
  if (!options.quiet) {
    console.err(`Written: ${written.join(", ")}\n`);
    for (const { file, why } of withheld) console.err(`Not written: ${file}: ${why}.\n`);
  }
}

function print(
  report: Report,
  { quiet, json: asJson, redact }: JudgingOptions,
  { out, err, paint }: Console,
): void {
  const safe = redact ? redactionOf(report) : unchanged;
  if (asJson) out(safe(json(report)));
  const say = asJson ? err : out;
  say(safe(quiet ? `${headline(report, paint).join("\n")}\n` : text(report, paint)));
}

const unchanged = (text: string): string => text;
