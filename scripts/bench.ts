/**
 * Measures, side by side in one run, the numbers that are to be reached, and prints them with their
 * ratios. `npm run bench -- start size` runs those sections alone; `--large` adds a scan of 10,000
 * accounts. Nothing here fails: times depend on the machine, so a person judges them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { account } from "./bench/account.ts";
import { bareNode, requireDist, type Section } from "./bench/bench.ts";
import { check } from "./bench/check.ts";
import { evaluate } from "./bench/evaluate.ts";
import { written } from "./bench/line.ts";
import { organization } from "./bench/organization.ts";
import { size } from "./bench/size.ts";
import { start } from "./bench/start.ts";

const SECTIONS: Record<string, Section> = { size, start, account, organization, evaluate, check };

const asked = process.argv.slice(2);
const large = asked.includes("--large");
const names = asked.filter((name) => name !== "--large");
const wrong = names.find((name) => !Object.hasOwn(SECTIONS, name));
if (wrong !== undefined) {
  console.error(`There is no section ${wrong}, only ${Object.keys(SECTIONS).join(", ")}.`);
  process.exit(2);
}

requireDist();
const folder = mkdtempSync(join(tmpdir(), "trailproof-bench-"));
const node = await bareNode(folder);
for (const [name, section] of Object.entries(SECTIONS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`\n${name}`);
  await section({
    folder,
    large,
    node,
    say: (line) => console.log(`  ${written(line)}`),
    note: (text) => console.log(`  ${text}`),
  });
}
rmSync(folder, { recursive: true });
