import { and, not, or, type Truth } from "../../../snapshot/logic.ts";
import { withoutMarks } from "../../../snapshot/stand-in.ts";
import { isSameFact, unknown } from "../../../snapshot/unknown.ts";
import type { PolicyDocument, Statement } from "../../policy-document/document.ts";
import type { Extent } from "../../policy-document/extent.ts";
import { arnExtent } from "../../policy-document/glob.ts";
import { statementExtent } from "../../policy-document/judge.ts";
import { type Denial, requestOf } from "./denials.ts";
import { narrowing } from "./narrowing.ts";
import { ALL_TRAILS, inPartitionOf } from "./trail-sets.ts";

/** How far documents deny all of what another one denied. */
export type Covering = {
  covers: Truth;
  /** What is left of it, to follow what was denied; null: nothing. */
  left: string | null;
};

/** How many statements may still be compared, in one change. */
export type Fuel = { left: number };

/** Whether these documents together deny whatever a statement denied. */
export function coveringOf(
  denial: Denial,
  documents: readonly PolicyDocument[],
  fuel: Fuel,
): Covering {
  const statements = documents.flatMap((each) => statementsAbout(each, denial.action));
  fuel.left -= statements.length;
  if (fuel.left < 0) return { covers: TOO_MANY, left: null };
  const found = statements
    .map((each) => statementCovering(denial, each))
    .filter(({ touches }) => touches !== false);
  const covers = or(...found.map((each) => each.covers));
  const parts = found.filter((each) => each.covers === false);
  if (covers !== false || parts.length <= 1) return { covers, left: parts[0]?.left ?? null };
  // One may deny what another leaves out.
  return { covers: unknown("unresolved", { detail: TOGETHER }), left: null };
}

const TOO_MANY = unknown("unsupported", { detail: "so many statements of policies" });

const ABOUT = new WeakMap<PolicyDocument, Map<string, Statement[]>>();

/** The statements that deny a call at all, found once for each document. */
function statementsAbout(document: PolicyDocument, action: Denial["action"]): Statement[] {
  const known = ABOUT.get(document) ?? new Map<string, Statement[]>();
  ABOUT.set(document, known);
  const before = known.get(action);
  if (before !== undefined) return before;
  const request = requestOf(action, ALL_TRAILS.resource);
  const found = document.statements.filter(
    (each) =>
      each.effect === "Deny" &&
      statementExtent({ ...each, resources: null }, request, []).ever !== false,
  );
  known.set(action, found);
  return found;
}

const TOGETHER = "whether several statements together deny what one denied";

type One = Covering & {
  /** Whether it denies any of it. */
  touches: Truth;
};

function statementCovering(denial: Denial, now: Statement): One {
  const { action, statement: was } = denial;
  if (isSame(was, now)) return { covers: true, touches: true, left: null };
  const where = whereOf(denial, now);
  if (where.ever === false) return { covers: false, touches: false, left: null };
  const anywhere = { ...now, resources: null };
  const called = statementExtent(anywhere, requestOf(action, denial.trails.resource), []);
  const narrower = narrowing(now.conditions, was.conditions);
  return {
    covers: and(called.always, where.always, not(narrower.isNarrower)),
    touches: and(called.ever, where.ever),
    left:
      where.always === false
        ? `does so only on ${withoutMarks(shownResources(now, was))}`
        : narrower.left,
  };
}

const isSame = (was: Statement, now: Statement): boolean =>
  isSameFact({ ...was, name: "" }, { ...now, name: "" });

/** On how many of the trails a statement denies it. */
function whereOf({ statement: was, trails }: Denial, { resources: now }: Statement): Extent {
  if (now === null) return { always: true, ever: true };
  if (trails.pattern !== null && !now.not && now.values.includes(trails.pattern)) {
    return { always: true, ever: true };
  }
  const of = (pattern: string) => trailsExtent(pattern, inPartitionOf(trails, now.values));
  const extents = now.values.map(of);
  const [always, ever] = [
    or(...extents.map((each) => each.always)),
    or(...extents.map((each) => each.ever)),
  ];
  if (!now.not) return { always: trails.isExact ? always : doubted(always), ever };
  if (was.resources?.not === true) return stillLeftOut(was.resources.values, now.values);
  return { always: trails.isExact ? not(ever) : or(not(ever), doubted(false)), ever: not(always) };
}

/** What the new statement leaves out has to be what the old one left out. */
function stillLeftOut(was: readonly string[], now: readonly string[]): Extent {
  const isOld = (pattern: string): Truth => was.includes(pattern) || was.includes("*");
  const isNew = now.filter((pattern) => isOld(pattern) !== true);
  return { always: isNew.length === 0, ever: true };
}

function trailsExtent(pattern: string, resource: string): Extent {
  if (!pattern.includes("${")) return arnExtent(pattern, resource);
  const marker = unknown("unsupported", { detail: `policy variables in ${pattern.slice(0, 200)}` });
  return { always: marker, ever: marker };
}

/** The set is larger than what the pattern meant: it proves what holds for all of it, and no more. */
const doubted = (always: Truth): Truth =>
  always === false ? unknown("unresolved", { detail: "which trails a policy means" }) : always;

const MOST_SHOWN = 3;

function shownResources({ resources: now }: Statement, { resources: was }: Statement): string {
  if (now === null) return "";
  const old = now.not && was?.not === true ? was.values : [];
  const values = now.values.filter((each) => !old.includes(each));
  const shown = values.slice(0, MOST_SHOWN).map((each) => each.slice(0, 100));
  const more = values.length > MOST_SHOWN ? " and others" : "";
  return `${now.not ? "others than " : ""}${shown.join(", ")}${more}`;
}
