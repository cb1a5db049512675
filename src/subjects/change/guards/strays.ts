import type { PlannedGuards } from "../../../snapshot/planned-guards.ts";
import { unknown, unknownMore } from "../../../snapshot/unknown.ts";
import { UNSEEN_GUARD } from "../../users.ts";
import { fateOf, type Sides } from "../fate.ts";
import { addressIn } from "../part.ts";
import type { Loss } from "../subject.ts";
import { NO_REGION } from "./loss.ts";

type Stray = PlannedGuards["strays"][number];

/** The ends of attachments of policies that no input describes: what those deny is not known. */
export function strayLosses(sides: Sides): Loss[] {
  const { strays, policies } = sides.after.guards;
  const kept = new Set([
    ...strays.map(({ policyId, target }) => key(policyId, target)),
    ...policies.flatMap(({ policyId, attachments }) =>
      policyId === null ? [] : attachments.map(({ target }) => key(policyId, target)),
    ),
  ]);
  return sides.before.guards.strays
    .filter((each) => !kept.has(key(each.policyId, each.target)))
    .map((each) => ({ each, fate: fateOf(sides, each.id) }))
    .filter(({ fate }) => fate !== "forgotten")
    .map(({ each, fate }) => lossOf(each, fate));
}

const key = (policyId: string, target: string): string => JSON.stringify([policyId, target]);

function lossOf({ id }: Stray, fate: Loss["become"]["fate"]): Loss {
  return {
    id,
    name: addressIn(id),
    arn: null,
    type: "service-control-policy",
    accountId: unknown("unresolved", { detail: "the account of the organization" }),
    region: NO_REGION,
    become: { fate, id, now: null },
    coveredByOthers: false,
    lostRecording: [],
    lostProtection: [unknownMore(unknown("not-collected", { detail: UNSEEN_GUARD }))],
    users: [],
    isLoss: true,
    told: { recording: null, protection: null },
  };
}
