import type { SnapshotRecord } from "../../../snapshot/records.ts";
import {
  type GuardOverlay,
  guardsLaid,
  touchesGuards,
} from "../../../subjects/overlay/guards/laid-guards.ts";
import type { Subject } from "../../../subjects/schema/kinds.ts";
import { subjects } from "../../../subjects/subjects.ts";
import type { LiveContext } from "../live.ts";
import { type Differences, differencesOf } from "./differences.ts";
import { subjectPairs } from "./subject-pairs.ts";
import { twice } from "./twice.ts";

/** What service control policies and EventBridge rules decide. */
const POLICIES = [
  "organization-leaving-denied",
  "trail-guarded-against-tampering",
  "trail-tampering-raises-alarm",
];

const NONE: Differences = { findings: [], explained: [], waived: [], mended: [] };

/**
 * What a change of service control policies and EventBridge rules breaks for the organization and its
 * trails, these as they are: one more reading of the snapshot, where the change touches any.
 */
export async function guardDifferences(
  read: () => AsyncGenerator<SnapshotRecord>,
  overlay: GuardOverlay,
  context: LiveContext,
): Promise<Differences> {
  if (!touchesGuards(overlay)) return NONE;
  const policies = context.policies.filter(({ policy }) => POLICIES.includes(policy.id));
  const differences = differencesOf({ ...context, policies });
  const [live, planned] = twice(read());
  const pairs = subjectPairs(
    subjects(live, context.subjects),
    subjects(guardsLaid(planned, overlay), context.subjects),
    isGuarded,
  );
  for await (const pair of pairs) differences.take(pair);
  return differences.told();
}

const isGuarded = (kind: Subject["kind"]): boolean => kind === "organization" || kind === "trail";

/** Several differences as one. */
export const united = (all: readonly Differences[]): Differences => ({
  findings: all.flatMap(({ findings }) => findings),
  explained: all.flatMap(({ explained }) => explained),
  waived: all.flatMap(({ waived }) => waived),
  mended: all.flatMap(({ mended }) => mended),
});
