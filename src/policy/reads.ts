import type { Check, Node } from "./node.ts";

/** The fields of a subject that a schema looks at; null: it may be any of them. */
export function fieldsRead(node: Node): readonly string[] | null {
  const fields = new Set<string>();
  for (const check of node.checks) {
    const read = readBy(check);
    if (read === null) return null;
    for (const name of read) fields.add(name);
  }
  return [...fields];
}

function readBy(check: Check): readonly string[] | null {
  switch (check.kind) {
    case "properties":
      return check.children.map(({ name }) => name);
    case "required":
      return check.names;
    case "allOf":
    case "anyOf":
      return together(check.children);
    case "not":
      return fieldsRead(check.child);
    case "if":
      return together([check.condition, check.met, check.unmet]);
    // About the subject as a whole, which is an object and no list.
    case "leaf":
      return [];
    default:
      return null;
  }
}

/** The fields that any of them reads. */
export function together(nodes: readonly Node[]): readonly string[] | null {
  const read = nodes.map(fieldsRead);
  return read.includes(null) ? null : [...new Set(read.flatMap((names) => names ?? []))];
}
