import { writtenOut } from "./loops.ts";
import { type Declared, type Scope, unresolved } from "./scope.ts";

/** Makes a template ready to be evaluated: its loops written out, and why there may be more. */
export function openScope(parts: Omit<Scope, "resources" | "open" | "bound">): Scope {
  const bare: Scope = { ...parts, bound: new Map(), resources: new Map(), open: null };
  const { resources: node, macros } = parts.template;
  const [macro] = macros;
  const open = macro === undefined ? null : unresolved(`what ${macro} adds to the template`);
  if (node?.kind !== "map") return { ...bare, open };
  const written = writtenOut(node, bare);
  const resources = new Map<string, Declared>();
  for (const { name, value, key, bound } of written.entries) {
    resources.set(name, { id: name, node: value, key, bound });
  }
  return { ...bare, resources, open: open ?? written.open };
}
