import type { TemplateInput, UnseenModule } from "../../templates/resource.ts";
import { mayHoldTrail } from "../../templates/unseen-trails.ts";
import { shown } from "./paths.ts";
import type { Valued } from "./value-files.ts";

const MOST_NAMED = 5;

/** Puts first what the change does to modules that are not at hand and called as if they held trails. */
export function withUnseenLead({ head, before }: Valued): Valued {
  const now = trailModules(head.inputs);
  const then = [...before, ...head.inputs.flatMap(toldBefore)];
  const lead = [...trailModules(then)].flatMap(([key, was]) => {
    const is = now.get(key);
    if (is !== undefined && written(is) === written(was)) return [];
    const what = is === undefined ? "removes" : "changes the arguments of";
    return [
      `The change ${what} ${shown(was.address)} (${shown(was.source)}), which may hold trails and is not at hand: what that does to them is not seen; ${cureOf(was)}.`,
    ];
  });
  return { head: { ...head, lead: [...head.lead, ...lead.slice(0, MOST_NAMED)] }, before };
}

/** What a plan tells of before. */
const toldBefore = ({ stack, before }: TemplateInput): Pick<TemplateInput, "stack" | "after">[] =>
  before === null ? [] : [{ stack, after: [before] }];

const cureOf = ({ address }: UnseenModule): string =>
  /(?:^|\.)aws(?:cc)?_cloudformation_/.test(address)
    ? "judge its template by itself, or give it as a text or file of the repository"
    : "judge a plan, or let `terraform init` fetch it before the check";

const written = (module: UnseenModule): string => JSON.stringify(module.arguments);

function trailModules(
  inputs: readonly Pick<TemplateInput, "stack" | "after">[],
): Map<string, UnseenModule> {
  const all = inputs.flatMap(({ stack, after: [{ unseen }] }) =>
    (unseen?.modules ?? []).map((module) => [`${stack}#${module.address}`, module] as const),
  );
  return new Map(all.filter(([, module]) => mayHoldTrail(module)));
}
