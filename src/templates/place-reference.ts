import type { Unknown } from "../snapshot/unknown.ts";
import type { Reference } from "./value.ts";

/** What a data source tells of the place that its provider works in. No resource has such attributes. */
const ATTRIBUTES = { account: "$account", region: "$region", partition: "$partition" } as const;

export type PlaceFact = keyof typeof ATTRIBUTES;

/** A part of a place that is not known: `why` says whose it is, as it does of resources that are there. */
export const placeReference = (fact: PlaceFact, { $unknown: { detail } }: Unknown): Reference => ({
  $reference: { address: detail ?? "", attribute: ATTRIBUTES[fact] },
});

/** What part of a place a reference names; null: it is an attribute of a resource. */
export function placeFactOf({ $reference: { attribute } }: Reference): PlaceFact | null {
  if (attribute === ATTRIBUTES.account) return "account";
  if (attribute === ATTRIBUTES.region) return "region";
  return attribute === ATTRIBUTES.partition ? "partition" : null;
}
