import { isJsonObject, jsonOrNull } from "../../../snapshot/json.ts";
import { and, type Truth } from "../../../snapshot/logic.ts";
import type { PlannedEventRule } from "../../../snapshot/planned-guards.ts";
import { hasStandIn } from "../../../snapshot/stand-in.ts";
import {
  causesOf,
  isKnown,
  isSameFact,
  isUnknown,
  type Json,
  mapFact,
  type Unknown,
  unknown,
} from "../../../snapshot/unknown.ts";
import { matches, VARIES } from "../../event-pattern/matches.ts";
import { tamperingEvent } from "../../guard/tampering-event.ts";
import { TAMPERING, type Tampering } from "../../guard/trail-guard.ts";
import { UNSEEN_GUARD } from "../../users.ts";

/** Whether a rule reacts to a call that tampers with trails, on any trail where it is. */
export function reactsTo(
  { pattern, accountId, region, bus }: PlannedEventRule,
  name: Tampering,
): Truth {
  // To any other bus than the default one events come from who knows where.
  const isOwn = bus === null;
  const event = tamperingEvent(name, {
    named: VARIES,
    account: isOwn && !hasStandIn(accountId) ? accountId : VARIES,
    region: isOwn && !hasStandIn(region) ? region : VARIES,
  });
  return mapFact<string, boolean>(pattern.text, (text) => matches(withoutTexts(text), event));
}

/**
 * The calls that a rule reacts to, all of them or those of some trails or users. One that may react
 * to anything is about trails where it names CloudTrail; else that is not known (`not-collected`).
 */
export function reactionsOf(rule: PlannedEventRule): Map<Tampering, true | Unknown> {
  const found = new Map<Tampering, true | Unknown>();
  for (const name of TAMPERING) {
    const reacts = reactsTo(rule, name);
    if (reacts === true) found.set(name, true);
    if (!isUnknown(reacts)) continue;
    const isNarrowed = causesOf(reacts).every(({ reason }) => reason === "unresolved");
    const isRead = isKnown(rule.pattern.text);
    if (namesTrails(rule)) found.set(name, isRead && isNarrowed ? true : reacts);
    else if (!isRead) found.set(name, UNSEEN);
  }
  return found;
}

const UNSEEN = unknown("not-collected", { detail: UNSEEN_GUARD });

const namesTrails = ({ pattern, name, planned }: PlannedEventRule): boolean =>
  /aws\.cloudtrail|cloudtrail\.amazonaws/.test(pattern.written) ||
  TAMPERING.some((each) => pattern.written.includes(each)) ||
  (isUnknown(pattern.text) && /trail/i.test(`${name} ${planned.address}`));

/** What is not known of a pattern as an operator that nobody knows, of which nothing follows. */
function withoutTexts(text: string): string {
  if (!hasStandIn(text)) return text;
  const parsed = jsonOrNull(text);
  return parsed === null ? text : JSON.stringify(opened(parsed));
}

function opened(value: Json): Json {
  if (typeof value === "string")
    return hasStandIn(value) ? { "a text that is not known": "" } : value;
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner)]));
}

/** Whether a rule tells anybody of whatever it reacts to. */
export const tells = ({ enabled, targets }: PlannedEventRule): Truth =>
  and(
    enabled,
    mapFact(targets, (all) => all.length > 0),
  );

/** AWS allows so much after a raised quota; what is longer is not compared. */
const MAX_LENGTH = 8192;
const MAX_DEPTH = 32;

/** Whether a pattern surely lets through whatever another one did: it asks for nothing that this did not. */
export function isNoNarrower(
  { pattern: now }: PlannedEventRule,
  { pattern: was }: PlannedEventRule,
) {
  if (isUnknown(now.text) || isUnknown(was.text)) return now.written === was.written;
  if (now.text === was.text) return true;
  if (Math.max(now.text.length, was.text.length) > MAX_LENGTH) return false;
  return asksNoMore(jsonOrNull(now.text), jsonOrNull(was.text), 0);
}

function asksNoMore(now: Json, was: Json, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(now) && Array.isArray(was)) {
    const all = new Set(now.map((each) => JSON.stringify(each)));
    return was.every((each) => all.has(JSON.stringify(each)));
  }
  if (!isJsonObject(now) || !isJsonObject(was)) return false;
  return Object.entries(now).every(([name, wanted]) => {
    const former = Object.hasOwn(was, name) ? was[name] : undefined;
    if (former === undefined) return false;
    return name === "$or" ? isSameFact(former, wanted) : asksNoMore(wanted, former, depth + 1);
  });
}
