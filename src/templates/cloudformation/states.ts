import { isUnknown } from "../../snapshot/unknown.ts";
import type { TemplateResource, TemplateState } from "../resource.ts";
import { assumptions } from "./assumptions.ts";
import type { Scenario, Scenarios } from "./scenarios.ts";

/**
 * The states that a template may have: scenarios with the same resources are one state, and a
 * resource that is the same in several is one object.
 */
export function statesOf({ scenarios, variables }: Scenarios): [TemplateState, ...TemplateState[]] {
  const [first] = scenarios;
  if (scenarios.length === 1) return [stateOf(first, null)];
  const groups = grouped(scenarios);
  const words = assumptions(groups, variables);
  const states = groups.map(([scenario], index) => stateOf(scenario, words[index] ?? null));
  const [state, ...others] = states;
  return state === undefined ? [stateOf(first, null)] : [state, ...others];
}

function stateOf({ resources, open }: Scenario, assuming: string | null): TemplateState {
  return { assuming, resources, open };
}

type Group = [Scenario, ...Scenario[]];

function grouped(scenarios: readonly Scenario[]): Group[] {
  const interned = new Map<string, TemplateResource>();
  const ids = new Map<TemplateResource, number>();
  const groups = new Map<string, Group>();
  for (const scenario of scenarios) {
    const resources = scenario.resources.map((each) => {
      if (ids.has(each)) return each;
      const key = JSON.stringify([each.address, each]);
      const one = interned.get(key) ?? each;
      interned.set(key, one);
      if (!ids.has(one)) ids.set(one, ids.size);
      return one;
    });
    const open = isUnknown(scenario.open) ? JSON.stringify(scenario.open) : "";
    const key = `${resources.map((each) => ids.get(each)).join(" ")} ${open}`;
    const group = groups.get(key);
    const same = { ...scenario, resources };
    if (group === undefined) groups.set(key, [same]);
    else group.push(same);
  }
  return [...groups.values()];
}
