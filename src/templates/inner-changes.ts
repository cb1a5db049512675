import type { PlannedChange, TemplateState } from "./resource.ts";

const STACK =
  /(?:^|\.)aws(?:cc)?_cloudformation_stack(?:_set)?\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?$/;

/** What is done to a stack of CloudFormation is done to all that its template makes. */
export function innerChanges(
  changes: readonly PlannedChange[],
  { before, after }: { before: TemplateState | null; after: TemplateState },
): PlannedChange[] {
  return changes.flatMap((change) => {
    if (!STACK.test(change.address)) return [change];
    const { address, previousAddress, action } = change;
    const was = idsIn(before, previousAddress ?? address);
    const is = idsIn(after, address);
    const inner = [...new Set([...was, ...is])].map((id) => ({
      address: `${address}/${id}`,
      previousAddress: previousAddress === null ? null : `${previousAddress}/${id}`,
      action: action === "update" ? updated(id, was, is) : action,
    }));
    return [change, ...inner];
  });
}

function idsIn(state: TemplateState | null, address: string): Set<string> {
  const prefix = `${address}/`;
  const found = (state?.resources ?? []).filter((each) => each.address.startsWith(prefix));
  return new Set(found.map((each) => each.address.slice(prefix.length)));
}

function updated(id: string, was: Set<string>, is: Set<string>): PlannedChange["action"] {
  if (!is.has(id)) return "delete";
  return was.has(id) ? "update" : "create";
}
