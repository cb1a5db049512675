import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { builtinPolicies } from "../src/policy/builtin.ts";
import { ALARM_EVENTS } from "../src/subjects/alarms-events.ts";
import { catchesEvery, catchesSome, readPattern } from "../src/subjects/filter-pattern/pattern.ts";
import { CIS_ALARMS, type CisAlarm } from "../src/subjects/schema/cis-alarms.ts";
import { aFilterMetric, anAlarmMetric } from "./subjects/a-metric.ts";
import { aFilter, anAlarm, judged } from "./subjects/an-alarm.ts";

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const idOf = (alarm: CisAlarm) =>
  `log-group-alarm-${kebab(alarm).replace("cloud-trail", "cloudtrail")}`;
const alarms = (Object.keys(CIS_ALARMS) as CisAlarm[]).map((alarm) => ({ alarm, id: idOf(alarm) }));
const builtin = new Map(builtinPolicies().map((policy) => [policy.id, policy]));

test("each of the fifteen alarms has its policy, and no other policy is named like one", () => {
  const named = [...builtin.keys()].filter((id) => id.startsWith("log-group-alarm-"));
  expect(named).toEqual(alarms.map(({ id }) => id).sort());
});

/** The filter pattern that a cure gives, as the tool that it is for will read it. */
function patterns(fix: { cli?: string; terraform?: string; cloudformation?: string }) {
  const [, shell] = /--filter-pattern '([^']*)'/.exec(fix.cli ?? "") ?? [];
  const [, hcl] = /^\s*pattern\s*= ("(?:[^"\\]|\\.)*")$/m.exec(fix.terraform ?? "") ?? [];
  const template = parse(fix.cloudformation ?? "", { logLevel: "silent" });
  const resources: { Properties: { FilterPattern?: string } }[] = Object.values(template.Resources);
  return {
    shell,
    terraform: JSON.parse(hcl ?? '""'),
    cloudformation: resources.find(({ Properties }) => Properties.FilterPattern)?.Properties
      .FilterPattern,
  };
}

test.each(alarms)(
  "$id: the cure's own filter catches the alarm's events and no others",
  ({ alarm, id }) => {
    const { shell, terraform, cloudformation } = patterns(builtin.get(id)?.fix ?? {});
    expect([terraform, cloudformation]).toEqual([shell, shell]);
    const pattern = readPattern(shell ?? "");
    const { events, others } = ALARM_EVENTS[alarm];
    expect(events.filter((event) => catchesEvery(pattern, event) !== "every")).toEqual([]);
    expect(others.filter((event) => catchesSome(pattern, event) !== false)).toEqual([]);
  },
);

test.each(alarms)(
  "$id asks about its own alarm alone, and reads no brace of the cure as a field",
  ({ alarm, id }) => {
    const text = readFileSync(new URL(`../policies/${id}.yaml`, import.meta.url), "utf8");
    const others = Object.keys(CIS_ALARMS).filter((other) => other !== alarm);
    expect(others.filter((other) => text.includes(other))).toEqual([]);
    expect(
      Object.keys(parse(text, { logLevel: "silent" }).require.properties.alarms.properties),
    ).toEqual([alarm]);
  },
);

type Said = Record<string, string | undefined>;

/** What a cure says of filter and alarm, by the names that the command line has for it. */
function settings(fix: { cli?: string; terraform?: string; cloudformation?: string }): Said[] {
  const flags = [...(fix.cli ?? "").matchAll(/--([a-z-]+) ([^'\s]+)/g)];
  const metric = [...(fix.cli ?? "").matchAll(/\b(metric[A-Z]\w*|defaultValue)=([^,\s]+)/g)];
  const hcl = [...(fix.terraform ?? "").matchAll(/^ +(\w+) += (?:"([^"]*)"|(\d+))$/gm)];
  const template = parse(fix.cloudformation ?? "", { logLevel: "silent" });
  const properties: Record<string, unknown>[] = Object.values<{
    Properties: Record<string, unknown>;
  }>(template.Resources).map((each) => each.Properties);
  const transformations = properties.flatMap((each) => each.MetricTransformations ?? []);
  const cased = (names: Said, to: (name: string) => string): Said =>
    Object.fromEntries(Object.entries(names).map(([name, value]) => [to(name), value]));
  const camel = (name: string) => name.replace(/[-_]([a-z])/g, (_, next) => next.toUpperCase());
  const lower = (name: string) => name.replace(/^[A-Z]/, (first) => first.toLowerCase());
  const named = (pairs: (string | undefined)[][]): Said =>
    Object.fromEntries(pairs.map(([, name = "", text, number]) => [name, text ?? number]));
  const cloudformation = Object.assign({}, ...properties, ...transformations);
  return [
    { ...cased(named(flags), camel), ...named(metric) },
    { ...cased(named(hcl), camel), metricValue: named(hcl).value },
    cased(cloudformation, lower),
  ];
}

test.each(alarms)(
  "$id: the cure's own alarm goes off on its filter's first event",
  ({ alarm, id }) => {
    const fix = builtin.get(id)?.fix ?? {};
    const pattern = patterns(fix).shell ?? "";
    for (const said of settings(fix)) {
      const { statistic = "", comparisonOperator = "", treatMissingData = "" } = said;
      const metric = aFilterMetric({
        value: said.metricValue ?? "",
        defaultValue: Number(said.defaultValue),
      });
      const cure = anAlarm({
        metrics: [anAlarmMetric({ statistic, period: Number(said.period) })],
        threshold: Number(said.threshold),
        evaluationPeriods: Number(said.evaluationPeriods),
        comparisonOperator,
        treatMissingData,
      });
      const group = { metricFilters: [aFilter({ pattern, metrics: [metric] })], alarms: [cure] };
      expect(judged(group).alarms[alarm]).toMatchObject({ raised: true, insensitive: [] });
      const deaf = { ...cure, threshold: 11 };
      expect(judged({ ...group, alarms: [deaf] }).alarms[alarm].raised).toBe(false);
    }
  },
);
