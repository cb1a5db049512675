import { isUnknown } from "../snapshot/unknown.ts";
import { SUBJECT_KINDS, type SubjectKind } from "../subjects/schema/kinds.ts";
import { isRecord } from "./node.ts";

/**
 * The fields of a compliant subject with an example's difference laid over them: objects merge;
 * lists, markers and everything else replace.
 */
export function exampleSubject(
  kind: SubjectKind,
  difference: Record<string, unknown>,
): Record<string, unknown> {
  return overlaid({ ...SUBJECT_KINDS[kind].compliant }, difference);
}

function overlaid(
  base: Record<string, unknown>,
  difference: Record<string, unknown>,
): Record<string, unknown> {
  const changed = Object.entries(difference).map(([name, value]) => {
    const below = Object.hasOwn(base, name) ? base[name] : undefined;
    const merges = isRecord(below) && isRecord(value) && !isUnknown(value) && !isUnknown(below);
    return [name, merges ? overlaid(below, value) : value];
  });
  return { ...base, ...Object.fromEntries(changed) };
}
