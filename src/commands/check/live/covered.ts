import { all, and } from "../../../snapshot/logic.ts";
import { type Fact, unknown } from "../../../snapshot/unknown.ts";
import type { Keeping } from "../../../subjects/overlay/kept.ts";
import type { Overlay } from "../../../subjects/overlay/overlaid.ts";

/** Whether others will record what a trail of the plan recorded, by its id before the change. */
export function coveredIn({ effects }: Overlay, kept: Keeping): (id: string) => Fact<boolean> {
  const found = new Map(
    effects.flatMap(({ change, found: live }) =>
      change.before === null ? [] : [[change.before.id, live] as const],
    ),
  );
  return (id) => {
    const live = found.get(id);
    if (live === undefined) return false;
    if (live.arns.length === 0) {
      return unknown("outside-scope", { detail: `the snapshot does not have ${id}` });
    }
    return and(
      live.doubt ?? true,
      all(live.arns, (arn) => kept.isKept(arn)),
    );
  };
}
