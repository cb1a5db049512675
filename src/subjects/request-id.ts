import { observationOf, type Provenance } from "../snapshot/observation.ts";

/** A part of a subject, by pointer, and the record and pointer that it came from. */
export type Origin = { at: string; record: Provenance | undefined; pointer: string };

/** Finds the request id of the answer that told a subject's fact, by the longest part that holds it. */
export function requestIds(origins: readonly Origin[]): (pointer: string) => string | null {
  return (pointer) => {
    const origin = origins
      .filter(({ at }) => at === "" || pointer === at || pointer.startsWith(`${at}/`))
      .reduce<Origin | undefined>(
        (best, each) => (best === undefined || each.at.length > best.at.length ? each : best),
        undefined,
      );
    if (origin?.record === undefined) return null;
    const rest = pointer.slice(origin.at.length);
    return observationOf(origin.record, `${origin.pointer}${rest}`)?.requestId ?? null;
  };
}
