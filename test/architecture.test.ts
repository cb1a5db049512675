import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** Which folders each folder of src/ may import from, beside itself. Data flows down this list. */
const MAY_IMPORT: Record<string, string[]> = {
  snapshot: ["errors"],
  collect: ["errors", "snapshot"],
  templates: ["errors", "snapshot"],
  subjects: ["errors", "snapshot"],
  policy: ["errors", "snapshot", "subjects", "text-source", "visible"],
  evaluate: ["errors", "snapshot", "subjects", "policy"],
  report: ["snapshot", "policy", "evaluate", "visible"],
  simulate: ["errors"],
  options: ["collect", "policy", "evaluate"],
  config: ["config-fault", "config-schema", "errors", "text-source"],
  "config-fault": ["errors"],
  "config-schema": ["policy"],
  errors: [],
  "text-source": [],
  version: [],
  visible: [],
  action: ["commands", "errors", "options", "report", "version"],
  commands: [
    "collect",
    "config",
    "config-fault",
    "config-schema",
    "errors",
    "evaluate",
    "options",
    "policy",
    "report",
    "simulate",
    "snapshot",
    "subjects",
    "templates",
    "text-source",
    "version",
  ],
  cli: ["commands", "report"],
};

/** Pure stages: data in, data out. */
const PURE = ["subjects", "evaluate", "report"];

const files = globSync("src/**/*.ts").map((file) => ({ file, text: readFileSync(file, "utf8") }));
const stageOf = (file: string): string => (file.split("/")[1] ?? "").replace(/\.ts$/, "");

function imports(text: string): string[] {
  return [...text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(([, target = ""]) => target);
}

test.for(files)("$file imports only what its stage may", ({ file, text }) => {
  const stage = stageOf(file);
  const allowed = [stage, ...(MAY_IMPORT[stage] ?? [])];
  for (const target of imports(text).filter((each) => each.startsWith("."))) {
    expect(allowed, `${file} imports ${target}`).toContain(stageOf(join(dirname(file), target)));
  }
});

test.for(files)("$file speaks AWS's protocols only in collect/ and simulate/", ({ file, text }) => {
  if (["collect", "simulate"].includes(stageOf(file))) return;
  const aws = imports(text).filter((each) => /^(@aws-sdk|@smithy|node:http)/.test(each));
  expect(aws).toEqual([]);
});

test.for(files.filter(({ file }) => PURE.includes(stageOf(file))))(
  "$file is pure: no clock, environment, console or files",
  ({ text }) => {
    expect(text).not.toMatch(/\bDate\.now\(|new Date\(\)|process\.|console\.|Math\.random/);
    expect(imports(text).filter((each) => /^node:(?!crypto)/.test(each))).toEqual([]);
  },
);

/** One long text, which is data. */
const DATA = ["src/simulate/demo-world-text.ts"];

test.for(files)(
  "$file fits its reader: at most 200 lines, no drawer for a name",
  ({ file, text }) => {
    if (!DATA.includes(file)) expect(text.split("\n").length).toBeLessThanOrEqual(201);
    expect(file).not.toMatch(/(utils?|helpers?|common|types|constants|index)(\.ts|\/)/);
  },
);

/** Where JSON from outside enters and a cast has a schema behind it. */
const BORDER = ["src/policy/builtin.ts", "src/policy/frameworks.ts", "src/policy/sources.ts"];

test.for(files)("$file has no cast beyond the border", ({ file, text }) => {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|`[^`]*`|"[^"\n]*"|import [^;]*;/g, "");
  const casts = [...code.matchAll(/\bas (?!const\b)[\w{(]+/g)].map(([cast]) => cast);
  expect(BORDER.includes(file) ? [] : casts).toEqual([]);
});
