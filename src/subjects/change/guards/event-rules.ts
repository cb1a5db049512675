import { observationOf } from "../../../snapshot/observation.ts";
import type { PlannedEventRule } from "../../../snapshot/planned-guards.ts";
import {
  isKnown,
  isSameFact,
  isUnknown,
  merged,
  openEnd,
  type Unknown,
  unknownMore,
} from "../../../snapshot/unknown.ts";
import type { Tampering } from "../../guard/trail-guard.ts";
import { naming, subjectId } from "../../naming.ts";
import { type Become, becomeOf, fateOf, type Sides } from "../fate.ts";
import { isOneStack } from "../part.ts";
import type { Thing } from "../side.ts";
import { isGone, type Loss } from "../subject.ts";
import { guardLoss, type Lost } from "./loss.ts";
import { isNoNarrower, reactionsOf, reactsTo, tells } from "./reactions.ts";

/** What becomes of EventBridge rules that react to tampering with trails. */
export function lossesOfEventRules(sides: Sides): Loss[] {
  const tellers = tellersOf(sides);
  return [...sides.before.things.values()].flatMap((thing) =>
    thing.record.type === "event-rule"
      ? lossesOf({ sides, thing, was: thing.record, tellers })
      : [],
  );
}

type Was = { sides: Sides; thing: Thing; was: PlannedEventRule; tellers: Tellers };

function lossesOf(asked: Was): Loss[] {
  const { sides, thing, was } = asked;
  const become = becomeOfRule(sides, thing, was);
  if (was.enabled === false || isUntouched(was, become)) return [];
  const reacted = [...reactionsOf(was)];
  if (reacted.length === 0) return [];
  if (become.fate === "forgotten") return [guardLoss(thing, become, { lost: [], told: null })];
  const open = new Map(reacted.filter(([name]) => isMissed(asked, name, become)));
  return [guardLoss(thing, become, lostOf(asked, open, become))];
}

/** Most rules are as they were: what these react to nobody has to read. */
function isUntouched(was: PlannedEventRule, { fate, now }: Become): boolean {
  if (fate !== "kept" || now?.record.type !== "event-rule") return false;
  const { enabled, pattern, targets } = now.record;
  return isSameFact([enabled, pattern, targets], [was.enabled, was.pattern, was.targets]);
}

/** On another bus it is another rule. */
function becomeOfRule(sides: Sides, thing: Thing, was: PlannedEventRule): Become {
  const become = becomeOf(sides, thing);
  const now = become.now?.record;
  const isElsewhere = now?.type === "event-rule" && !isSameFact(now.bus, was.bus);
  const isKept = become.fate === "kept" || become.fate === "moved";
  return isKept && (isElsewhere || now === undefined) ? { ...become, fate: "replaced" } : become;
}

/** Whether no other rule of the same place surely tells of the call after the change. */
function isMissed({ sides, thing, was, tellers }: Was, name: Tampering, become: Become): boolean {
  const { fate, id } = become;
  return !tellers(was, name).some((other) => {
    const own = subjectId(other);
    if (own === id || !(isOneStack(own, thing.id) || sides.before.has(own))) return false;
    return fate !== "replaced" || other.name !== was.name;
  });
}

/** The rules of the same place that surely tell of a call. */
type Tellers = (was: PlannedEventRule, name: Tampering) => readonly PlannedEventRule[];

/** A bus has three hundred rules unless its quota is raised. */
const MOST_RULES = 500;

/** Finds them once for all, where somebody asks. */
function tellersOf(sides: Sides): Tellers {
  let found: ReturnType<typeof tellersByPlace> | null = null;
  return (was, name) => {
    found ??= tellersByPlace(sides);
    return found.get(placeKey(was, name)) ?? [];
  };
}

function tellersByPlace({ after }: Sides): Map<string, PlannedEventRule[]> {
  const found = new Map<string, PlannedEventRule[]>();
  for (const rule of after.guards.rules) {
    if (after.presenceOf(subjectId(rule)) !== true || tells(rule) !== true) continue;
    for (const [name, reacts] of reactionsOf(rule)) {
      if (reacts !== true || reactsTo(rule, name) !== true) continue;
      const key = placeKey(rule, name);
      const others = found.get(key) ?? [];
      if (others.length < MOST_RULES) others.push(rule);
      found.set(key, others);
    }
  }
  return found;
}

const placeKey = ({ accountId, region, bus }: PlannedEventRule, name: Tampering): string =>
  JSON.stringify([accountId, region, bus, name]);

type Reacted = ReadonlyMap<Tampering, true | Unknown>;

function lostOf({ sides, thing, was }: Was, reacted: Reacted, { fate, now }: Become): Lost {
  if (reacted.size === 0) return { lost: [], told: null };
  if (isUnknown(fate)) return { lost: [unknownMore(fate)], told: null };
  const doubts = [...reacted.values()].filter(isUnknown);
  const calls = [...reacted].filter(([, reacts]) => reacts === true).map(([name]) => name);
  const rule = `event rule ${naming(was, thing.name).name}`;
  const of = (what: string) => (calls.length === 0 ? merged(doubts) : `${rule}: ${what}`);
  if (isGone(fate) || now?.record.type !== "event-rule") {
    const end = fate === "deleted" ? "is deleted" : "is deleted and made anew";
    const lost = of(`reacted to ${calls.join(", ")}, ${end}`);
    return { lost: together([lost, ...doubts]), told: null };
  }
  const next = now.record;
  const parts = [
    { at: "/enabled", lost: disabled(was, next, of) },
    { at: "/targets", lost: untargeted({ sides, was, next }, of) },
    { at: "/pattern", lost: narrowed(reacted, { was, next }, of) },
  ].flatMap(({ at, lost }) => lost.map((each) => ({ at, each })));
  const first = parts.find(({ each }) => isKnown(each)) ?? parts[0];
  return {
    lost: together(parts.map(({ each }) => each)),
    told: first === undefined ? null : (observationOf(next, first.at)?.requestId ?? null),
  };
}

/** In words; where it is not sure that it reacted to anything, why not. */
type Of = (what: string) => string | Unknown;

function disabled(was: PlannedEventRule, next: PlannedEventRule, of: Of): (string | Unknown)[] {
  if (next.enabled === true || isSameFact(was.enabled, next.enabled)) return [];
  if (isUnknown(next.enabled)) return [next.enabled];
  return [isUnknown(was.enabled) ? was.enabled : of("was enabled, is disabled")];
}

type Targeted = { sides: Sides; was: PlannedEventRule; next: PlannedEventRule };

/** Where none was in sight, others may be elsewhere. */
function untargeted({ sides, was, next }: Targeted, of: Of): (string | Unknown)[] {
  if (isUnknown(was.targets)) {
    const isOpen = !isSameFact(was.targets, next.targets);
    return isOpen && !isSomewhere(next) ? [was.targets] : [];
  }
  if (was.targets.length === 0 || isSomewhere(next)) return [];
  if (was.targets.some((id) => fateOf(sides, id) === "forgotten")) return [];
  if (isUnknown(next.targets)) return [next.targets];
  return [of(`had ${was.targets.length} target${was.targets.length > 1 ? "s" : ""}, has none`)];
}

const isSomewhere = ({ targets }: PlannedEventRule): boolean =>
  isKnown(targets) && targets.length > 0;

/** A call of which it reacted to some, to those of one user as it may be, can be lost in part. */
function narrowed(
  reacted: Reacted,
  { was, next }: Pick<Targeted, "was" | "next">,
  of: Of,
): (string | Unknown)[] {
  if (isNoNarrower(next, was)) return [];
  const left = [...reacted].map(([name, before]) => ({ name, before, now: reactsTo(next, name) }));
  const gone = left.filter(({ before, now }) => now === false && before === true);
  const doubts = left.flatMap(({ before, now }) =>
    now === true ? [] : [now, before].filter(isUnknown).slice(0, 1),
  );
  const names = gone.map(({ name }) => name).join(", ");
  return [...(names === "" ? [] : [of(`reacted to ${names}, does not`)]), ...doubts];
}

function together(items: readonly (string | Unknown)[]): (string | Unknown)[] {
  return [...items.filter(isKnown), ...openEnd(items)];
}
