/** Parameters of policies that decide derived facts, such as what is missing from a list. */
export const SUBJECT_PARAMETERS = [
  "requiredTagKeys",
  "dataEventResourceTypes",
  "networkActivityEventSources",
  "cloudTrailAdministrators",
] as const;

/** Their values; null: the config does not set it, and what hangs on it is not asked. */
export type Wanted = Record<(typeof SUBJECT_PARAMETERS)[number], readonly string[] | null>;
