/** Parameters of CloudFormation as a file gives them; `label` tells several sets of one file apart. */
export type ParameterSet = { label: string; values: Readonly<Record<string, string>> };

const NAME = /^[A-Za-z0-9]{1,255}$/;
const LONGEST_VALUE = 4096;

/** The parameters in a JSON file, in one of the three shapes that there are; null: it has another. */
export function jsonParameters(text: string): ParameterSet[] | null {
  const content = parsed(text);
  const pairs = Array.isArray(content) ? content.flatMap(itemPairs) : memberPairs(content);
  return pairs === null ? null : [set("", pairs)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Pair = readonly [name: string, value: unknown];

const set = (label: string, pairs: readonly Pair[]): ParameterSet => ({
  label,
  values: Object.fromEntries(
    pairs.flatMap(([name, value]) => {
      const told = textOf(value);
      return NAME.test(name) && told !== null ? [[name, told]] : [];
    }),
  ),
});

function textOf(value: unknown): string | null {
  return Array.isArray(value) ? value.map(scalar).join(",").slice(0, LONGEST_VALUE) : scalar(value);
}

function scalar(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? value.slice(0, LONGEST_VALUE) : null;
}

/** `[{ "ParameterKey": …, "ParameterValue": … }]` and `["Name=value"]`. */
function itemPairs(item: unknown): Pair[] {
  if (typeof item === "string") {
    const at = item.indexOf("=");
    return at < 0 ? [] : [[item.slice(0, at), item.slice(at + 1)]];
  }
  const [key, value] = [own(item, "ParameterKey"), own(item, "ParameterValue")];
  return typeof key === "string" && value !== undefined ? [[key, value]] : [];
}

/** `{ "Parameters": { "Name": "value" } }`. */
function memberPairs(content: unknown): Pair[] | null {
  const parameters = own(content, "Parameters");
  if (typeof parameters !== "object" || parameters === null) return null;
  return Object.entries(parameters);
}

function own(value: unknown, key: string): unknown {
  const has = typeof value === "object" && value !== null && Object.hasOwn(value, key);
  return has ? Reflect.get(value, key) : undefined;
}

/** Of a table's name: the environment, and the command that reads it. */
const TABLE = /^[ \t]*\["?([\w-]{1,100})"?\.(deploy|global|sync)\./;

/**
 * The parameters in `samconfig.toml`, a set for each environment that overrides some; null: none
 * can be read. Of TOML no more is understood than tables, and texts alone or in a list.
 */
export function samParameters(text: string): ParameterSet[] | null {
  const sets: ParameterSet[] = [];
  for (const table of text.split(/^(?=[ \t]*\[)/m)) {
    const [, environment = "", command] = TABLE.exec(table) ?? [];
    const written = /^[ \t]*parameter_overrides[ \t]*=[ \t]*/m.exec(table);
    if (command === undefined || written === null) continue;
    const texts = textsAt(table, written.index + written[0].length);
    const label = command === "deploy" ? environment : `${environment}.${command}`;
    sets.push(set(label, texts.flatMap(overrides)));
  }
  return sets.length === 0 ? null : sets;
}

const SPACE = /(?:[\s,]|#.*)*/y;
const TEXT = /"""((?:\\[\s\S]|[^\\])*?)"""|'''([\s\S]*?)'''|"((?:\\.|[^"\\\n])*)"|'([^'\n]*)'/y;

/** The texts of a TOML value: one, or those of a list. */
function textsAt(table: string, start: number): string[] {
  const found: string[] = [];
  const isList = table[start] === "[";
  let at = isList ? start + 1 : start;
  do {
    SPACE.lastIndex = at;
    at += SPACE.exec(table)?.[0].length ?? 0;
    TEXT.lastIndex = at;
    const text = TEXT.exec(table);
    if (text === null) break;
    const [whole, long, longRaw, short, raw] = text;
    found.push(
      long !== undefined || short !== undefined
        ? unescaped(long ?? short ?? "")
        : (longRaw ?? raw ?? ""),
    );
    at += whole.length;
  } while (isList);
  return found;
}

const unescaped = (text: string): string =>
  text.replace(/\\(\r?\n\s*|.)/g, (_, escaped: string) =>
    escaped === "n" ? "\n" : escaped === "t" ? "\t" : escaped.trim(),
  );

const KEYED = /ParameterKey=([A-Za-z0-9]+),ParameterValue=("(?:\\.|[^"\\])*"|'[^']*'|\S*)/g;
const NAMED = /(?<![^\s])"?([A-Za-z0-9]+)"?=("(?:\\.|[^"\\])*"|'[^']*'|\S*)/g;

function overrides(text: string): Pair[] {
  const pattern = text.includes("ParameterKey=") ? KEYED : NAMED;
  return [...text.matchAll(pattern)].map(([, name = "", value = ""]) => [name, unquoted(value)]);
}

const unquoted = (value: string): string =>
  /^(["'])[\s\S]*\1$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
