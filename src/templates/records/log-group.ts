import type { Alarm, MetricFilter } from "../../snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../../snapshot/resources/log-group.ts";
import { metricKey } from "../../snapshot/resources/metric-key.ts";
import type { NamedPolicy } from "../../snapshot/resources/named-policy.ts";
import { type Fact, isKnown, isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import { compositeAlarm, metricAlarm, metricFilter } from "./alarm.ts";
import { companionsOf } from "./companions.ts";
import { documentText } from "./documents.ts";
import { type Places, provenance } from "./places.ts";
import { flag, given, whole } from "./read.ts";
import { groupedBy, remembered } from "./remembered.ts";
import { arnOf } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import { ofKinds, type Planned, type World } from "./world.ts";

/** A log group that a plan or template makes, with the filters and alarms that are known; there may be more. */
export function logGroupRecord(world: World, planned: Planned, places: Places): LogGroupRecord {
  const { values, account, region, stack, resource } = planned;
  const filters = filtersOn(world, planned);
  const [filter] = filters;
  const known = filters.map((each) => metricFilter({ world, planned: each })).filter(isKnown);
  return {
    kind: "resource",
    type: "log-group",
    arn: arnOf(world, planned),
    planned: { stack, address: resource.address },
    name: nameOf(world, planned),
    accountId: account,
    region,
    exists: resource.presence,
    retentionDays: mapFact(whole(values, "retention_in_days", "RetentionInDays"), kept),
    kmsKeyArn: textIn(world, planned, given(values, "kms_key_id", "KmsKeyId")),
    logGroupClass: groupClass(world, planned),
    deletionProtected: flag(
      values,
      ["deletion_protection_enabled", "DeletionProtectionEnabled"],
      false,
    ),
    metricFilters: known,
    alarms: alarmsIn(world, planned, known),
    resourcePolicies: resourcePolicies(world, planned),
    ...provenance(places, [
      ["", planned, [""]],
      ["/retentionDays", planned, ["retention_in_days", "RetentionInDays"]],
      ["/kmsKeyArn", planned, ["kms_key_id", "KmsKeyId"]],
      ["/metricFilters", filter ?? planned, [""]],
    ]),
  };
}

/** A plan calls the class unknown where nobody wrote it; filters are only taken by the standard one. */
function groupClass(world: World, planned: Planned): Fact<string> {
  const name = textIn(world, planned, given(planned.values, "log_group_class", "LogGroupClass"));
  const isUnwritten = isUnknown(name) && name.$unknown.reason === "known-after-apply";
  return isUnwritten ? "STANDARD" : mapFact(name, (known) => known ?? "STANDARD");
}

/** The metric filters that name a log group. */
export function filtersOn(world: World, planned: Planned): Planned[] {
  const names = [nameOf(world, planned), arnOf(world, planned)];
  const by = ["log_group_name", "LogGroupName"];
  return companionsOf(world, planned, { kinds: ["metricFilter"], by, names }).found;
}

/** How long ten years are: CloudWatch Logs refuses to keep events longer, but for ever. */
const LONGEST_DAYS = 3653;

/** Terraform writes 0 for ever. */
function kept(days: number | null): Fact<number | null> {
  if (days === null || days === 0) return null;
  return days > 0 && days <= LONGEST_DAYS
    ? days
    : unknown("unsupported", { detail: `a retention of ${days} days` });
}

/** An account and region, as a key. */
export const placeOf = ({ account, region }: Planned): string => `${account} ${region}`;

/** Alarms that are sure to be there and wholly known, by account and region. */
const alarmsAt = remembered((world) => {
  const sure = ofKinds(world, "alarm", "compositeAlarm").flatMap((planned) => {
    const read = planned.kind === "alarm" ? metricAlarm : compositeAlarm;
    const alarm = planned.resource.presence === true ? read({ world, planned }) : null;
    return alarm === null || isUnknown(alarm) ? [] : [{ alarm, place: placeOf(planned) }];
  });
  return groupedBy(sure, ({ place }) => [place]);
});

/** Those of the group's account and region on a metric of these filters, and all composite ones. */
export function alarmsIn(
  world: World,
  planned: Planned,
  filters: readonly MetricFilter[],
): Alarm[] {
  if (filters.length === 0) return [];
  const counted = new Set(filters.flatMap(({ metrics }) => metrics.map(metricKey)));
  return (alarmsAt(world).get(placeOf(planned)) ?? [])
    .map(({ alarm }) => alarm)
    .filter(
      ({ rule, metrics }) => rule !== null || metrics.some((each) => counted.has(metricKey(each))),
    );
}

const policiesAt = remembered((world) =>
  groupedBy(ofKinds(world, "logPolicy"), (each) => [placeOf(each)]),
);

/** Those that the inputs hold; what others there are in the account, or in modules, only AWS tells. */
function resourcePolicies(world: World, planned: Planned): Fact<NamedPolicy[]> {
  const open = world.unseen.get(planned.stack)?.otherwise ?? null;
  if (open !== null) return open;
  return (policiesAt(world).get(placeOf(planned)) ?? []).map((each) => ({
    name: each.resource.address,
    document: document(world, each),
  }));
}

function document(world: World, policy: Planned): Fact<string> {
  const value = given(policy.values, "policy_document", "PolicyDocument");
  return mapFact(
    documentText(world, policy, value),
    (text) => text ?? unknown("unsupported", { detail: "a policy without a document" }),
  );
}
