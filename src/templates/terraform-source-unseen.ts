import { evaluate } from "./hcl/evaluate.ts";
import type { Term } from "./hcl/term.ts";
import type { UnseenModule } from "./resource.ts";
import { handedTo } from "./terraform-source-handed.ts";
import { instancesOf } from "./terraform-source-instances.ts";
import { calledModules, joined } from "./terraform-source-modules.ts";
import type { Module, Reading, UnseenCall } from "./terraform-source-reading.ts";
import { scopeOf } from "./terraform-source-scope.ts";
import { argumentValues } from "./terraform-source-values.ts";

/** So many calls of modules that are not at hand are told apart. */
const MAX_CALLS = 2_000;

/** The modules that a reading met and that are not at hand, with what each is handed. */
export function unseenModules({ unseen }: Reading): UnseenModule[] {
  const found: UnseenModule[] = [];
  for (const call of unseen) {
    if (found.length < MAX_CALLS) found.push(...calledBy(call));
  }
  return found;
}

/** None where its count says that it is not called. */
function calledBy({ module, block, source, why }: UnseenCall): UnseenModule[] {
  const handed = handedTo(module, block, inside);
  const address = joined(module.address, `module.${block.labels[0] ?? ""}`);
  const instances = instancesOf(block.body, scopeOf(module));
  return [...instances.byKey.values()].map(({ suffix, scope }) => {
    const terms = new Map<string, Term>();
    for (const [name, { value }] of block.body.attributes) {
      if (!META.has(name)) terms.set(name, evaluate(value, scope));
    }
    return { address: address + suffix, source, why, arguments: argumentValues(terms), handed };
  });
}

const META = new Set(["count", "for_each", "providers", "depends_on"]);

const inside = (module: Module, name: string): readonly Module[] | null => {
  const called = calledModules(module, name);
  return called === null ? null : [...called.modules.values()];
};
