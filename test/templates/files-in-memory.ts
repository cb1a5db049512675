import type { Files } from "../../src/templates/files.ts";

/** Files of a test, by path. */
export function filesOf(texts: { readonly [path: string]: string | Uint8Array }): Files {
  const paths = Object.keys(texts);
  return {
    read: (path) => {
      const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
      return text === undefined
        ? null
        : typeof text === "string"
          ? new TextEncoder().encode(text)
          : text;
    },
    list: (folder) => {
      const before = folder === "" ? "" : `${folder}/`;
      const inside = paths
        .filter((path) => path.startsWith(before))
        .map((path) => path.slice(before.length));
      const names = new Set(inside.map((path) => path.split("/")[0] ?? ""));
      return [...names].map((name) => ({
        name,
        isFolder: inside.some((path) => path.startsWith(`${name}/`)),
      }));
    },
  };
}
