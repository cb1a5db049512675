import { or, type Truth } from "../../../snapshot/logic.ts";
import type { PlannedControlPolicy } from "../../../snapshot/planned-guards.ts";
import { type Fact, isKnown, isUnknown, unknown } from "../../../snapshot/unknown.ts";
import type { PolicyDocument } from "../../policy-document/document.ts";
import { fateOf, type Sides } from "../fate.ts";
import { coveringOf, type Fuel } from "./covering.ts";
import type { Denial } from "./denials.ts";
import type { Holder } from "./holders.ts";

/** Where a policy was attached before a change, and by what; null: nowhere that is in sight. */
export type Position = { target: string; by: string } | null;

/** The positions of a policy, but for those that only are no longer managed. */
export function positionsOf(sides: Sides, { attachments }: PlannedControlPolicy): Position[] {
  if (attachments.length === 0) return [null];
  return attachments
    .filter(({ id }) => fateOf(sides, id) !== "forgotten")
    .map(({ target, id }) => ({ target, by: id }));
}

/** What of a denial is left at a position. */
export type Left = {
  denial: Denial;
  /** Whether it is still denied there. */
  isDenied: Truth;
  /** What is left of it; null: nothing. */
  left: string | null;
};

/** The policies after a change that count, and the one among them that another has become. */
export type Holders = { all: readonly Holder[]; own: Holder | null; fuel: Fuel };

/** AWS attaches five policies to a target, or as many again where the quota is raised. */
const MOST_HERE = 20;
const TOO_MANY = unknown("unsupported", { detail: "so many policies of one target" });

/** What becomes of denials at a position. */
export function leftAt(
  position: Position,
  denials: readonly Denial[],
  { all, own, fuel }: Holders,
): Left[] {
  const here = all
    .map((holder) => ({ holder, binds: bindsAt(position, holder, own) }))
    .filter(({ binds }) => binds !== false)
    .map(({ holder, binds }) => ({ document: holder.document(), binds }));
  const sure = here.filter(({ binds }) => binds === true).map(({ document }) => document);
  const open = here.filter(({ document, binds }) => isUnknown(document) || isUnknown(binds));
  const isCut = sure.length > MOST_HERE || open.length > MOST_HERE;
  return denials.map((denial) => {
    const { covers, left } = coveringOf(denial, sure.filter(isKnown).slice(-MOST_HERE), fuel);
    const doubts = open
      .slice(-MOST_HERE)
      .filter(({ document }) => mayCover(denial, document, fuel))
      .flatMap(({ document, binds }) => [binds, document].filter(isUnknown));
    return { denial, isDenied: or(covers, ...doubts, isCut ? TOO_MANY : false), left };
  });
}

/** A policy that is attached nowhere in sight is followed by itself alone. */
export function bindsAt(position: Position, holder: Holder, own: Holder | null): Truth {
  if (position !== null) return holder.binds(position.target);
  return holder.id === own?.id ? holder.isThere : false;
}

const mayCover = (denial: Denial, document: Fact<PolicyDocument>, fuel: Fuel): boolean =>
  isUnknown(document) || coveringOf(denial, [document], fuel).covers !== false;
