import { fateOf, type Sides } from "../fate.ts";
import { addressIn } from "../part.ts";
import type { Thing } from "../side.ts";
import type { Loss } from "../subject.ts";
import type { Found } from "./control-policies.ts";
import { guardLoss } from "./loss.ts";
import { undeniedTexts } from "./undenied.ts";

/** What is lost because a policy that stays is no longer attached, by the resource that attached it. */
export function attachmentLosses(
  sides: Sides,
  policy: Thing,
  { name, found }: { name: string; found: readonly Found[] },
): Loss[] {
  const byResource = new Map<string, Found[]>();
  for (const each of found) {
    byResource.set(each.by, [...(byResource.get(each.by) ?? []), each]);
  }
  return [...byResource].map(([id, lost]) => ({
    ...guardLoss(
      policy,
      { fate: fateOf(sides, id), id, now: null },
      {
        lost: undeniedTexts(
          name,
          lost.map(({ item }) => item),
        ),
        told: toldOf(sides, id),
      },
    ),
    id,
    name: addressIn(id),
    arn: null,
  }));
}

/** Where the resource says after the change what it attaches to. */
function toldOf({ after }: Sides, id: string): string | null {
  const all = [
    ...after.guards.policies.flatMap(({ attachments }) => attachments),
    ...after.guards.strays,
  ];
  return all.find((each) => each.id === id)?.told ?? null;
}
