import { type Static, Type } from "typebox";
import { provenance } from "./observation-schema.ts";
import { fact, orNull } from "./unknown-schema.ts";

const closed = { additionalProperties: false } as const;

/** An account that Organizations (or the operator) listed, whether or not it is asked. */
export const ListedAccountSchema = Type.Object(
  {
    id: Type.String(),
    name: orNull(Type.String()),
    state: orNull(Type.String({ description: "Organizations' State, else Status." })),
    ouPath: fact(orNull(Type.String()), {
      description: "Names of the organizational units from the root, joined by `/`.",
    }),
    parents: fact(Type.Array(Type.String()), {
      description: "Ids of the root and of the organizational units down to the account.",
    }),
    skipped: orNull(Type.String({ description: "Why it is not expected; null: it is expected." })),
  },
  closed,
);
export type ListedAccount = Static<typeof ListedAccountSchema>;

/** The service control policies of an organization, and what each is attached to. */
export const ServiceControlPoliciesSchema = Type.Object(
  {
    enabled: Type.Boolean({
      description:
        "Whether the policy type is enabled at the root: else none has effect, and none is listed.",
    }),
    policies: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: Type.String(),
          content: fact(Type.String(), {
            description:
              "The policy document, as text; not asked where the policy is attached to nothing.",
          }),
          targets: fact(Type.Array(Type.String()), {
            description:
              "Ids of roots, units and accounts. FullAWSAccess is attached nearly everywhere: its targets are asked only where another policy allows something.",
          }),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ServiceControlPolicies = Static<typeof ServiceControlPoliciesSchema>;

/** Second record: the accounts expected, and what Organizations says about CloudTrail. */
export const OrganizationRecordSchema = Type.Object(
  {
    kind: Type.Literal("organization"),
    id: fact(Type.String()),
    managementAccountId: fact(Type.String()),
    featureSet: fact(Type.String()),
    trustedAccess: fact(Type.Boolean(), {
      description: "Whether cloudtrail.amazonaws.com has trusted access.",
    }),
    delegatedAdministrators: fact(Type.Array(Type.String()), {
      description: "Account ids registered for cloudtrail.amazonaws.com.",
    }),
    delegationPolicy: fact(orNull(Type.String()), {
      description: "The organization's resource policy, as text; null: none.",
    }),
    serviceControlPolicies: fact(ServiceControlPoliciesSchema),
    accounts: Type.Array(ListedAccountSchema),
    ...provenance,
  },
  closed,
);
export type OrganizationRecord = Static<typeof OrganizationRecordSchema>;
