import type { RegionState } from "./schema/organization.ts";
import type { Trail } from "./schema/trails.ts";
import type { OrganizationWorld } from "./world.ts";

/** The regions that every account has without opting in. */
export const DEFAULT_REGIONS: readonly string[] = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

export type GenerateOptions = {
  accounts: number;
  /** Region names, all enabled by default. Left out: AWS's seventeen. */
  regions?: readonly string[];
  /** How many accounts, from the last, have a trail of their own besides the organization's. */
  localTrails?: number;
  latencyMs?: number;
  throttles?: "none" | "aws";
  now?: string;
};

export const MANAGEMENT_ACCOUNT = "100000000000";
const LOG_ARCHIVE_ACCOUNT = "100000000001";
const ACCOUNTS_IN_A_UNIT = 100;

/**
 * A well-kept organization of so many accounts: one organization trail, encrypted, into the log
 * archive's bucket. Nothing in it is per account and region, so 10,000 accounts cost a few
 * megabytes.
 */
export function generateWorld(options: GenerateOptions): OrganizationWorld {
  const { accounts, regions = DEFAULT_REGIONS, latencyMs = 0, throttles = "none" } = options;
  const [home = "us-east-1"] = regions.includes("us-east-1") ? ["us-east-1"] : regions;
  const ids = Array.from({ length: accounts }, (_, index) => generatedAccountId(index));
  const states = regions.map((region): [string, RegionState] => [region, "ENABLED_BY_DEFAULT"]);
  const locals = ids.slice(Math.max(2, accounts - (options.localTrails ?? 0)));
  return {
    now: options.now ?? "2026-11-01T06:00:00Z",
    regions: Object.fromEntries(states),
    organization: { managementAccount: MANAGEMENT_ACCOUNT },
    accounts: ids.map((id, index) => ({
      id,
      ou: `unit-${Math.floor(index / ACCOUNTS_IN_A_UNIT)}`,
    })),
    trails: [organizationTrail(home), ...locals.map((id) => localTrail(id, home))],
    buckets: [
      logBucket("organization-logs", archive(accounts), home),
      ...locals.map((id) => logBucket(`logs-${id}`, id, home)),
    ],
    keys: [{ arn: keyArn(home), readableBy: [archive(accounts)] }],
    latencyMs,
    throttles,
  };
}

/** The id of the account at an index of a generated world; the first is the management account. */
export const generatedAccountId = (index: number): string => String(100_000_000_000 + index);

const archive = (accounts: number): string =>
  accounts > 1 ? LOG_ARCHIVE_ACCOUNT : MANAGEMENT_ACCOUNT;

const keyArn = (region: string): string =>
  `arn:aws:kms:${region}:${MANAGEMENT_ACCOUNT}:key/organization-trail`;

const organizationTrail = (homeRegion: string): Trail => ({
  name: "organization-trail",
  account: MANAGEMENT_ACCOUNT,
  homeRegion,
  isOrganizationTrail: true,
  s3BucketName: "organization-logs",
  kmsKeyId: keyArn(homeRegion),
});

const localTrail = (account: string, homeRegion: string): Trail => ({
  name: "local-trail",
  account,
  homeRegion,
  s3BucketName: `logs-${account}`,
});

const logBucket = (name: string, account: string, region: string) => ({ name, account, region });
