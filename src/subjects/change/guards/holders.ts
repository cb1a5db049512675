import { and, or, type Truth } from "../../../snapshot/logic.ts";
import type { PlannedAttachment, PlannedControlPolicy } from "../../../snapshot/planned-guards.ts";
import { hasStandIn, isAnyText } from "../../../snapshot/stand-in.ts";
import { type Fact, isSameFact, mapFact, unknown } from "../../../snapshot/unknown.ts";
import { subjectId } from "../../naming.ts";
import type { PolicyDocument } from "../../policy-document/document.ts";
import { parsePolicyDocument } from "../../policy-document/parse.ts";
import type { Sides } from "../fate.ts";
import { isOneStack } from "../part.ts";
import type { Side } from "../side.ts";
import { isRoot, shownTarget } from "./targets.ts";

/** A service control policy after a change, with what it says. */
export type Holder = {
  id: string;
  record: PlannedControlPolicy;
  document: Fact<PolicyDocument>;
  /** Whether there is such a service control policy. */
  isThere: Truth;
  /** Whether it binds whoever is below this target. */
  binds: (target: string) => Truth;
};

/** What a policy says; unknown: it cannot be read. */
export const documentOf = ({ content }: PlannedControlPolicy): Fact<PolicyDocument> =>
  mapFact(content.text, parsePolicyDocument);

/** An organization has no more. */
const MOST_POLICIES = 1000;

/**
 * The policies after a change. A stack that comes with it need not be applied by anybody, so that of
 * another one than a policy was in those count that were there before.
 */
export function holdersOf(sides: Sides): (from: string) => readonly Holder[] {
  const { policies } = sides.after.guards;
  const all = policies.slice(0, MOST_POLICIES).map((each) => holderOf(sides, each));
  const stacks = new Set([...sides.before.things.values()].map(({ id }) => stackOf(id)));
  return (from) => all.filter(({ id }) => isOneStack(id, from) || stacks.has(stackOf(id)));
}

const stackOf = (id: string): string => id.slice(0, id.indexOf("#"));

/** The policy after a change that one before it has become. */
export const holderOf = (sides: Sides, record: PlannedControlPolicy): Holder => {
  const id = subjectId(record);
  const isThere = and(presenceOf(sides, id), record.isServiceControl);
  return {
    id,
    record,
    document: documentOf(record),
    isThere,
    binds: (target) => and(isThere, attached(sides, record, target)),
  };
};

/** What was there as little surely as now is taken to be there. */
function presenceOf({ before, after }: Sides, id: string): Truth {
  const now = after.presenceOf(id);
  return before.has(id) && isSameFact(before.presenceOf(id), now) ? true : now;
}

function attached(sides: Sides, { attachments, open }: PlannedControlPolicy, target: string) {
  const strays = sides.after.guards.strays.filter(({ policyId }) => isAnyText(policyId));
  return or(
    ...attachments.map((each) => and(presenceOf(sides, each.id), reaches(sides, each, target))),
    ...strays.map((each) => (each.target === target ? WHOSE : false)),
    open ?? false,
  );
}

const WHOSE = unknown("unresolved", { detail: "which policy is attached" });

/** Whether who is below one target is bound by what is attached to another. */
function reaches(sides: Sides, attachment: PlannedAttachment, target: string): Truth {
  const { target: here } = attachment;
  if (here === target || isRoot(here)) return true;
  // What was attached there before gave this one no reason not to be.
  if (wasThere(sides.before, attachment)) return false;
  if (hasStandIn(here) || hasStandIn(target)) return mayBe(here, target);
  return here.startsWith("ou-") && !isRoot(target) ? mayBe(here, target) : false;
}

const wasThere = ({ guards }: Side, { id, target }: PlannedAttachment): boolean =>
  guards.policies.some(({ attachments }) =>
    attachments.some((each) => each.id === id && each.target === target),
  );

const mayBe = (here: string, target: string) =>
  unknown("unresolved", {
    detail: `whether ${shownTarget(here)} is ${shownTarget(target)} or above it`,
  });
