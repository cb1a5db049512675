import type { AccountRecord } from "../snapshot/account-record.ts";
import type { HeaderRecord, SnapshotRecord } from "../snapshot/records.ts";
import { isKnown, mapFact, merged, unknown } from "../snapshot/unknown.ts";
import {
  type AccountTrail,
  accountSubject,
  accountTrails,
  hasOrganizationTrailLogging,
} from "./account.ts";
import { completedByOthers } from "./complement.ts";
import { trailsBeside } from "./guard/beside.ts";
import { addHomeStatus } from "./history.ts";
import {
  addEventDataStores,
  addOptIn,
  addOrganization,
  addResource,
  headless,
  type SubjectContext,
} from "./join.ts";
import { addAccount, addTrails, newFold } from "./organization.ts";
import { newPass, type Pass } from "./pass.ts";
import { accountPlaceholders } from "./placeholder.ts";
import { regionSubject } from "./region.ts";
import { replicaSubject } from "./replica.ts";
import { roleOf } from "./role.ts";
import type { Subject } from "./schema/kinds.ts";
import { sharedSubjects } from "./shared.ts";
import { type SeenAccount, seenAccount } from "./sightings.ts";
import { type Standing, trailSubject } from "./trail.ts";
import type { TrailEntry } from "./trail-entry.ts";

/** Makes subjects of records as these come; throws an `AuditError` where they do not begin with a header. */
export type Joining = {
  /** The subjects that are complete with this record: an account's follow its own. */
  take(record: SnapshotRecord): Iterable<Subject>;
  /** What trails share, event data stores and the organization: once every record was taken. */
  rest(): Iterable<Subject>;
};

/** Joins a snapshot's records, in one pass, into the subjects that policies are asked about. */
export function joining(context: SubjectContext): Joining {
  let pass: Pass | null = null;
  const begun = (): Pass => {
    if (pass === null) throw headless();
    return pass;
  };
  return {
    take: (record) => {
      if (record.kind !== "header") return take(begun(), record);
      pass = newPass(record, context);
      return [];
    },
    rest: () => rest(begun()),
  };
}

/** All subjects of a snapshot, one by one, as `joining` makes them. */
export async function* subjects(
  records: Iterable<SnapshotRecord> | AsyncIterable<SnapshotRecord>,
  context: SubjectContext,
): AsyncGenerator<Subject> {
  const joined = joining(context);
  for await (const record of records) yield* joined.take(record);
  yield* joined.rest();
}

function* rest(pass: Pass): Generator<Subject> {
  yield* lateTrails(pass);
  yield* sharedSubjects(pass);
}

function* take(pass: Pass, record: Exclude<SnapshotRecord, HeaderRecord>): Generator<Subject> {
  if (record.kind === "resource") addResource(pass.join, record);
  if (record.kind === "account") yield* accountSubjects(pass, record);
  if (record.kind === "organization") {
    addOrganization(pass.join, record);
    if (pass.join.header.scope === "organization") pass.fold = newFold(record);
  }
}

function* accountSubjects(pass: Pass, record: AccountRecord): Generator<Subject> {
  const { join } = pass;
  const account = seenAccount(join, record);
  remember(pass, account);
  addHomeStatus(join, account);
  const trails = accountTrails(account);
  if (pass.fold !== null) {
    const isCovered = hasOrganizationTrailLogging(account, trails);
    addAccount(pass.fold, record.id, { isCovered, unseen: account.anyOpen });
    addTrails(pass.fold, account, { isCovered, trails });
  }
  if (join.header.scope === "template") yield* planned(pass, account);
  else yield* seen(pass, account, trails);
  yield* ownTrails(pass, account);
}

function* seen(
  pass: Pass,
  account: SeenAccount,
  trails: readonly AccountTrail[],
): Generator<Subject> {
  const { join } = pass;
  yield accountSubject(join, account, trails);
  for (const region of account.regions) {
    yield regionSubject(join, account, { region, coverage: pass.coverage });
    for (const sighting of region.sightings) {
      yield replicaSubject(join, account, { region, sighting });
    }
  }
  yield* accountPlaceholders(pass, account);
}

/** A plan tells of an account nothing but its trails, and of these what they are to be at home. */
function* planned({ join }: Pass, account: SeenAccount): Generator<Subject> {
  for (const region of account.regions) {
    for (const sighting of region.sightings) {
      const { homeRegion } = sighting.trail.record;
      if (homeRegion !== region.record.name) continue;
      yield replicaSubject(join, account, { region, sighting });
    }
  }
}

function remember(pass: Pass, { record, regions, anyOpen }: SeenAccount): void {
  pass.accounts.add(record.id);
  addEventDataStores(pass.join, record);
  if (anyOpen !== null) {
    pass.unseen = pass.unseen === null ? anyOpen : merged([pass.unseen, anyOpen]);
  }
  for (const { record: region } of regions) {
    const isOptIn = mapFact(region.optStatus, (status) => status !== "ENABLED_BY_DEFAULT");
    addOptIn(pass.join, region.name, isOptIn);
  }
}

/** The account's own trails, as soon as their home regions are known. */
function* ownTrails(pass: Pass, account: SeenAccount): Generator<Subject> {
  const { join } = pass;
  for (const trail of join.trailsOf.get(account.record.id) ?? []) {
    const standing = {
      role: roleOf(trail, account, join.header.partition),
      completedByOthers: completedByOthers(trail, account),
      beside: trailsBeside(trail, account),
    };
    const isOptIn = join.optIn.get(trail.record.homeRegion);
    if (isOptIn !== undefined && isKnown(isOptIn)) {
      pass.emitted.add(trail);
      yield trailSubject(join, trail, standing);
    } else {
      pass.standings.set(trail, standing);
    }
  }
}

/** The trails whose owner was not asked, or came too early to know their home region. */
function* lateTrails(pass: Pass): Generator<Subject> {
  for (const trail of pass.join.trails.values()) {
    if (pass.emitted.has(trail)) continue;
    const standing = pass.standings.get(trail) ?? unseenStanding(pass, trail);
    yield trailSubject(pass.join, trail, standing);
  }
}

function unseenStanding({ accounts }: Pass, { record }: TrailEntry): Standing {
  const why = accounts.has(record.accountId)
    ? unknown("unresolved", { detail: "the owner's own regions did not show the trail" })
    : unknown("outside-scope", { detail: "the regions of the trail's owner" });
  return { role: why, completedByOthers: why, beside: [why] };
}
