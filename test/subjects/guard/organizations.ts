import type {
  ListedAccount,
  OrganizationRecord,
  ServiceControlPolicies,
} from "../../../src/snapshot/organization-record.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import { ARCHIVE, aListed, MANAGEMENT, WORKLOAD } from "../a-snapshot.ts";

export const ROOT = "r-root";
export const UNIT = "ou-root-work";
export const OTHER_UNIT = "ou-root-other";

type ScpRecord = ServiceControlPolicies["policies"][number];
type Statement = Record<string, unknown>;

/** A statement that denies, as `Resource: *` says. */
export const deny = (Action: unknown, more: Statement = {}): Statement => ({
  Effect: "Deny",
  Action,
  Resource: "*",
  ...more,
});

export const allow = (Action: unknown, more: Statement = {}): Statement => ({
  ...deny(Action, more),
  Effect: "Allow",
});

export const TAMPERING = [
  "cloudtrail:StopLogging",
  "cloudtrail:DeleteTrail",
  "cloudtrail:UpdateTrail",
  "cloudtrail:PutEventSelectors",
];

/** A service control policy of these statements. */
export const scp = (
  name: string,
  targets: ScpRecord["targets"],
  ...statements: Statement[]
): ScpRecord => ({
  id: `p-${name}`,
  name,
  content: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  targets,
});

/** FullAWSAccess as a collector gives it that had no reason to ask where it is attached. */
export const fullAccess = (
  targets: ScpRecord["targets"] = unknown("not-collected"),
): ScpRecord => ({ ...scp("FullAWSAccess", targets, allow("*")), id: "p-FullAWSAccess" });

const listed = (id: string, parents: ListedAccount["parents"]) => aListed(id, { parents });

/** The management account below the root, the workload and the archive each in a unit of its own. */
export const withPolicies = (
  policies: ScpRecord[],
  changes: Partial<OrganizationRecord> = {},
): Partial<OrganizationRecord> => ({
  accounts: [
    listed(MANAGEMENT, [ROOT]),
    listed(WORKLOAD, [ROOT, UNIT]),
    listed(ARCHIVE, [ROOT, OTHER_UNIT]),
  ],
  serviceControlPolicies: { enabled: true, policies: [fullAccess(), ...policies] },
  ...changes,
});
