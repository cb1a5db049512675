import type { Possibility } from "../../../evaluate/gate/sides.ts";
import type { ChangeSide, Fates } from "../../../subjects/change/changes.ts";
import type { LiveView } from "../../../subjects/overlay/live-trails.ts";
import { type Overlay, overlayOf } from "../../../subjects/overlay/overlaid.ts";
import { formerOf } from "../planned-world.ts";

/** One way in which a side of a change may turn out. */
export type Way = {
  side: ChangeSide;
  possibility: Pick<Possibility, "assuming" | "appliedWith">;
};

/** Both sides of a change, in each way they may turn out, and what becomes of resources. */
export type LiveWays = {
  before: readonly Way[];
  after: readonly Way[];
  fates: Pick<Fates, "movedTo" | "replaced" | "forgotten" | "retained">;
};

/** What a change may mean for a snapshot, and under which assumption it does; null: under each. */
export type Possible = { overlay: Overlay; assuming: string | null };

/** More are not tried: each takes a reading of the snapshot. */
const MOST = 8;

/** What a change may mean for a snapshot; most assumptions make no difference to trails. */
export function overlaysOf(
  view: LiveView,
  { before, after, fates }: LiveWays,
): { all: Possible[]; isCut: boolean } {
  const distinct = new Map<string, Possible>();
  for (const is of after) {
    for (const was of agreeingWith(is, formerOf(is, before))) {
      const change = { before: was.side, after: is.side, fates };
      const overlay = overlayOf(view, change);
      const key = outline(overlay);
      if (!distinct.has(key)) distinct.set(key, { overlay, assuming: assumption(is) });
    }
  }
  const all = [...distinct.values()];
  return { all: all.slice(0, MOST), isCut: all.length > MOST };
}

function outline({ effects, lost, guards }: Overlay): string {
  const parts = effects.map(({ edits, spreads, made, found }) => [
    edits,
    spreads,
    made?.eventSelectors,
    found,
  ]);
  return JSON.stringify([parts, [...lost.buckets], [...lost.keys], guards]);
}

/** The ways before that may become this one: two that take opposite things for granted never meet. */
function agreeingWith(after: Way, before: readonly Way[]): readonly Way[] {
  const former = before.map((way) => ({ way, texts: assumptions(way) }));
  const isSaid = (stack: string, text: string) =>
    former.some(({ texts }) => texts.get(stack) === text);
  const asked = [...assumptions(after)].filter(
    ([stack, text]) => text !== null && isSaid(stack, text),
  );
  const agreeing = former.filter(({ texts }) =>
    asked.every(([stack, text]) => (texts.get(stack) ?? text) === text),
  );
  return agreeing.length === 0 ? before : agreeing.map(({ way }) => way);
}

/** By stack, as far as it describes anything that counts. */
function assumptions({ side, possibility }: Way): Map<string, string | null> {
  const stacks = new Set<string>();
  for (const record of side.records) {
    if (record.kind === "resource" && record.planned !== undefined)
      stacks.add(record.planned.stack);
  }
  return new Map([...stacks].map((stack) => [stack, possibility.assuming(`${stack}#`)]));
}

function assumption(way: Way): string | null {
  const texts = [...new Set(assumptions(way).values())].filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join(" and ");
}
