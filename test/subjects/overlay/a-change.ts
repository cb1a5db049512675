import type {
  AccountRecord,
  SeenTrail,
  TrailStatus,
} from "../../../src/snapshot/account-record.ts";
import type { SnapshotRecord } from "../../../src/snapshot/records.ts";
import type { TrailRecord } from "../../../src/snapshot/resources/trail.ts";
import { type Fact, isUnknown, unknown } from "../../../src/snapshot/unknown.ts";
import type { ChangeSide } from "../../../src/subjects/change/changes.ts";
import { liveView } from "../../../src/subjects/overlay/live-trails.ts";
import { type Overlay, overlaid, overlayOf } from "../../../src/subjects/overlay/overlaid.ts";
import type { LiveChange } from "../../../src/subjects/overlay/planned-trails.ts";
import { templateRecords } from "../../../src/templates/records/records.ts";
import type { TemplateResource } from "../../../src/templates/resource.ts";
import type { Value } from "../../../src/templates/value.ts";
import { BUCKET, MANAGEMENT, NOW, WORKLOAD } from "../a-snapshot.ts";

export const later = unknown("known-after-apply");
export const noRegion = unknown("unresolved", { detail: "AWS::Region" });
export const noAccount = unknown("unresolved", { detail: "AWS::AccountId" });

type Values = Record<string, Value>;

type Settings = {
  region?: Fact<string>;
  accountId?: Fact<string>;
  presence?: TemplateResource["presence"];
};

/** A resource of a Terraform plan, by default in the workload account's eu-west-1. */
export const a = (
  type: string,
  address: string,
  values: Values,
  settings: Settings = {},
): TemplateResource => ({
  dialect: "terraform",
  type,
  address,
  title: null,
  values,
  presence: true,
  region: "eu-west-1",
  accountId: WORKLOAD,
  locate: () => null,
  ...settings,
});

/** The organization's trail of `aSnapshot`, as Terraform has it. */
export const organizationTrail = (values: Values = {}, settings: Settings = {}): TemplateResource =>
  a(
    "aws_cloudtrail",
    "aws_cloudtrail.organization",
    {
      name: "organization",
      s3_bucket_name: BUCKET,
      is_multi_region_trail: true,
      is_organization_trail: true,
      ...values,
    },
    { accountId: MANAGEMENT, region: "us-east-1", ...settings },
  );

/** The local trail of the workload account. */
export const localTrail = (values: Values = {}, settings: Settings = {}): TemplateResource =>
  a(
    "aws_cloudtrail",
    "aws_cloudtrail.local",
    { name: "local", s3_bucket_name: BUCKET, ...values },
    settings,
  );

/** What a stack named `prod` describes at one time. */
export function sideOf(resources: readonly TemplateResource[], stack = "prod"): ChangeSide {
  const states = [{ stack, state: { assuming: null, resources, open: null } }];
  const made = templateRecords(states, { tool: "test", startedAt: NOW });
  return {
    records: made.records,
    guards: made.guards,
    has: (id) => made.resourceOf(id) !== undefined,
    presenceOf: (id) => made.resourceOf(id)?.resource.presence ?? true,
    watchAt: made.watchAt,
    topics: made.topics,
  };
}

export const changeOf = (
  before: readonly TemplateResource[],
  after: readonly TemplateResource[],
  fates: Partial<LiveChange["fates"]> = {},
): LiveChange => ({
  before: sideOf(before),
  after: sideOf(after),
  fates: { movedTo: new Map(), replaced: new Set(), forgotten: new Set(), ...fates },
});

export async function* streamed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

export async function overlayFor(
  records: readonly SnapshotRecord[],
  change: LiveChange,
): Promise<Overlay> {
  return overlayOf(await liveView(streamed(records)), change);
}

/** The records of a snapshot as they will be after the change. */
export async function laidOver(
  records: readonly SnapshotRecord[],
  change: LiveChange,
): Promise<SnapshotRecord[]> {
  const after: SnapshotRecord[] = [];
  for await (const record of overlaid(streamed(records), await overlayFor(records, change))) {
    after.push(record);
  }
  return after;
}

/** `account/region` of each place where a trail is seen, with what its status says. */
export function seenIn(records: readonly SnapshotRecord[], arn: string): Record<string, unknown> {
  const accounts = records.filter((record): record is AccountRecord => record.kind === "account");
  const places = accounts.flatMap(({ id, regions }) =>
    regions.flatMap((region) =>
      isUnknown(region)
        ? []
        : region.trails
            .filter((seen): seen is SeenTrail => !isUnknown(seen) && seen.arn === arn)
            .map((seen) => [`${id.slice(0, 3)}/${region.name}`, statusIn(seen)] as const),
    ),
  );
  return Object.fromEntries(places);
}

function statusIn({ status }: SeenTrail): string {
  if (isUnknown(status)) return `?${status.$unknown.reason}`;
  const { isLogging, latestDeliveryError } = status satisfies TrailStatus;
  const logging = isUnknown(isLogging) ? `?${isLogging.$unknown.reason}` : isLogging;
  if (latestDeliveryError === null) return `logging ${logging}`;
  const error = isUnknown(latestDeliveryError)
    ? `?${latestDeliveryError.$unknown.reason}`
    : latestDeliveryError;
  return `logging ${logging}, ${error}`;
}

/** The record of a trail; undefined: there is none. */
export const trailIn = (
  records: readonly SnapshotRecord[],
  is: (trail: TrailRecord) => boolean,
): TrailRecord | undefined =>
  records.find(
    (record): record is TrailRecord =>
      record.kind === "resource" && record.type === "trail" && is(record),
  );
