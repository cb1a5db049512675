import { type Fact, isUnknown, type Unknown } from "../snapshot/unknown.ts";
import type { Reference } from "./value.ts";

/**
 * What a data source tells of the place that its provider works in: of the account also the
 * organization. No resource has such attributes.
 */
const ATTRIBUTES = {
  account: "$account",
  region: "$region",
  partition: "$partition",
  organization: "$organization",
  name: "$name",
} as const;

export type PlaceFact = keyof typeof ATTRIBUTES;

/** A part of a place that is not known: `why` says whose it is, as it does of resources that are there. */
export const placeReference = (fact: PlaceFact, { $unknown: { detail } }: Unknown): Reference => ({
  $reference: { address: detail ?? "", attribute: ATTRIBUTES[fact] },
});

/** The organization of an account, of which no more than this is known. */
export const organizationReference = (account: Fact<string>): Reference => ({
  $reference: {
    address: isUnknown(account) ? (account.$unknown.detail ?? "") : account,
    attribute: ATTRIBUTES.organization,
  },
});

/** What something is called that is there already: a name of AWS's, without quotes or wildcards. */
export const nameReference = (address: string): Reference => ({
  $reference: { address, attribute: ATTRIBUTES.name },
});

/** What part of a place, or name, a reference names; null: it is an attribute of a resource. */
export function placeFactOf({ $reference: { attribute } }: Reference): PlaceFact | null {
  return FACTS.find((fact) => ATTRIBUTES[fact] === attribute) ?? null;
}

const FACTS = ["account", "region", "partition", "organization", "name"] as const;
