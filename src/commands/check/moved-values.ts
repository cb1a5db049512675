import type { StackDefinition } from "./inputs.ts";
import { isSameFile } from "./near-values.ts";
import { spelled } from "./paths.ts";
import type { StackPlaces } from "./stack-config.ts";

type Values = Pick<StackDefinition, "variableFiles" | "isDoubtful">;

/**
 * The files of values that a stack is applied with after a change. The base says which, as far as they
 * are still there: a change cannot leave one out, or put another before it. One that the change moved
 * is taken where it lies now; where it names others instead of what it took away, these are taken
 * too, and none of those that lie near is ruled out.
 */
export function valuesAfter(
  own: StackDefinition,
  former: StackDefinition,
  { head, base }: StackPlaces,
): Values {
  const named = own.variableFiles.map(spelled);
  const old = former.variableFiles.map(spelled);
  const added = new Set(named.filter((path) => !old.includes(path) && head.read(path) !== null));
  let isDoubtful = false;
  const kept = old.flatMap((path) => {
    if (head.read(path) !== null || named.includes(path)) return [path];
    const before = base === null ? null : { files: base, path };
    const place = [...added].find(
      (each) => before !== null && isSameFile({ files: head, path: each }, before),
    );
    if (place === undefined) isDoubtful = true;
    else added.delete(place);
    return place ?? [];
  });
  return isDoubtful ? { variableFiles: [...kept, ...added], isDoubtful } : { variableFiles: kept };
}
