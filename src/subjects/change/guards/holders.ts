import { and, any, or, type Truth } from "../../../snapshot/logic.ts";
import { once } from "../../../snapshot/once.ts";
import type { PlannedAttachment, PlannedControlPolicy } from "../../../snapshot/planned-guards.ts";
import { hasStandIn, isAnyText } from "../../../snapshot/stand-in.ts";
import { type Fact, isSameFact, mapFact, unknown } from "../../../snapshot/unknown.ts";
import { subjectId } from "../../naming.ts";
import type { PolicyDocument } from "../../policy-document/document.ts";
import { parsePolicyDocument } from "../../policy-document/parse.ts";
import type { Sides } from "../fate.ts";
import { isOneStack } from "../part.ts";
import { isRoot, shownTarget } from "./targets.ts";

/** A service control policy after a change, with what it says. */
export type Holder = {
  id: string;
  record: PlannedControlPolicy;
  /** What it says; read where somebody asks. */
  document: () => Fact<PolicyDocument>;
  /** Whether there is such a service control policy. */
  isThere: Truth;
  /** Whether it binds whoever is below this target. */
  binds: (target: string) => Truth;
};

/** What a policy says; unknown: it cannot be read. */
export const documentOf = ({ content }: PlannedControlPolicy): Fact<PolicyDocument> =>
  mapFact(content.text, (text) => (text.length > LONGEST ? TOO_LONG : parsePolicyDocument(text)));

/** Twice what Organizations takes, spaces left out. */
const LONGEST = 20_480;
const TOO_LONG = unknown("unsupported", { detail: "so long a service control policy" });

/** An organization has no more. */
const MOST_POLICIES = 1000;

/** What of both sides it takes to tell whom a policy binds. */
export type Surroundings = {
  sides: Sides;
  /** What was attached, and where, before the change. */
  former: ReadonlySet<string>;
  /** What is attached by who knows which policy. */
  strays: ReadonlySet<string>;
};

export function surroundingsOf(sides: Sides): Surroundings {
  const { before, after } = sides;
  const attachments = before.guards.policies.flatMap((each) => each.attachments);
  const strays = after.guards.strays.filter(({ policyId }) => isAnyText(policyId));
  return {
    sides,
    former: new Set(attachments.map(placeKey)),
    strays: new Set(strays.map(({ target }) => target)),
  };
}

const placeKey = ({ id, target }: PlannedAttachment): string => JSON.stringify([id, target]);

/**
 * The policies after a change. A stack that comes with it need not be applied by anybody, so that of
 * another one than a policy was in those count that were there before.
 */
export function holdersOf(around: Surroundings): (from: string) => readonly Holder[] {
  const { before, after } = around.sides;
  const all = after.guards.policies.slice(0, MOST_POLICIES).map((each) => holderOf(around, each));
  const stacks = new Set([...before.things.values()].map(({ id }) => stackOf(id)));
  return (from) => all.filter(({ id }) => isOneStack(id, from) || stacks.has(stackOf(id)));
}

const stackOf = (id: string): string => id.slice(0, id.indexOf("#"));

/** The policy after a change that one before it has become. */
export function holderOf(around: Surroundings, record: PlannedControlPolicy): Holder {
  const id = subjectId(record);
  const isThere = and(presenceOf(around.sides, id), record.isServiceControl);
  const reaches = reachOf(around, record);
  return {
    id,
    record,
    document: once(() => documentOf(record)),
    isThere,
    binds: (target) => and(isThere, reaches(target)),
  };
}

/** What was there as little surely as now is taken to be there. */
function presenceOf({ before, after }: Sides, id: string): Truth {
  const now = after.presenceOf(id);
  return before.has(id) && isSameFact(before.presenceOf(id), now) ? true : now;
}

/** So many attachments that may reach a target are looked at. */
const MOST_OPEN = 20;

/** Whether who is below a target is bound by what is attached there or elsewhere. */
function reachOf(
  { sides, former, strays }: Surroundings,
  { attachments, open }: PlannedControlPolicy,
): (target: string) => Truth {
  const there = attachments.map((each) => ({ each, isThere: presenceOf(sides, each.id) }));
  const sure = new Set(
    there.filter(({ isThere }) => isThere === true).map(({ each }) => each.target),
  );
  const isEverywhere = [...sure].some(isRoot);
  const others = there.filter(
    ({ each, isThere }) => isThere !== true || !former.has(placeKey(each)),
  );
  return (target) => {
    if (isEverywhere || sure.has(target)) return true;
    return or(
      any(others.slice(0, MOST_OPEN), ({ each, isThere }) =>
        and(isThere, above(each.target, target)),
      ),
      others.length > MOST_OPEN ? TOO_MANY : false,
      strays.has(target) ? WHOSE : false,
      open ?? false,
    );
  };
}

const WHOSE = unknown("unresolved", { detail: "which policy is attached" });
const TOO_MANY = unknown("unsupported", { detail: "so many attachments of one policy" });

/** Whether one target is another, or above it. What was attached before made none superfluous. */
function above(here: string, target: string): Truth {
  if (here === target || isRoot(here)) return true;
  if (hasStandIn(here) || hasStandIn(target)) return mayBe(here, target);
  return here.startsWith("ou-") && !isRoot(target) ? mayBe(here, target) : false;
}

const mayBe = (here: string, target: string) =>
  unknown("unresolved", {
    detail: `whether ${shownTarget(here)} is ${shownTarget(target)} or above it`,
  });
