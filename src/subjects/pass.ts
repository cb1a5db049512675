import type { HeaderRecord } from "../snapshot/records.ts";
import type { Unknown } from "../snapshot/unknown.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { type Join, newJoin, type SubjectContext } from "./join.ts";
import type { OrganizationFold } from "./organization.ts";
import type { SeenRegion } from "./sightings.ts";
import type { Standing } from "./trail.ts";
import type { TrailEntry } from "./trail-entry.ts";

/** What one pass over a snapshot remembers. */
export type Pass = {
  join: Join;
  coverage: (region: SeenRegion) => Coverage;
  /** null: this is no scan of an organization. */
  fold: OrganizationFold | null;
  /** Why there may be trails that were not seen, in any account. */
  unseen: Unknown | null;
  accounts: Set<string>;
  emitted: Set<TrailEntry>;
  /** Trails that wait for somebody to know their home region. */
  standings: Map<TrailEntry, Standing>;
  /** Accounts for which placeholders stand already. */
  placeholders: Set<string>;
};

/** A pass that has seen the header alone. */
export function newPass(header: HeaderRecord, context: SubjectContext): Pass {
  return {
    join: newJoin(header, context),
    coverage: coverageOf(header.partition, context.wanted),
    fold: null,
    unseen: null,
    accounts: new Set(),
    emitted: new Set(),
    standings: new Map(),
    placeholders: new Set(),
  };
}
