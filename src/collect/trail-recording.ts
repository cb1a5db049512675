import type { Trail } from "@aws-sdk/client-cloudtrail";
import type { EventSelectors } from "../snapshot/event-selectors.ts";
import type { EventRule, InsightSelector, Tag, TrailRecord } from "../snapshot/resources/trail.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import { type Answer, type Caller, type Place, told } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import type { TrailSeen } from "./region.ts";
import type { Run } from "./run.ts";
import { DEFAULT_SELECTORS, readSelectors } from "./selectors.ts";

type About = {
  run: Run;
  seen: TrailSeen;
  owner: Caller | Unknown;
  trail: Trail;
  notebook: Notebook;
};

type Recording = Pick<
  TrailRecord,
  "eventSelectors" | "insightSelectors" | "aggregatedEvents" | "tags" | "eventRules"
>;

/** What only the owner of a trail is surely told of it, each fact by a call of its own. */
export async function recordingOf(about: About): Promise<Recording> {
  const [eventSelectors, insightSelectors, aggregatedEvents, tags, eventRules] = await Promise.all([
    eventSelectorsOf(about),
    insightSelectorsOf(about),
    aggregatedEventsOf(about),
    tagsOf(about),
    eventRulesOf(about),
  ]);
  return { eventSelectors, insightSelectors, aggregatedEvents, tags, eventRules };
}

async function eventSelectorsOf(about: About): Promise<Fact<EventSelectors>> {
  const { run, seen, owner, trail } = about;
  const answer = await askOwnerFirst(about, "/eventSelectors", (place) =>
    run.ask("cloudtrail:GetEventSelectors", place, { TrailName: seen.arn }),
  );
  if (answer.ok) return readSelectors(answer.value, trail);
  // Members are often refused, and then the owner's word that nothing was selected is enough.
  const isOutside = isUnknown(owner) && owner.$unknown.reason === "outside-scope";
  if (isOutside && trail.HasCustomEventSelectors === false) return DEFAULT_SELECTORS;
  return isUnknown(owner) ? outside(owner, "cloudtrail:GetEventSelectors") : answer.unknown;
}

async function insightSelectorsOf(about: About): Promise<Fact<InsightSelector[]>> {
  const { run, seen, owner } = about;
  const answer = await askOwnerFirst(about, "/insightSelectors", (place) =>
    run.ask("cloudtrail:GetInsightSelectors", place, { TrailName: seen.arn }),
  );
  if (answer.ok) return readInsights(answer.value);
  // Where no Insights are on AWS answers with an error. What a member hears proves nothing.
  if (!isUnknown(owner) && answer.code === "InsightNotEnabledException") return [];
  return isUnknown(owner) ? outside(owner, "cloudtrail:GetInsightSelectors") : answer.unknown;
}

function readInsights({ InsightSelectors = [] }: Output<"cloudtrail:GetInsightSelectors">) {
  const read: InsightSelector[] = [];
  for (const { InsightType: type, EventCategories } of InsightSelectors) {
    // Left out by endpoints and trails from before there were Insights of data events.
    const eventCategories = EventCategories ?? ["Management"];
    if (type !== undefined) read.push({ type, eventCategories: [...eventCategories].sort() });
  }
  return read.sort((a, b) => (a.type < b.type ? -1 : 1));
}

async function aggregatedEventsOf(about: About): Promise<Fact<string[]>> {
  const { run, seen, owner } = about;
  const answer = await askOwnerFirst(about, "/aggregatedEvents", (place) =>
    run.ask("cloudtrail:GetEventConfiguration", place, { TrailName: seen.arn }),
  );
  if (!answer.ok) {
    return isUnknown(owner) ? outside(owner, "cloudtrail:GetEventConfiguration") : answer.unknown;
  }
  const configurations = answer.value.AggregationConfigurations ?? [];
  return [...new Set(configurations.flatMap(({ Templates = [] }) => Templates))].sort();
}

/** Only the account in the ARN is told a trail's tags, and only in the home region. */
async function tagsOf({ run, seen, owner, notebook }: About): Promise<Fact<Tag[]>> {
  if (isUnknown(owner)) return outside(owner, "cloudtrail:ListTags");
  const place = { caller: owner, region: seen.parts.region };
  const answer = await run.ask("cloudtrail:ListTags", place, { ResourceIdList: [seen.arn] });
  notebook.tells(["/tags"], answer.evidence);
  return told(answer, ({ ResourceTagList: resources = [] }) => {
    const trail = resources.find(({ ResourceId }) => ResourceId === seen.arn);
    const tags = trail?.TagsList?.map(({ Key: key = "", Value: value = "" }) => ({ key, value }));
    if (tags !== undefined) return tags.sort((a, b) => (a.key < b.key ? -1 : 1));
    return unknown("unsupported", { detail: "the answer has no TagsList of the trail" });
  });
}

async function eventRulesOf({ run, seen, owner, notebook }: About): Promise<Fact<EventRule[]>> {
  if (isUnknown(owner)) return outside(owner, "events:ListRules");
  const place = { caller: owner, region: seen.parts.region };
  const { rules, listed, targets } = await run.monitoring.eventRules(place);
  for (const page of listed) notebook.tells(["/eventRules"], page);
  for (const [index, pages] of targets.entries()) {
    for (const page of pages) notebook.tells([`/eventRules/${index}/targets`], page);
  }
  return rules;
}

const outside = ({ $unknown: { reason, detail } }: Unknown, action: string): Unknown =>
  unknown(reason, {
    action: reason === "outside-scope" ? action : "sts:AssumeRole",
    ...(detail === undefined ? {} : { detail }),
  });

/**
 * Asks in the home region with the owner's identity; where that fails, as who sees the trail. If
 * both fail the owner's answer counts.
 */
async function askOwnerFirst<T>(
  { seen, owner, notebook }: About,
  pointer: string,
  ask: (place: Place) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const asViewer = async () => {
    const answer = await ask(seen.place);
    notebook.tells([pointer], answer.evidence);
    return answer;
  };
  if (isUnknown(owner)) return asViewer();
  const first = await ask({ caller: owner, region: seen.parts.region });
  notebook.tells([pointer], first.evidence);
  const isViewer = owner.accountId === seen.place.caller.accountId;
  if (first.ok || isViewer || first.code === "InsightNotEnabledException") return first;
  const second = await asViewer();
  return second.ok ? second : first;
}
