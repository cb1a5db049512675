import { and, any, not, type Truth } from "../snapshot/logic.ts";
import { isUnknown, openEnd, type Unknown } from "../snapshot/unknown.ts";
import type { Trail } from "./schema/trail.ts";
import { ANY_OTHER, type Selector } from "./selectors.ts";

/** An event source by name, or every source that no selector names. */
export type Source = string | typeof ANY_OTHER;

/** Whether the management events of a source, reads (`true`) or writes (`false`), are recorded. */
export type Recorded = (source: Source, readOnly: boolean) => Truth;

/** The class of all management events. */
export const MANAGEMENT = { eventCategory: "Management" } as const;

export type ManagementCoverage = Omit<Trail["management"], "records" | "completedByOthers">;

/** The only event sources that a trail can leave out today. */
const EXCLUDABLE = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

/** The event sources that need a look of their own: the excludable ones and those that selectors name. */
export function namedSources(selectors: readonly Selector[]): string[] {
  const named = selectors
    .flat()
    .filter(({ field }) => field === "eventSource")
    .flatMap(({ equals = [], notEquals = [] }) => [...equals, ...notEquals]);
  return [...new Set([...EXCLUDABLE, ...named])].sort();
}

/** Reads and writes of sources in general, and the named sources that are left out of them. */
export function managementCoverage(
  sources: readonly string[],
  recorded: Recorded,
): ManagementCoverage {
  return {
    managementReads: recorded(ANY_OTHER, true),
    managementWrites: recorded(ANY_OTHER, false),
    excludedEventSources: excluded(sources, recorded),
  };
}

function excluded(sources: readonly string[], recorded: Recorded): (string | Unknown)[] {
  const left: string[] = [];
  const undecided: Unknown[] = [];
  for (const source of sources) {
    const isLeftOut = any([true, false], (readOnly) =>
      and(recorded(ANY_OTHER, readOnly), not(recorded(source, readOnly))),
    );
    if (isLeftOut === true) left.push(source);
    if (isUnknown(isLeftOut)) undecided.push(isLeftOut);
  }
  return [...left, ...openEnd(undecided)];
}
