import { type Static, Type } from "typebox";
import { fact, orNull } from "../../snapshot/unknown-schema.ts";
import { closed, flag, identity } from "./fields.ts";

export const AccountSchema = Type.Object(
  {
    ...identity,
    trails: Type.Array(
      fact(
        Type.Object(
          {
            arn: Type.String(),
            name: Type.String(),
            isMultiRegion: flag("Whether it records in every enabled region."),
            isOrganizationTrail: flag("Whether it is an organization trail."),
            isLogging: flag("Whether it logs in at least one region of this account."),
            recordsManagementEvents: flag(
              "Whether its selectors let any management event through.",
            ),
          },
          closed,
        ),
      ),
      {
        description: "Every trail seen in any region of the account, organization trails included.",
      },
    ),
    globalServiceEventTrails: Type.Array(fact(Type.String()), {
      description:
        "ARNs of the trails that log here and record global service events which another of them records too; trails that share reads and writes between them do not, and trails of the role `additional` are left out.",
    }),
    unnamedCloudTrailAdministrators: fact(orNull(Type.Array(fact(Type.String()))), {
      description:
        "ARNs of users, groups and roles, other than those of the parameter cloudTrailAdministrators, to whom an IAM policy of the account's own allows stopping, changing or deleting trails; null: the parameter is not set.",
    }),
    hasMultiRegionTrailLogging: flag(
      "Whether a multi-region trail that records management events logs in this account.",
    ),
  },
  closed,
);
export type Account = Static<typeof AccountSchema>;

export const compliantAccount: Account = {
  id: "222222222222",
  name: "workload",
  arn: null,
  accountId: "222222222222",
  accountName: "workload",
  ouPath: "Root/Workloads",
  region: null,
  placeholder: false,
  trails: [
    {
      arn: "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization",
      name: "organization",
      isMultiRegion: true,
      isOrganizationTrail: true,
      isLogging: true,
      recordsManagementEvents: true,
    },
  ],
  globalServiceEventTrails: [],
  unnamedCloudTrailAdministrators: [],
  hasMultiRegionTrailLogging: true,
};
