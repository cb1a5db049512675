import { failure, type Term, unresolved } from "./hcl/term.ts";
import type { Instances } from "./terraform-source-reading.ts";

/** A block with its instances in an expression: one thing, or a list or a map of things. */
export function instancesTerm(
  name: string,
  { shape, byKey }: Instances,
  termOf: (key: string | number) => Term,
): Term {
  if (shape === "one") return termOf("");
  const surely = [...byKey.values()].every(({ presence }) => presence === true);
  const notSure = () => unresolved(`${name}, of which it is not known how many there are`);
  if (shape === "open" || !surely) return { name, $get: notSure, $whole: notSure };
  return {
    name,
    $get: (key) => {
      const instance = byKey.has(key) ? key : shape === "list" ? Number(key) : String(key);
      return byKey.has(instance) ? termOf(instance) : failure(`${name}[${key}] is not there`);
    },
    $whole: () => {
      if (shape === "list") return [...byKey.keys()].map(termOf);
      return new Map([...byKey.keys()].map((key): [string, Term] => [String(key), termOf(key)]));
    },
  };
}
