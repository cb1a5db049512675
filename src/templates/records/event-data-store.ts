import type { EventDataStoreRecord } from "../../snapshot/resources/event-data-store.ts";
import { isUnknown, mapFact } from "../../snapshot/unknown.ts";
import { companionsOf, onlyOne } from "./companions.ts";
import { documentText } from "./documents.ts";
import { type Places, provenance, type Told } from "./places.ts";
import { flag, given, whole } from "./read.ts";
import { storeSelectors } from "./selectors.ts";
import { arnOf } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/** What CloudTrail keeps events for where nothing is said: with one-year pricing, or with seven. */
const DAYS = { EXTENDABLE_RETENTION_PRICING: 366, FIXED_RETENTION_PRICING: 2557 } as const;

/** An event data store, with each dialect's defaults. */
export function eventDataStoreRecord(
  world: World,
  planned: Planned,
  places: Places,
): EventDataStoreRecord {
  const { values, account, region, stack, resource } = planned;
  const arn = arnOf(world, planned);
  const text = (...names: string[]) => textIn(world, planned, given(values, ...names));
  const billingMode = mapFact(
    text("billing_mode", "BillingMode"),
    (mode) => mode ?? "EXTENDABLE_RETENTION_PRICING",
  );
  return {
    kind: "resource",
    type: "event-data-store",
    arn,
    planned: { stack, address: resource.address },
    name: nameOf(world, planned),
    accountId: account,
    region,
    exists: resource.presence,
    status: status(planned),
    isMultiRegion: flag(values, ["multi_region_enabled", "MultiRegionEnabled"], true),
    isOrganization: flag(values, ["organization_enabled", "OrganizationEnabled"], false),
    retentionDays: retention(planned, billingMode),
    terminationProtected: flag(
      values,
      ["termination_protection_enabled", "TerminationProtectionEnabled"],
      true,
    ),
    billingMode,
    kmsKeyArn: text("kms_key_id", "KmsKeyId"),
    eventSelectors: storeSelectors({ world, planned }),
    policy: policyOf(world, planned, arn),
    ...provenance(places, told(planned)),
  };
}

const told = (planned: Planned): Told => [
  ["", planned, [""]],
  ["/status", planned, ["suspend", "IngestionEnabled"]],
  ["/isMultiRegion", planned, ["multi_region_enabled", "MultiRegionEnabled"]],
  ["/isOrganization", planned, ["organization_enabled", "OrganizationEnabled"]],
  ["/retentionDays", planned, ["retention_period", "RetentionPeriod"]],
  [
    "/terminationProtected",
    planned,
    ["termination_protection_enabled", "TerminationProtectionEnabled"],
  ],
  ["/kmsKeyArn", planned, ["kms_key_id", "KmsKeyId"]],
  ["/eventSelectors", planned, ["advanced_event_selector", "AdvancedEventSelectors"]],
];

function status({ values }: Planned): EventDataStoreRecord["status"] {
  const suspended = flag(values, ["suspend"], false);
  const ingesting = flag(values, ["IngestionEnabled"], true);
  if (isUnknown(suspended)) return suspended;
  return mapFact(ingesting, (isOn) => (isOn && !suspended ? "ENABLED" : "STOPPED_INGESTION"));
}

/** Terraform's provider asks for 2,555 days; CloudFormation leaves it to CloudTrail. */
function retention(
  { values, resource }: Planned,
  billingMode: EventDataStoreRecord["billingMode"],
): EventDataStoreRecord["retentionDays"] {
  const days = whole(values, "retention_period", "RetentionPeriod");
  if (isUnknown(days) || days !== null) return days;
  if (resource.dialect === "terraform") return 2555;
  return mapFact(billingMode, (mode) =>
    mode === "FIXED_RETENTION_PRICING"
      ? DAYS.FIXED_RETENTION_PRICING
      : DAYS.EXTENDABLE_RETENTION_PRICING,
  );
}

function policyOf(world: World, planned: Planned, arn: string): EventDataStoreRecord["policy"] {
  const by = ["resource_arn", "ResourceArn"];
  const wanted = { kinds: ["resourcePolicy"], by, names: [arn] } as const;
  const other = onlyOne(companionsOf(world, planned, wanted));
  if (other === null || isUnknown(other)) return other;
  return documentText(world, other, given(other.values, "resource_policy", "ResourcePolicy"));
}
