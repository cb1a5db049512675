const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
};

const escaped = (text: string): string =>
  text.replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character);

/**
 * XML of a tree: an object's keys are elements, a list repeats its element, `@name` is an
 * attribute, `#text` the text beside attributes, and what is undefined is left out.
 */
export function xml(tree: unknown): string {
  if (tree === undefined || tree === null) return "";
  if (typeof tree !== "object") return escaped(String(tree));
  return Object.entries(tree)
    .filter(([name]) => !name.startsWith("@"))
    .map(([name, inner]) => (name === "#text" ? escaped(String(inner)) : elements(name, inner)))
    .join("");
}

function elements(name: string, inner: unknown): string {
  if (inner === undefined) return "";
  if (Array.isArray(inner)) return inner.map((each) => elements(name, each)).join("");
  return `<${name}${attributes(inner)}>${xml(inner)}</${name}>`;
}

function attributes(inner: unknown): string {
  if (typeof inner !== "object" || inner === null) return "";
  return Object.entries(inner)
    .filter(([name]) => name.startsWith("@"))
    .map(([name, value]) => ` ${name.slice(1)}="${escaped(String(value))}"`)
    .join("");
}

export const XML_TYPE = "text/xml;charset=UTF-8";
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
