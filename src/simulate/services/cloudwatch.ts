import type { Request } from "../answers.ts";
import { type Answer, epochSeconds, given, givenNumber, page, Refusal } from "../answers.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { queryCompatibleJson } from "../protocols/json.ts";
import type { Alarm } from "../schema/resources.ts";
import type { Service } from "./service.ts";

const MADE = epochSeconds(Date.parse("2024-01-15T09:00:00Z"));
const LARGEST_PAGE = 100;

export const cloudwatch: Service = {
  name: "cloudwatch",
  protocol: queryCompatibleJson,
  resourceParameters: ["AlarmNames"],
  operations: { DescribeAlarms: describeAlarms },
};

/** Metric alarms, unless other types are asked for: the world has no alarms of those. */
function describeAlarms({ input, caller, region }: Request, world: IndexedWorld): Answer {
  const types: unknown = input.AlarmTypes;
  const isAsked = !Array.isArray(types) || types.includes("MetricAlarm");
  const prefix = given(input, "AlarmNamePrefix") ?? "";
  const alarms = (world.world.alarms ?? [])
    .filter((each) => isAsked && each.account === caller.accountId && each.region === region)
    .filter(({ name }) => name.startsWith(prefix))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const size = Math.min(givenNumber(input, "MaxRecords") ?? LARGEST_PAGE, LARGEST_PAGE);
  const { items, next } = page(alarms, { token: given(input, "NextToken"), size }, () => {
    return new Refusal("InvalidNextToken", "The next token specified is invalid.");
  });
  const MetricAlarms = items.map((each) => alarm(world, each));
  return { body: { MetricAlarms, CompositeAlarms: [], NextToken: next } };
}

function alarm({ partition }: IndexedWorld, each: Alarm): unknown {
  const { name, account, region, threshold = 1, period = 300 } = each;
  return {
    AlarmName: name,
    AlarmArn: `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`,
    AlarmConfigurationUpdatedTimestamp: MADE,
    ActionsEnabled: each.actionsEnabled ?? true,
    OKActions: [],
    AlarmActions: each.alarmActions ?? [],
    InsufficientDataActions: [],
    StateValue: "OK",
    StateReason: "Unchecked: Initial alarm creation",
    StateUpdatedTimestamp: MADE,
    MetricName: each.metricName,
    Namespace: each.namespace,
    Statistic: "Sum",
    Dimensions: [],
    Period: period,
    EvaluationPeriods: 1,
    Threshold: threshold,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    TreatMissingData: "notBreaching",
  };
}
