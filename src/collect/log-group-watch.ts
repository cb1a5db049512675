import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import type { Alarm } from "../snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";
import { type Fact, isUnknown, merged } from "../snapshot/unknown.ts";
import { alarmsAbove } from "./alarms.ts";
import { parseArn } from "./arn.ts";
import type { Evidence } from "./evidence.ts";
import type { GroupAsked } from "./log-group.ts";
import { metricFiltersOf } from "./metric-filters.ts";
import { resourcePolicies, tooMany, whole } from "./monitoring.ts";
import { topicRecord } from "./topic.ts";

type Watch = Pick<LogGroupRecord, "metricFilters" | "alarms" | "resourcePolicies">;

/** Who watches a log group, and who else may read it. Topics that its alarms notify go out first. */
export async function groupWatch(asked: GroupAsked, group: LogGroup): Promise<Watch> {
  const [watch, policies] = await Promise.all([watched(asked), policiesOf(asked, group)]);
  return { ...watch, resourcePolicies: policies };
}

async function watched(asked: GroupAsked) {
  const { run, place, name } = asked;
  const listed = await metricFiltersOf(run.ask, place, name);
  noted(asked, "/metricFilters", listed.evidence);
  const metricFilters = whole(listed);
  const alarms = await alarmsOn(asked, metricFilters);
  if (!isUnknown(alarms)) await notified(asked, alarms);
  return { metricFilters, alarms };
}

/** Far more than the alarms that anybody has on one log group. */
const MOST_ALARMS = 1000;

async function alarmsOn(
  asked: GroupAsked,
  filters: LogGroupRecord["metricFilters"],
): Promise<Fact<Alarm[]>> {
  if (isUnknown(filters)) return filters;
  if (filters.every(({ metrics }) => metrics.length === 0)) return [];
  const listed = await asked.run.monitoring.alarms(asked.place);
  noted(asked, "/alarms", listed.evidence);
  if (listed.cut !== null) return listed.cut;
  const found = alarmsAbove(listed.items, filters);
  return found.length > MOST_ALARMS ? tooMany(MOST_ALARMS, "alarms") : found;
}

/** Of more topics than these it is not known whether anybody listens. */
const MOST_TOPICS = 100;

async function notified({ run }: GroupAsked, alarms: readonly Alarm[]): Promise<void> {
  const actions = new Set(alarms.flatMap((alarm) => alarm.actions));
  const topics = [...actions].filter((arn) => parseArn(arn)?.service === "sns").sort();
  await Promise.all(topics.slice(0, MOST_TOPICS).map((arn) => topicRecord(run, arn)));
}

/** The account's own policies and those of the group alone; a list without the other proves nothing. */
async function policiesOf(
  asked: GroupAsked,
  { arn }: LogGroup,
): Promise<Watch["resourcePolicies"]> {
  const { run, place } = asked;
  const [account, own] = await Promise.all([
    run.monitoring.resourcePolicies(place),
    arn === undefined
      ? null
      : resourcePolicies(run.ask, place, { policyScope: "RESOURCE", resourceArn: arn }),
  ]);
  const listed = [account, ...(own === null ? [] : [own])];
  for (const { evidence } of listed) noted(asked, "/resourcePolicies", evidence);
  const cuts = listed.flatMap(({ cut }) => (cut === null ? [] : [cut]));
  return cuts.length > 0 ? merged(cuts) : listed.flatMap(({ items }) => items);
}

/** Pages beyond these are read and not kept: an answer of thousands of alarms is no evidence of one. */
const MOST_NOTED = 20;

function noted({ notebook }: GroupAsked, pointer: string, evidence: readonly Evidence[]): void {
  for (const page of evidence.slice(0, MOST_NOTED)) notebook.tells([pointer], page);
}
