import {
  type Answer,
  documentText,
  given,
  givenNumber,
  page,
  Refusal,
  type Request,
} from "../answers.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { jsonProtocol } from "../protocols/json.ts";
import type { LogGroup, LogResourcePolicy } from "../schema/logs.ts";
import type { Service } from "./service.ts";

const MADE = Date.parse("2024-01-15T09:00:00Z");
const LARGEST_PAGE = 50;

export const logs: Service = {
  name: "logs",
  protocol: jsonProtocol("1.1"),
  resourceParameters: ["logGroupName", "logGroupNamePrefix", "logGroupIdentifiers", "resourceArn"],
  operations: {
    DescribeLogGroups: describeLogGroups,
    DescribeMetricFilters: describeMetricFilters,
    DescribeResourcePolicies: describeResourcePolicies,
  },
};

const groupsOf = ({ caller, region }: Request, { world }: IndexedWorld): LogGroup[] =>
  (world.logGroups ?? [])
    .filter((each) => each.account === caller.accountId && each.region === region)
    .sort((left, right) => (left.name < right.name ? -1 : 1));

function paged<T>({ input }: Request, items: readonly T[]) {
  const size = Math.min(givenNumber(input, "limit") ?? LARGEST_PAGE, LARGEST_PAGE);
  return page(items, { token: given(input, "nextToken"), size }, () => {
    return new Refusal("InvalidParameterException", "The specified nextToken is invalid.");
  });
}

function describeLogGroups(request: Request, world: IndexedWorld): Answer {
  const prefix = given(request.input, "logGroupNamePrefix") ?? "";
  const asked = request.input.logGroupIdentifiers;
  // An identifier is a name or the end of an ARN without `:*`.
  const names = Array.isArray(asked)
    ? asked.map((each) => String(each).replace(/^arn:.*:/, ""))
    : [];
  const groups = groupsOf(request, world)
    .filter(({ name }) => name.startsWith(prefix))
    .filter(({ name }) => names.length === 0 || names.includes(name));
  const { items, next } = paged(request, groups);
  return { body: { logGroups: items.map((each) => logGroup(world, each)), nextToken: next } };
}

/** `arn` ends with `:*`, as trails spell it; `logGroupArn` does not. */
function logGroup({ partition }: IndexedWorld, group: LogGroup): unknown {
  const { name, account, region, metricFilters = [] } = group;
  const arn = `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
  return {
    logGroupName: name,
    creationTime: MADE,
    retentionInDays: group.retentionInDays,
    metricFilterCount: metricFilters.length,
    arn: `${arn}:*`,
    storedBytes: 0,
    kmsKeyId: group.kmsKeyId,
    logGroupClass: group.logGroupClass ?? "STANDARD",
    logGroupArn: arn,
    deletionProtectionEnabled: group.deletionProtectionEnabled ?? false,
  };
}

function describeMetricFilters(request: Request, world: IndexedWorld): Answer {
  const name = given(request.input, "logGroupName");
  const groups = groupsOf(request, world).filter(
    (each) => name === undefined || each.name === name,
  );
  if (name !== undefined && groups.length === 0) {
    throw new Refusal("ResourceNotFoundException", "The specified log group does not exist.");
  }
  const { items, next } = paged(request, groups.flatMap(filters));
  return { body: { metricFilters: items, nextToken: next } };
}

const filters = ({ name, metricFilters = [] }: LogGroup): unknown[] =>
  metricFilters.map((filter) => ({
    filterName: filter.filterName,
    filterPattern: filter.filterPattern,
    metricTransformations: [transformation(filter)],
    creationTime: MADE,
    logGroupName: name,
    applyOnTransformedLogs: filter.applyOnTransformedLogs ?? false,
    fieldSelectionCriteria: filter.fieldSelectionCriteria,
    emitSystemFieldDimensions: filter.emitSystemFieldDimensions,
  }));

type MetricFilter = NonNullable<LogGroup["metricFilters"]>[number];

/** A metric with dimensions has no default value. */
function transformation({ metricName, metricNamespace, metricValue = "1", ...rest }: MetricFilter) {
  const { dimensions, unit, defaultValue = dimensions === undefined ? 0 : null } = rest;
  return {
    ...{ metricName, metricNamespace, metricValue, dimensions, unit },
    defaultValue: defaultValue ?? undefined,
  };
}

/** Those of the account and region, or with resourceArn the one that is attached there. */
function describeResourcePolicies(request: Request, { world }: IndexedWorld): Answer {
  const { caller, region, input } = request;
  const resource = given(input, "resourceArn");
  const policies = (world.logResourcePolicies ?? []).filter(
    (each) =>
      each.account === caller.accountId && each.region === region && each.resourceArn === resource,
  );
  const { items, next } = paged(request, policies);
  return { body: { resourcePolicies: items.map(resourcePolicy), nextToken: next } };
}

const resourcePolicy = ({ name, policy, resourceArn }: LogResourcePolicy): unknown => ({
  policyName: name,
  policyDocument: documentText(policy),
  lastUpdatedTime: MADE,
  policyScope: resourceArn === undefined ? "ACCOUNT" : "RESOURCE",
  resourceArn,
});
