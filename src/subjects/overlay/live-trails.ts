import type { AccountRecord } from "../../snapshot/account-record.ts";
import type { OrganizationRecord } from "../../snapshot/organization-record.ts";
import type { HeaderRecord, SnapshotRecord } from "../../snapshot/records.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { type Fact, isKnown, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { headless } from "../join.ts";
import type { PlannedTrail } from "./planned-trails.ts";

/** A trail of the snapshot, as far as it takes to know it again. */
export type LiveTrail = Pick<
  TrailRecord,
  | "arn"
  | "name"
  | "accountId"
  | "homeRegion"
  | "isMultiRegion"
  | "isOrganizationTrail"
  | "bucketName"
  | "kmsKeyArn"
  | "logGroupArn"
> & {
  /** In the home region, as its owner sees it; unknown where the owner was not asked. */
  isLogging: Fact<boolean>;
};

/** What has to be known of a snapshot before a change can be laid over it. */
export type LiveView = {
  header: HeaderRecord;
  organization: OrganizationRecord | null;
  trails: ReadonlyMap<string, LiveTrail>;
  /** The accounts that have a record. */
  accounts: ReadonlySet<string>;
  /** Every ARN of a trail that some region lists, and the regions of each account that list all of theirs. */
  listed: { arns: ReadonlySet<string>; wholly: ReadonlyMap<string, string> };
};

/** Reads a snapshot for its trails; memory grows with these and the ids of accounts alone. */
export async function liveView(records: AsyncIterable<SnapshotRecord>): Promise<LiveView> {
  let header: HeaderRecord | null = null;
  let organization: OrganizationRecord | null = null;
  const trails = new Map<string, LiveTrail>();
  const accounts = new Set<string>();
  const listed = { arns: new Set<string>(), wholly: new Map<string, string>() };
  for await (const record of records) {
    if (record.kind === "header") header = record;
    if (record.kind === "organization") organization = record;
    if (record.kind === "resource" && record.type === "trail") trails.set(record.arn, live(record));
    if (record.kind !== "account") continue;
    accounts.add(record.id);
    listed.wholly.set(record.id, whollyListed(record, listed.arns));
    atHome(record, trails);
  }
  if (header === null) throw headless();
  return { header, organization, trails, accounts, listed };
}

/** The names of the regions whose list of trails has no gap; what they list goes to `arns`. */
function whollyListed({ regions }: AccountRecord, arns: Set<string>): string {
  const whole = regions.filter(isKnown).filter(({ trails }) => trails.every(isKnown));
  for (const { trails } of regions.filter(isKnown)) {
    for (const { arn } of trails.filter(isKnown)) arns.add(arn);
  }
  return whole.map(({ name }) => name).join(" ");
}

/** Whether the snapshot shows that there is no trail of this ARN. */
export function hasNoTrail({ trails, listed }: LiveView, arn: string): boolean {
  const [, , service, region = "", account = "", name = ""] = arn.split(":");
  if (service !== "cloudtrail" || !name.startsWith("trail/") || region === "") return false;
  if (trails.has(arn) || listed.arns.has(arn)) return false;
  return listed.wholly.get(account)?.split(" ").includes(region) === true;
}

function live(record: TrailRecord): LiveTrail {
  const { arn, name, accountId, homeRegion, isMultiRegion, isOrganizationTrail } = record;
  const { bucketName, kmsKeyArn, logGroupArn } = record;
  const isLogging = unknown("outside-scope", { detail: "the trail's status at home" });
  const place = { arn, name, accountId, homeRegion, isMultiRegion, isOrganizationTrail };
  return { ...place, bucketName, kmsKeyArn, logGroupArn, isLogging };
}

function atHome({ id, regions }: AccountRecord, trails: Map<string, LiveTrail>): void {
  for (const region of regions.filter(isKnown)) {
    for (const { arn, status } of region.trails.filter(isKnown)) {
      const trail = trails.get(arn);
      if (trail?.accountId !== id || trail.homeRegion !== region.name) continue;
      trails.set(arn, { ...trail, isLogging: isUnknown(status) ? status : status.isLogging });
    }
  }
}

/** The live trails that a planned one may be. */
export type Found = {
  arns: readonly string[];
  /** null: it is the only one in question; else why it may be none of them. */
  doubt: Unknown | null;
};

/**
 * Finds a planned trail among the live ones: by account, name and home region. A trail whose account
 * is not known may be one that the snapshot never saw, and two of one name may be in two regions.
 */
export function foundIn(view: LiveView, { record, id }: PlannedTrail): Found {
  const { accountId, name, homeRegion } = withOwner(view, record);
  const fits = (planned: string, own: string) => hasStandIn(planned) || planned === own;
  const arns = [...view.trails.values()]
    .filter(
      (trail) =>
        fits(accountId, trail.accountId) &&
        fits(name, trail.name) &&
        fits(homeRegion, trail.homeRegion),
    )
    .map(({ arn }) => arn);
  const isTold = !hasStandIn(accountId) && !hasStandIn(name) && arns.length === 1;
  const doubt = unknown("unresolved", {
    detail: `which trail of the snapshot ${id} is: its account, region or name is not known`,
  });
  return { arns, doubt: isTold || arns.length === 0 ? null : doubt };
}

/** What a delegated administrator makes for the organization belongs to the management account. */
export function withOwner(
  { organization }: Pick<LiveView, "organization">,
  record: TrailRecord,
): TrailRecord {
  if (organization === null || record.isOrganizationTrail !== true) return record;
  const { delegatedAdministrators: delegated, managementAccountId: owner } = organization;
  if (isUnknown(delegated) || isUnknown(owner) || !delegated.includes(record.accountId)) {
    return record;
  }
  const arn = record.arn.split(":");
  arn[4] = owner;
  return { ...record, accountId: owner, arn: arn.join(":") };
}
