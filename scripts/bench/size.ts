import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DIST, type Section } from "./bench.ts";
import { megabytes } from "./line.ts";

/** What everybody downloads. */
export const size: Section = async ({ say }) => {
  const bytes = readdirSync(DIST).map((name) => statSync(join(DIST, name)).size);
  const total = bytes.reduce((sum, each) => sum + each, 0);
  say({ what: "dist/, all files", value: megabytes(total), unit: "MB", limit: 3 });
};
