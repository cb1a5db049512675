import { type Static, Type } from "typebox";
import { fact } from "../../snapshot/unknown-schema.ts";
import { closed, flag, identity, text, texts } from "./fields.ts";

export const OrganizationSchema = Type.Object(
  {
    ...identity,
    managementAccountId: text("The management account's id."),
    trustedAccess: flag("Whether cloudtrail.amazonaws.com has trusted access to the organization."),
    delegatedAdministrators: texts("Ids of the accounts registered for cloudtrail.amazonaws.com."),
    unnamedDelegatedAdministrators: texts(
      "Those of them that the config does not list under `named`.",
    ),
    delegationPolicyDenies: flag(
      "Whether the organization's delegation policy denies what CloudTrail's service-linked role needs.",
    ),
    accountsFreeToLeave: texts(
      "The first twenty accounts, by id, that no service control policy keeps from leaving the organization.",
    ),
    serviceControlPoliciesEnabled: flag(
      "Whether service control policies have any effect in the organization.",
    ),
    hasOrganizationTrail: flag("Whether at least one organization trail was seen."),
    coversEveryAccount: flag(
      "Whether every account that works has a logging copy of an organization trail; not known where options leave accounts out.",
    ),
    uncoveredAccounts: Type.Array(fact(Type.String()), {
      description:
        "The first twenty accounts, by id, without a logging copy of an organization trail.",
    }),
  },
  closed,
);
export type Organization = Static<typeof OrganizationSchema>;

export const compliantOrganization: Organization = {
  id: "o-exampleorgid",
  name: "o-exampleorgid",
  arn: null,
  accountId: "111111111111",
  accountName: "management",
  ouPath: null,
  region: null,
  placeholder: false,
  managementAccountId: "111111111111",
  trustedAccess: true,
  delegatedAdministrators: [],
  unnamedDelegatedAdministrators: [],
  delegationPolicyDenies: false,
  accountsFreeToLeave: [],
  serviceControlPoliciesEnabled: true,
  hasOrganizationTrail: true,
  coversEveryAccount: true,
  uncoveredAccounts: [],
};
