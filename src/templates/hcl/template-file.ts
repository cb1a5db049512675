import { AuditError } from "../../errors.ts";
import { entriesOf } from "./builtin.ts";
import { evaluate, type Names, type Scope } from "./evaluate.ts";
import { parseTemplate } from "./template.ts";
import { failure, type Term, textOf } from "./term.ts";

/** Computes `templatefile(path, variables)`: the template sees its variables alone. */
export function readTemplateFile([path = null, variables]: readonly Term[], scope: Scope): Term {
  const file = textOf(path);
  if (typeof file !== "string") return file;
  const given = entriesOf(variables);
  if ("instead" in given) return given.instead;
  const text = textOf(scope.file(file));
  if (typeof text !== "string") return text;
  let names: Names | null = null;
  for (const [name, value] of given.map) names = { name, value, outer: names };
  try {
    return evaluate(parseTemplate({ file, text }), { ...scope, names, root: () => undefined });
  } catch (error) {
    if (error instanceof AuditError) return failure(error.message);
    throw error;
  }
}
