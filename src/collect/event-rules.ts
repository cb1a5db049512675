import type { Rule } from "@aws-sdk/client-eventbridge";
import type { EventRule } from "../snapshot/resources/trail.ts";
import { type Fact, type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Ask, Place } from "./call.ts";
import type { Evidence } from "./evidence.ts";
import { everyPage } from "./pages.ts";
import { mayMatchTrailChanges } from "./rule-pattern.ts";

/** The rules of one account's default bus in one region that may react to changes of trails. */
export type EventRules = {
  rules: Fact<EventRule[]>;
  listed: Evidence[];
  /** What told the number of targets of the rule with this index. */
  targets: Evidence[][];
};

/** So many rules are asked for their targets. */
const MOST_ASKED = 20;
/** A bus has 300 rules unless its quota is raised. */
const MOST_RULES = 500;

/** Reads them: one call, and one for each rule that is enabled. */
export async function eventRules(ask: Ask, place: Place): Promise<EventRules> {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) => ask("events:ListRules", place, { NextToken, Limit: 100 }),
    (page) => page.NextToken,
  );
  const nothing = (rules: Unknown) => ({ rules, listed: evidence, targets: [] });
  if (cut !== null) return nothing(cut);
  const relevant = pages.flatMap((page) => page.Rules ?? []).filter(isRelevant);
  if (relevant.length > MOST_RULES) {
    return nothing(unknown("not-collected", { detail: `${relevant.length} rules` }));
  }
  const inOrder = relevant.sort((a, b) => Number(isEnabled(b)) - Number(isEnabled(a)));
  const read = await Promise.all(
    inOrder.map((rule, index) => withTargets(ask, place, { rule, index })),
  );
  return {
    rules: read.map(({ rule }) => rule),
    listed: evidence,
    targets: read.map((each) => each.evidence),
  };
}

const isRelevant = ({ EventPattern: pattern }: Rule) =>
  pattern !== undefined && mayMatchTrailChanges(pattern);

const isEnabled = ({ State: state }: Rule) =>
  state === "ENABLED" || state === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

async function withTargets(
  ask: Ask,
  place: Place,
  { rule, index }: { rule: Rule; index: number },
): Promise<{ rule: EventRule; evidence: Evidence[] }> {
  const { Name: name = "", EventPattern: pattern = "" } = rule;
  const known = { name, enabled: isEnabled(rule), pattern };
  if (!known.enabled || index >= MOST_ASKED) {
    const detail = known.enabled ? `more than ${MOST_ASKED} rules` : "the rule is disabled";
    return { rule: { ...known, targets: unknown("not-collected", { detail }) }, evidence: [] };
  }
  const { pages, evidence, cut } = await everyPage(
    (NextToken) => ask("events:ListTargetsByRule", place, { Rule: name, NextToken, Limit: 100 }),
    (page) => page.NextToken,
  );
  const targets = cut ?? pages.reduce((sum, page) => sum + (page.Targets ?? []).length, 0);
  return { rule: { ...known, targets }, evidence };
}
