import type { Trail } from "../../src/simulate/schema/trails.ts";
import type { OrganizationWorld, World } from "../../src/simulate/world.ts";
import { wellKept } from "../simulate/well-kept-world.ts";

export const MANAGEMENT = "111111111111";
export const keyArn = (account: string, id = "trail-key", region = "us-east-1") =>
  `arn:aws:kms:${region}:${account}:key/${id}`;

/** A well-kept organization trail; a test says what differs. */
export const organizationTrail: Trail = {
  name: "organization-trail",
  account: MANAGEMENT,
  homeRegion: "us-east-1",
  isOrganizationTrail: true,
  s3BucketName: "organization-logs",
  kmsKeyId: keyArn(MANAGEMENT),
  cloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${MANAGEMENT}:log-group:organization-trail:*`,
  cloudWatchLogsRoleArn: `arn:aws:iam::${MANAGEMENT}:role/cloudtrail-to-logs`,
};

/** A management account, a log archive and a workload, recorded by that trail. */
export function organization(differences: Partial<OrganizationWorld> = {}): OrganizationWorld {
  return wellKept({
    now: "2026-11-01T06:00:00Z",
    regions: { "us-east-1": "ENABLED_BY_DEFAULT", "eu-west-1": "ENABLED_BY_DEFAULT" },
    organization: { managementAccount: MANAGEMENT },
    accounts: [
      { id: MANAGEMENT, name: "management" },
      { id: "222222222222", name: "log-archive" },
      { id: "333333333333", name: "workload" },
    ],
    trails: [organizationTrail],
    buckets: [{ name: "organization-logs", account: "222222222222", region: "us-east-1" }],
    keys: [{ arn: keyArn(MANAGEMENT) }],
    logGroups: [{ name: "organization-trail", account: MANAGEMENT, region: "us-east-1" }],
    ...differences,
  });
}

/** One account by itself with these trails, all delivering to one bucket of its own. */
export function account(trails: Partial<Trail>[], differences: Partial<World> = {}): World {
  const id = MANAGEMENT;
  return wellKept({
    now: "2026-11-01T06:00:00Z",
    regions: { "us-east-1": "ENABLED_BY_DEFAULT", "eu-west-1": "ENABLED_BY_DEFAULT" },
    accounts: [{ id, name: "single" }],
    trails: trails.map((trail, index) => ({
      name: `trail-${index}`,
      account: id,
      homeRegion: "us-east-1",
      s3BucketName: "logs",
      kmsKeyId: keyArn(id),
      ...trail,
    })),
    buckets: [{ name: "logs", account: id, region: "us-east-1" }],
    keys: [{ arn: keyArn(id) }],
    ...differences,
  });
}
