import { isUnknown, merged, type Unknown } from "../snapshot/unknown.ts";
import { blank, type ListedKind } from "./blank.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import type { Subject } from "./schema/kinds.ts";
import type { SeenAccount } from "./sightings.ts";

/** Where the subjects that were not listed would be; `region` null: anywhere in the account. */
export type Place = { accountId: string; region: string | null };

/** Stands for the subjects of its kind that may exist at a place: every fact unknown for one reason. */
export function placeholder(
  join: Join,
  kind: ListedKind,
  { accountId, region, why }: Place & { why: Unknown },
): Subject {
  const { more: _, ...cause } = why.$unknown;
  const marker: Unknown = { $unknown: cause };
  const identity = {
    id: region === null ? `${accountId}/*` : `${accountId}/${region}/*`,
    name: `every ${kind} that was not listed`,
    arn: null,
    ...belonging(join, accountId),
    region: region ?? marker,
    placeholder: true,
  };
  return { ...blank(kind, marker, identity), requestId: () => null };
}

/**
 * What stands for the subjects of an account that were not listed: for its regions where those are
 * not known, for its replicas by region, once for its event data stores, and once for its trails
 * and what they use.
 */
export function* accountPlaceholders(
  { join, placeholders }: { join: Join; placeholders: Set<string> },
  { record: { id: accountId }, regions, open, anyOpen }: SeenAccount,
): Generator<Subject> {
  const account = { accountId, region: null };
  if (open !== null) {
    yield placeholder(join, "region", { ...account, why: open });
    yield placeholder(join, "replica", { ...account, why: open });
  }
  for (const { record, open: why } of regions) {
    if (why !== null) yield placeholder(join, "replica", { accountId, region: record.name, why });
  }
  const lists = regions.map(({ record }) => record.eventDataStores.find(isUnknown) ?? null);
  const unlisted = [open, ...lists].filter((marker) => marker !== null);
  if (unlisted.length > 0) {
    yield placeholder(join, "event-data-store", { ...account, why: merged(unlisted) });
  }
  if (anyOpen === null) return;
  for (const kind of ["trail", "bucket", "key", "log-group"] as const) {
    if (standsAlready(placeholders, kind, accountId)) continue;
    yield placeholder(join, kind, { ...account, why: anyOpen });
  }
}

/** Whether a placeholder of the kind stands for the account; from now on one does. */
export function standsAlready(
  placeholders: Set<string>,
  kind: ListedKind,
  accountId: string,
): boolean {
  const key = `${kind} ${accountId}`;
  const stands = placeholders.has(key);
  placeholders.add(key);
  return stands;
}
