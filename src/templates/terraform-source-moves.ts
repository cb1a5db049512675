import type { Block, Expression } from "./hcl/syntax.ts";
import { parseTypeText } from "./hcl/type-text.ts";
import type { PlannedChange, TemplateResource } from "./resource.ts";
import { calledModules, joined } from "./terraform-source-modules.ts";
import type { Module } from "./terraform-source-reading.ts";

/** What `moved` blocks say of resources that are there, each where it was before: those of modules, of what is in them. */
export function movesOf(root: Module, resources: readonly TemplateResource[]): PlannedChange[] {
  const moves = modulesIn(root).flatMap(({ address, configuration }) =>
    configuration.moved.flatMap(({ body, source }) => {
      const [from, to] = ["from", "to"].map((name) => {
        const value = body.attributes.get(name)?.value;
        return value === undefined ? null : addressOf(parseTypeText(value, source));
      });
      return from == null || to == null
        ? []
        : [{ from: joined(address, from), to: joined(address, to) }];
    }),
  );
  return resources.flatMap(({ address }) => {
    const previousAddress = before(address, moves);
    return previousAddress === address
      ? []
      : [{ address, previousAddress, action: "no-op" as const }];
  });
}

/** What `removed` blocks leave in place: a resource with all instances, or a module, in all instances of theirs. */
export function removalsOf(root: Module): PlannedChange[] {
  const kept = modulesIn(root).flatMap(({ address, configuration }) =>
    configuration.removed.flatMap(({ body, source }) => {
      const value = body.attributes.get("from")?.value;
      const from = value === undefined ? null : addressOf(parseTypeText(value, source));
      return from === null || !isKept(body) ? [] : [joined(withoutKeys(address), from)];
    }),
  );
  return [...new Set(kept)].map((address) => ({
    address,
    previousAddress: null,
    action: "forget",
  }));
}

/** The module itself, and all that are called in it. */
function modulesIn(module: Module): Module[] {
  const names = [...module.configuration.modules.keys()];
  const inner = names.flatMap((name) => [...(calledModules(module, name)?.modules.values() ?? [])]);
  return [module, ...inner.flatMap(modulesIn)];
}

/** The address of a module's block; keys may hold brackets. */
const withoutKeys = (address: string): string =>
  address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, "");

/** Only where it is said: Terraform destroys what a block without `destroy = false` removes. */
function isKept({ blocks }: Block["body"]): boolean {
  return blocks.some(({ type, body }) => {
    const destroy = type === "lifecycle" ? body.attributes.get("destroy")?.value : undefined;
    return destroy?.kind === "literal" && destroy.value === false;
  });
}

type Move = { from: string; to: string };

/** Moves may follow each other; each is taken once. */
function before(address: string, moves: readonly Move[]): string {
  let found = address;
  const left = new Set(moves.slice(0, 1000));
  for (;;) {
    const move = [...left].find(
      ({ to }) => found === to || (found.startsWith(to) && /^[.[]/.test(found.slice(to.length))),
    );
    if (move === undefined) return found;
    left.delete(move);
    found = move.from + found.slice(move.to.length);
  }
}

/** An address as Terraform writes it; null: it is none. */
function addressOf(expression: Expression): string | null {
  if (expression.kind === "name") return expression.name;
  if (expression.kind === "attribute") {
    const from = addressOf(expression.from);
    return from === null ? null : `${from}.${expression.name}`;
  }
  if (expression.kind !== "index" || expression.key.kind !== "literal") return null;
  const from = addressOf(expression.from);
  return from === null ? null : `${from}[${JSON.stringify(expression.key.value)}]`;
}
