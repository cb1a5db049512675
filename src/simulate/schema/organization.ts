import { type Static, Type } from "typebox";
import { accountId, closed, document, flag, text } from "./fields.ts";
import { ServiceControlPolicySchema } from "./policies.ts";

export const REGION_STATES = [
  "ENABLED_BY_DEFAULT",
  "ENABLED",
  "ENABLING",
  "DISABLING",
  "DISABLED",
] as const;

export const RegionsSchema = Type.Record(Type.String(), Type.Enum([...REGION_STATES]), {
  description: "Region to RegionOptStatus. What is not ENABLED_BY_DEFAULT is an opt-in region.",
});
export type RegionState = Static<typeof RegionsSchema>[string];

export const ACCOUNT_STATES = [
  "PENDING_ACTIVATION",
  "ACTIVE",
  "SUSPENDED",
  "PENDING_CLOSURE",
  "CLOSED",
] as const;

export const RoleSchema = Type.Object(
  {
    name: text("The role's name, its path in front where it has one: `audit/Reader`."),
    trusts: Type.Optional(
      Type.Array(accountId("An account that may assume it."), {
        description: "Left out: the management account, or anyone where there is none.",
      }),
    ),
    externalId: Type.Optional(Type.String({ description: "Must be given to assume it." })),
  },
  closed,
);
export type Role = Static<typeof RoleSchema>;

export const PublicAccessBlockSchema = Type.Object(
  {
    blockPublicAcls: Type.Boolean(),
    ignorePublicAcls: Type.Boolean(),
    blockPublicPolicy: Type.Boolean(),
    restrictPublicBuckets: Type.Boolean(),
  },
  closed,
);
export type PublicAccessBlock = Static<typeof PublicAccessBlockSchema>;

export const AccountSchema = Type.Object(
  {
    id: accountId("The account."),
    name: Type.Optional(Type.String({ description: "Left out: `account-` and the id." })),
    state: Type.Optional(
      Type.Enum([...ACCOUNT_STATES], { description: "Organizations' State. Default ACTIVE." }),
    ),
    ou: Type.Optional(
      Type.String({
        description: "Names of its organizational units from the root: `Workloads/Production`.",
      }),
    ),
    outside: flag("The account belongs to no organization, or to another."),
    regions: Type.Optional(RegionsSchema),
    roles: Type.Optional(
      Type.Array(RoleSchema, { description: "In place of the world's `roles`." }),
    ),
    publicAccessBlock: Type.Optional(PublicAccessBlockSchema),
    sessionCalls: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "Each session of a role here expires after so many calls.",
      }),
    ),
  },
  closed,
);
export type Account = Static<typeof AccountSchema>;

export const OrganizationSchema = Type.Object(
  {
    id: Type.Optional(Type.String({ pattern: "^o-[a-z0-9]{10,32}$" })),
    managementAccount: accountId("The management account."),
    featureSet: Type.Optional(
      Type.Enum(["ALL", "CONSOLIDATED_BILLING"], { description: "Default ALL." }),
    ),
    trustedAccess: Type.Optional(
      Type.Array(Type.String(), {
        description:
          "Service principals with trusted access. Default cloudtrail.amazonaws.com and account.amazonaws.com. Without CloudTrail's, organization trails shrink to their owner.",
      }),
    ),
    delegatedAdministrators: Type.Optional(
      Type.Record(Type.String(), Type.Array(accountId("A delegated administrator.")), {
        description: "Service principal to the accounts registered for it.",
      }),
    ),
    units: Type.Optional(
      Type.Array(Type.String(), { description: "Paths of units that hold no account." }),
    ),
    serviceControlPolicies: Type.Optional(
      Type.Array(ServiceControlPolicySchema, {
        description: "Besides FullAWSAccess, which AWS attaches to root, units and accounts.",
      }),
    ),
    serviceControlPolicyStatus: Type.Optional(
      Type.Enum(["ENABLED", "PENDING_ENABLE", "PENDING_DISABLE", "DISABLED"], {
        description: "Of the policy type at the root. Default ENABLED.",
      }),
    ),
    resourcePolicy: Type.Optional(
      document("The organization's delegation policy, as text or as YAML. Left out: none."),
    ),
    lists: Type.Optional(
      Type.Enum(["state-and-status", "state", "status", "neither"], {
        description:
          "Which of State and Status ListAccounts gives. AWS announced the end of Status.",
      }),
    ),
    listsPaths: flag("Whether ListAccounts gives Paths. Default true."),
    emptyPages: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0 }), {
        description: "Pages of ListAccounts, from 0, that are empty and yet not the last.",
      }),
    ),
  },
  closed,
);
export type Organization = Static<typeof OrganizationSchema>;
