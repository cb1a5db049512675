import { evaluate, type Scope } from "./hcl/evaluate.ts";
import type { Block } from "./hcl/syntax.ts";
import { isMap, settled } from "./hcl/term.ts";
import { type Computed, computed } from "./terraform-source-body.ts";

/**
 * Computes a stack of CloudFormation: a template that is encoded is kept as it was before, so that what
 * is not known in it hides nothing.
 */
export function withTemplate(block: Block, scope: Scope): Computed {
  const { values, place } = computed(block, scope);
  const body = block.body.attributes.get("template_body")?.value;
  const [only] =
    body?.kind === "call" && /^(?:core::)?(?:json|yaml)encode$/.test(body.name) ? body.args : [];
  const document = only === undefined ? null : settled(evaluate(only, scope));
  if (document === null || !isMap(document)) return { values, place };
  return { values: new Map(values).set("template_body", document), place };
}
