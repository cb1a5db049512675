import { ours, type Section } from "./bench.ts";
import { megabytes, times } from "./line.ts";
import { median } from "./measure.ts";

/** How long it takes to say anything at all. */
export const start: Section = async ({ folder, node, say }) => {
  say({ what: "node -e 0", value: node.wallMs, unit: "ms" });
  const help = await median(7, ours(folder, ["--help"]));
  const ratio = `${times(help.wallMs, node.wallMs)} node`;
  say({ what: "--help, wall", value: help.wallMs, unit: "ms", limit: 80, ratio });
  say({ what: "--help, memory", value: megabytes(help.peakBytes), unit: "MB" });
};
