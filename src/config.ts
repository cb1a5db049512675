import { type Document, isMap, LineCounter, parseDocument } from "yaml";
import { bad } from "./config-fault.ts";
import { type Config, ConfigSchema } from "./config-schema.ts";
import { AuditError } from "./errors.ts";
import { ON_DISK, type TextSource } from "./text-source.ts";

/** A config and the bytes it was read from, for the snapshot's digest. */
export type LoadedConfig = {
  config: Config;
  text: string;
  /** Where these keys lead, as `file:line:column`. */
  at: (keys: readonly (string | number)[]) => string;
};

const SIZE_LIMIT = 1024 * 1024;

/** Reads a config file; throws "bad-config" that names file, line and cure. */
export async function loadConfig(path: string, source = ON_DISK): Promise<LoadedConfig> {
  const text = readText(path, source);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw bad(`${path}:${line}:${col}`, problem.message.split("\n")[0] ?? "is not YAML");
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  const read = { path, document, lines };
  const at: LoadedConfig["at"] = (keys) => place(read, keys.map(String));
  return { config: await validated(value, read), text, at };
}

type Source = { path: string; document: Document; lines: LineCounter };

async function validated(value: unknown, source: Source): Promise<Config> {
  // Loaded here because few runs have a config and every run would pay for ajv.
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const validate = new Ajv2020({ strict: false }).compile<Config>(ConfigSchema);
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  const keys = (error?.instancePath ?? "").split("/").slice(1);
  const extra: unknown = error?.params.additionalProperty;
  const name = keys.join(".") || "the file";
  if (extra === undefined)
    throw bad(place(source, keys), `${name} ${error?.message ?? "is wrong"}`);
  throw bad(place(source, [...keys, String(extra)]), `${name} has an unknown key \`${extra}\``);
}

function place({ path, document, lines }: Source, keys: string[]): string {
  const node = document.getIn(keys.slice(0, -1), true) ?? document.contents;
  const last = keys.at(-1);
  const pair = isMap(node) ? node.items.find(({ key }) => String(key) === last) : undefined;
  const key: unknown = pair?.key ?? document.getIn(keys, true);
  const range = typeof key === "object" && key !== null && "range" in key ? key.range : null;
  if (!Array.isArray(range)) return path;
  const { line, col } = lines.linePos(Number(range[0]));
  return `${path}:${line}:${col}`;
}

function readText(path: string, source: TextSource): string {
  try {
    const text = source.text(path);
    if (text.length > SIZE_LIMIT) throw bad(path, "is larger than 1 MiB");
    return text;
  } catch (error) {
    if (error instanceof AuditError) throw error;
    throw bad(path, `cannot be read (${error instanceof Error ? error.message : error})`);
  }
}
