import type { Location } from "../../snapshot/location.ts";
import type { Observation } from "../../snapshot/observation.ts";
import type { Planned } from "./world.ts";

/** Where facts of records are written, under the request ids that stand for them in observations. */
export type Places = Map<string, { planned: Planned; pointer: string }>;

/** Pointers of facts in a record, and the attributes that tell them. */
export type Told = readonly (readonly [
  fact: string,
  planned: Planned,
  attributes: readonly string[],
])[];

/**
 * What a record says of where it comes from: in the place of a call's request id, a key in `places`.
 * Of several attributes the one that is there counts, else the first.
 */
export function provenance(places: Places, told: Told) {
  const observations: Observation[] = [];
  const sources: Record<string, number> = {};
  for (const [fact, planned, attributes] of told) {
    const name = attributes.find((each) => Object.hasOwn(planned.values, each));
    const pointer = name === undefined ? (attributes[0] ?? "") : name;
    const path = pointer === "" ? "" : `/${pointer.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const key = `${planned.id}${path}`;
    places.set(key, { planned, pointer: path });
    sources[fact] = observations.length;
    observations.push(observation(planned, key));
  }
  return { observations, sources };
}

const observation = ({ resource }: Planned, key: string): Observation => ({
  operation: resource.type,
  accountId: "",
  region: "",
  time: null,
  requestId: key,
  principal: null,
  outcome: "ok",
});

/** Where the fact of that key is written; null: not at hand. */
export function locationOf(places: Places, key: string | null): Location | null {
  const place = key === null ? undefined : places.get(key);
  return place === undefined ? null : place.planned.resource.locate(place.pointer);
}
