import { parse, type ScalarTag, stringify, type Tags } from "yaml";
import { type Builtin, ofTexts } from "./builtin.ts";
import { jsonText } from "./json-text.ts";
import { exact, failure, sortedMap, type Term, unresolved } from "./term.ts";

const LONGEST_YAML = 100_000;

/** What `JSON.parse` or the YAML reader gives, as a term. */
function termOf(json: unknown, depth = 0): Term {
  if (depth > 60) return unresolved("a document nested too deeply");
  if (json === null || typeof json === "string" || typeof json === "boolean") return json;
  if (typeof json === "number") return exact(json, String(json));
  if (Array.isArray(json)) return json.map((each) => termOf(each, depth + 1));
  if (typeof json !== "object") return unresolved("a document with more than JSON has");
  return sortedMap(
    new Map(Object.entries(json).map(([key, value]) => [key, termOf(value, depth + 1)])),
  );
}

/** What a JSON text says; a failure where it is none. */
export function jsonTerm(text: string): Term {
  try {
    return termOf(JSON.parse(text));
  } catch {
    return failure("no JSON");
  }
}

const jsondecode = ofTexts((text = "") => jsonTerm(text));

/** Truth values to Terraform, which has them from YAML 1.1, and words to others. */
const OLD_TRUTH: ScalarTag = {
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test: /^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/,
  resolve: (text) => /^(?:y|on$)/i.test(text),
};

/** As Terraform reads it, with `<<` merged into the map around it. */
const YAML = {
  maxAliasCount: 100,
  schema: "core",
  merge: true,
  uniqueKeys: true,
  customTags: (tags: Tags) => [OLD_TRUTH, ...tags],
} as const;

const yamldecode = ofTexts((text = "") => {
  if (text.length > LONGEST_YAML || nestsDeeply(text)) return unresolved("a large YAML document");
  try {
    return termOf(parse(text, YAML));
  } catch {
    return unresolved("a YAML document");
  }
});

/** The YAML reader descends by calling itself. */
function nestsDeeply(text: string): boolean {
  return (text.match(/[[{]/g)?.length ?? 0) > 2000 || /(?:^|\n) {400}|(?:- ?){100}/.test(text);
}

const bytes = (text: string) => new TextEncoder().encode(text);

const base64encode = ofTexts((text = "") =>
  btoa(Array.from(bytes(text), (byte) => String.fromCharCode(byte)).join("")),
);

const base64decode = ofTexts((text = "") => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(atob(text), (char) => char.charCodeAt(0)),
    );
  } catch {
    return failure("no base64 of a text");
  }
});

/** Equal documents, if not the same text: who reads YAML reads JSON. */
const yamlencode: Builtin = ([term = null]) => {
  const text = jsonText(term);
  if (typeof text !== "string") return text;
  return text.length > LONGEST_YAML
    ? unresolved("yamlencode()")
    : stringify(JSON.parse(text), { defaultStringType: "QUOTE_DOUBLE" });
};

/** The functions that read and write documents. */
export const ENCODINGS: readonly [string, Builtin][] = [
  ["jsonencode", ([term = null]) => jsonText(term)],
  ["jsondecode", jsondecode],
  ["yamlencode", yamlencode],
  ["yamldecode", yamldecode],
  ["base64encode", base64encode],
  ["base64decode", base64decode],
  [
    "urlencode",
    ofTexts((text = "") =>
      encodeURIComponent(text)
        .replace(/%20/g, "+")
        .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
    ),
  ],
];
