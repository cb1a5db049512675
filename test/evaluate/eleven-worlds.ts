import { audit, type Judging } from "../../src/evaluate/audit.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { compilePolicy } from "../../src/policy/compile.ts";
import { resolveParameters, unsetParameters } from "../../src/policy/parameters.ts";
import { DEFAULT_REGIONS } from "../../src/simulate/generate.ts";
import type {
  AccountRecord,
  RegionRecord,
  TrailStatus,
} from "../../src/snapshot/account-record.ts";
import type { OrganizationRecord } from "../../src/snapshot/organization-record.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import type { ResourceRecord } from "../../src/snapshot/resources/resource.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import {
  aBucket,
  aListed,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  CONTEXT,
  itsResources,
  MANAGEMENT,
  ORG_TRAIL,
  sees,
} from "../subjects/a-snapshot.ts";

/** 800 accounts; the first is the management account. */
export const ACCOUNTS = [
  MANAGEMENT,
  ...Array.from({ length: 799 }, (_, index) => String(400_000_000_000 + index)),
];

export type World = {
  /** How many accounts there are; left out: all 800. */
  accounts?: number;
  trail?: Partial<TrailRecord>;
  organization?: Partial<OrganizationRecord>;
  /** The status of the organization trail in a place; null: it is not there. */
  status?: (account: string, region: string) => Partial<TrailStatus> | null;
  /** Trails that an account has besides. */
  own?: (account: string) => TrailRecord[];
  account?: (record: AccountRecord) => AccountRecord;
  resources?: ResourceRecord[];
};

/** The snapshot of an organization of 800 accounts and 17 regions with one flaw. */
export function worldOf(world: World): SnapshotRecord[] {
  const own = world.own ?? (() => []);
  const ids = ACCOUNTS.slice(0, world.accounts);
  const accounts = ids.map((id) => {
    const record = anAccount(
      id,
      DEFAULT_REGIONS.map((region) => regionOf(world, id, region)),
    );
    return world.account?.(record) ?? record;
  });
  return aSnapshot({
    organization: { accounts: ids.map((id) => aListed(id)), ...world.organization },
    resources: world.resources ?? [
      aTrail(world.trail),
      ...itsResources(),
      // Here the bucket is not in an archive account, which this organization does not have.
      aBucket({ accountId: MANAGEMENT }),
      ...ids.flatMap(own),
    ],
    accounts,
  });
}

function regionOf(
  { status = () => ({}), own = () => [] }: World,
  id: string,
  region: string,
): RegionRecord {
  const here = status(id, region);
  const trails = own(id).filter(
    ({ isMultiRegion, homeRegion }) => isMultiRegion === true || homeRegion === region,
  );
  return aRegion(region, [
    ...(here === null ? [] : [sees(ORG_TRAIL, here)]),
    ...trails.map(({ arn }) => sees(arn)),
  ]);
}

/** Judges records by the built-in policies that need no config; say what else the judging is to know. */
export function judged(records: readonly SnapshotRecord[], more: Partial<Judging> = {}) {
  const all = builtinPolicies();
  const values = resolveParameters(all, {});
  const policies = all.filter((policy) => unsetParameters(policy, values).length === 0);
  return audit(stream(records), {
    policies: policies.map((policy) => compilePolicy(policy, values)),
    subjects: CONTEXT,
    ...more,
  });
}

async function* stream(records: readonly SnapshotRecord[]) {
  yield* records;
}
