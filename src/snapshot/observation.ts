import type { Static } from "typebox";
import type { ObservationSchema } from "./observation-schema.ts";

/** One call that was made, and what came back: what an auditor can look up in CloudTrail itself. */
export type Observation = Static<typeof ObservationSchema>;

/** The observations of a record and which of its facts each told. */
export type Provenance = { observations: Observation[]; sources: Record<string, number> };

/** The observation that told the fact at this pointer, by the longest prefix that has one. */
export function observationOf(
  { observations, sources }: Provenance,
  pointer: string,
): Observation | undefined {
  for (let prefix = pointer; ; prefix = prefix.slice(0, prefix.lastIndexOf("/"))) {
    const index = sources[prefix];
    if (index !== undefined) return observations[index];
    if (prefix === "") return undefined;
  }
}
