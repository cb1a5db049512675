import type { Change } from "../schema/change.ts";
import type { Explained } from "./changes.ts";
import type { HearingLoss } from "./hearing/losses.ts";
import { OF_A_LOSS } from "./part.ts";
import type { ResourceLoss } from "./resources.ts";
import { LINKS, type LinkKind } from "./side.ts";
import { isGone } from "./subject.ts";
import type { TrailLoss } from "./trails.ts";

/** What of a trail is about what it needs. */
const OF_TRAILS: Partial<Record<Change["type"], readonly string[]>> = {
  key: ["/kmsKey"],
  bucket: ["/bucket"],
  "log-group": ["/logGroup", "/alerting"],
  alarm: ["/alerting"],
};

type Explain = (by: string, explained: Explained) => void;

/** What each loss explains, by its id: one cause is one alert. */
export function explanations(
  trails: readonly TrailLoss[],
  resources: readonly ResourceLoss[],
  hearing: readonly HearingLoss[],
): Map<string, Explained[]> {
  const told = new Map<string, Explained[]>();
  const explain: Explain = (by, explained) => {
    const before = told.get(by);
    if (before === undefined) told.set(by, [explained]);
    else before.push(explained);
  };
  for (const trail of trails) ofNarrowing(trail, explain);
  for (const resource of resources) {
    ofResource(resource, explain);
    ofItsTrails(resource, explain);
  }
  ofLinks(trails, resources, explain);
  for (const { id, explains } of hearing) for (const each of explains) explain(id, each);
  return told;
}

/** A trail that records less, or lacks something: its own facts that say so. */
function ofNarrowing({ id, become, recording, protection }: TrailLoss, explain: Explain): void {
  for (const { explains } of recording) {
    explain(id, { id: become.id, pointers: explains, by: "/lostRecording" });
  }
  for (const { explains } of protection) {
    explain(id, { id: become.id, pointers: explains, by: "/lostProtection" });
  }
}

/** What is lost takes with it what is above it, and what its trails had of it. */
function ofResource({ id, type, trails, ...loss }: ResourceLoss, explain: Explain): void {
  if (loss.lostProtection.length === 0) return;
  for (const explained of loss.explains) explain(id, explained);
  const pointers = OF_TRAILS[type];
  for (const { become } of pointers === undefined ? [] : trails) {
    if (!isGone(become.fate)) explain(id, { id: become.id, pointers: pointers ?? [] });
  }
}

/** What goes with the only trails that it served follows from their end. */
function ofItsTrails({ id, trails, open, become }: ResourceLoss, explain: Explain): void {
  if (open !== null) return;
  const goesAlong = trails.every(({ become: { fate } }) =>
    become.fate === "replaced" ? isGone(fate) : fate === "deleted",
  );
  for (const trail of goesAlong ? trails : []) explain(trail.id, { id, pointers: OF_A_LOSS });
}

/** A trail names no key any more because there is none: the key's end is the cause. */
function ofLinks(
  trails: readonly TrailLoss[],
  resources: readonly ResourceLoss[],
  explain: Explain,
): void {
  const ended = new Map<string, ResourceLoss>();
  for (const resource of resources) {
    const { link, become } = resource;
    if (link !== null && isGone(become.fate)) ended.set(linkText(link.kind, link.key), resource);
  }
  for (const { id, trail, links } of trails) {
    if (trail === null) continue;
    const causes = links.map(({ kind }) => {
      const key = LINKS[kind](trail.record);
      return typeof key === "string" ? ended.get(linkText(kind, key)) : undefined;
    });
    for (const cause of causes.every((each) => each !== undefined) ? causes : []) {
      if (cause !== undefined) explain(cause.id, { id, pointers: ["/lostProtection"] });
    }
  }
}

const linkText = (kind: LinkKind, key: string): string => `${kind} ${key}`;
