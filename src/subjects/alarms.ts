import { all, and, any, or, type Truth } from "../snapshot/logic.ts";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";
import { type Fact, isUnknown, openEnd, type Unknown, unknownMore } from "../snapshot/unknown.ts";
import { ALARM_EVENTS, type AlarmEvents } from "./alarms-events.ts";
import { byName, type Watch, watches } from "./alarms-filter.ts";
import type { Topics } from "./alarms-notify.ts";
import { latest } from "./alarms-often.ts";
import { silentAlarms, type Watching } from "./alarms-silent.ts";
import { blankAlarms } from "./blank-alarms.ts";
import type { EventClass } from "./filter-pattern/event.ts";
import type { Alarms } from "./schema/alarms.ts";
import type { CisAlarm } from "./schema/cis-alarms.ts";
import type { LogGroup } from "./schema/log-group.ts";

/** The fifteen alarms of a log group, and those of them that nobody hears of. */
export function groupAlarms(
  group: LogGroupRecord,
  topics: Topics,
): Pick<LogGroup, "alarms" | "silentAlarms"> {
  const filters = watches(group, topics);
  if (isUnknown(filters)) {
    return { alarms: blankAlarms(filters), silentAlarms: [unknownMore(filters)] };
  }
  const watching = watchers(filters);
  const entry = (alarm: CisAlarm) => alarmEntry(ALARM_EVENTS[alarm], watching);
  return {
    alarms: {
      unauthorizedApiCalls: entry("unauthorizedApiCalls"),
      consoleSignInWithoutMfa: entry("consoleSignInWithoutMfa"),
      rootUsage: entry("rootUsage"),
      iamPolicyChanges: entry("iamPolicyChanges"),
      cloudTrailChanges: entry("cloudTrailChanges"),
      consoleSignInFailures: entry("consoleSignInFailures"),
      keyDisablingOrDeletion: entry("keyDisablingOrDeletion"),
      bucketPolicyChanges: entry("bucketPolicyChanges"),
      configChanges: entry("configChanges"),
      securityGroupChanges: entry("securityGroupChanges"),
      networkAclChanges: entry("networkAclChanges"),
      networkGatewayChanges: entry("networkGatewayChanges"),
      routeTableChanges: entry("routeTableChanges"),
      vpcChanges: entry("vpcChanges"),
      organizationsChanges: entry("organizationsChanges"),
    },
    silentAlarms: silentAlarms(filters, watching),
  };
}

function watchers(filters: readonly Watch[]): Watching {
  const byEvent = new Map<EventClass, Watch[]>();
  for (const filter of filters) {
    for (const event of filter.about) {
      const before = byEvent.get(event);
      if (before === undefined) byEvent.set(event, [filter]);
      else before.push(filter);
    }
  }
  return (event) => byEvent.get(event) ?? [];
}

type Entry = Alarms[CisAlarm];

/**
 * Several filters may share an alarm's events, if each has an alarm of its own: whichever event
 * comes, an alarm goes off.
 */
function alarmEntry({ events, others }: AlarmEvents, watching: Watching): Entry {
  const about = [...new Set(events.flatMap(watching))].sort(byName);
  const raised = isRaised(events, about, watching);
  const undecided = about.map(({ alarms }) => alarms).find(isUnknown);
  if (undecided !== undefined && about.length > 1) return { raised, ...undecidedEntry(undecided) };
  const fed = about.filter(({ feeds }) => events.some((event) => feeds(event) !== false));
  const closest = cover(events, fed.length > 0 ? fed : about);
  return {
    raised,
    filter: joined(closest.map(({ name }) => name)),
    alarm: alarmNames(closest),
    insensitive: insensitive(events, closest),
    missing: missing(events, closest),
    wider: any(closest, ({ catchesSome }) => any(others, (event) => catchesSome(event))),
  };
}

function isRaised(events: Events, about: readonly Watch[], watching: Watching): Truth {
  const [only] = about;
  if (only === undefined) return false;
  if (about.length === 1) {
    return all(events, (event) => and(only.feeds(event), only.catches(event)));
  }
  return all(events, (event) =>
    any(watching(event), ({ feeds, catches }) => and(feeds(event), catches(event))),
  );
}

/** Which of several filters comes closest depends on the alarms. */
const undecidedEntry = (why: Unknown): Omit<Entry, "raised"> => ({
  filter: why,
  alarm: why,
  insensitive: [unknownMore(why)],
  missing: [unknownMore(why)],
  wider: why,
});

type Events = AlarmEvents["events"];

/** The filters that together catch the most, those that catch most by themselves first. */
function cover(events: Events, filters: readonly Watch[]): readonly Watch[] {
  if (filters.length < 2) return filters;
  const counted = filters.map((filter) => {
    const answers = events.map((event) => filter.catches(event));
    const weight = answers.reduce<number>((sum, each) => sum + weightOf(each), 0);
    return { filter, answers, weight };
  });
  counted.sort((a, b) => b.weight - a.weight);
  const covered = events.map((): Truth => false);
  const chosen: Watch[] = [];
  for (const { filter, answers } of counted) {
    const adds = answers.some((each, index) => weightOf(each) > weightOf(covered[index] ?? false));
    if (!adds) continue;
    chosen.push(filter);
    for (const [index, each] of answers.entries())
      covered[index] = or(covered[index] ?? false, each);
  }
  return chosen;
}

/** A certain catch counts more than all the doubtful ones of an alarm together. */
function weightOf(caught: Truth): number {
  if (isUnknown(caught)) return 1;
  return caught ? 100 : 0;
}

function missing(events: Events, filters: readonly Watch[]): Entry["missing"] {
  const names: string[] = [];
  const undecided: Unknown[] = [];
  for (const event of events) {
    const isCaught = any(filters, ({ catches }) => catches(event));
    if (isCaught === false) names.push(event.name);
    if (isUnknown(isCaught)) undecided.push(isCaught);
  }
  return [...names, ...openEnd(undecided)];
}

function alarmNames(filters: readonly Watch[]): Fact<string | null> {
  const names = new Set<string>();
  for (const { alarms } of filters) {
    if (isUnknown(alarms)) return alarms;
    for (const { name } of alarms) names.add(name);
  }
  return joined([...names].sort());
}

/** The alarms of these filters that would not go off on such an event, each with why. */
function insensitive(events: Events, filters: readonly Watch[]): Entry["insensitive"] {
  const most = Math.max(...events.map(latest));
  const texts = new Set<string>();
  const undecided: Unknown[] = [];
  for (const { alarms } of filters) {
    for (const each of isUnknown(alarms) ? [alarms] : alarms) {
      const needs = isUnknown(each) ? each : each.needs;
      if (isUnknown(needs)) undecided.push(needs);
      else if (!isUnknown(each) && needs.events > most) texts.add(`${each.name}: ${needs.why}`);
    }
  }
  const shown = [...texts].sort();
  return [...shown, ...openEnd(undecided)];
}

const MOST_NAMES = 5;

function joined(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const more = names.length > MOST_NAMES ? ["…"] : [];
  return [...names.slice(0, MOST_NAMES), ...more].join(", ");
}
