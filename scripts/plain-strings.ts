import type { Plugin } from "rolldown";
import { parseSync, Visitor } from "rolldown/utils";

/**
 * Writes templates that nothing is put into as strings. The minifier makes all texts templates, which
 * compress better; but V8 takes longer to read one, and a check of a small plan waits for thousands.
 */
export const plainStrings: Plugin = {
  name: "plain-strings",
  generateBundle: (_, files) => {
    for (const file of Object.values(files)) {
      if (file.type === "chunk") file.code = withStrings(file.code);
    }
  },
};

/** Exported for tests: a script with strings in place of such templates, in ASCII. */
export function withStrings(code: string): string {
  const found = new Map<number, { end: number; text: string }>();
  new Visitor({
    TemplateLiteral: ({ start, end, quasis, expressions }) => {
      const text = quasis[0]?.value.cooked ?? null;
      if (expressions.length === 0 && text !== null) found.set(start, { end, text });
    },
    // Whoever is given it sees how it was written.
    "TaggedTemplateExpression:exit": ({ quasi }) => void found.delete(quasi.start),
  }).visit(parseSync("bundle.js", code, { sourceType: "script" }).program);
  let written = "";
  let at = 0;
  for (const [start, { end, text }] of [...found].sort(([a], [b]) => a - b)) {
    written += code.slice(at, start) + quoted(text);
    at = end;
  }
  return written + code.slice(at);
}

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
