import { ListRegionsCommand } from "@aws-sdk/client-account";
import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import {
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
} from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { DEFAULT_REGIONS } from "../../src/simulate/generate.ts";
import type { Comparison } from "./comparison.ts";

/** Who calls, the organization, and the regions. */
export const organizationComparisons: Comparison[] = [
  {
    name: "sts GetCallerIdentity",
    call: ({ sts }) => sts.send(new GetCallerIdentityCommand()),
    departures: {
      "/Arn": "moto puts users under sts; AWS puts them under iam",
      "/UserId": "moto answers an access key id; AWS answers the user's id",
    },
  },
  {
    name: "sts AssumeRole",
    call: ({ sts }, { member }) =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${member}:role/TrailproofAuditor`,
          RoleSessionName: "run",
        }),
      ),
    departures: {
      "/Credentials/SecretAccessKey": "each server makes up its own",
      "/Credentials/SessionToken": "each server makes up its own",
      "/PackedPolicySize": "moto always answers 6; no session policy was packed",
    },
  },
  {
    name: "organizations DescribeOrganization",
    call: ({ organizations }) => organizations.send(new DescribeOrganizationCommand()),
    departures: { "/Organization/MasterAccountEmail": "a world has no addresses" },
  },
  {
    name: "organizations ListAccounts",
    call: ({ organizations }) => organizations.send(new ListAccountsCommand()),
    departures: {
      "/Accounts/0/Email": "a world has no addresses",
      "/Accounts/1/Email": "a world has no addresses",
      "/Accounts/0/JoinedMethod": "moto calls the management account created; AWS calls it invited",
      "/Accounts/0/Paths": "moto does not give Paths",
      "/Accounts/1/Paths": "moto does not give Paths",
    },
  },
  {
    name: "organizations ListRoots",
    call: ({ organizations }) => organizations.send(new ListRootsCommand()),
  },
  {
    name: "organizations ListParents",
    call: ({ organizations }, { member }) =>
      organizations.send(new ListParentsCommand({ ChildId: member })),
  },
  {
    name: "organizations ListOrganizationalUnitsForParent, DescribeOrganizationalUnit",
    call: async ({ organizations }) => {
      const { Roots } = await organizations.send(new ListRootsCommand());
      const ParentId = Roots?.[0]?.Id;
      const listed = await organizations.send(
        new ListOrganizationalUnitsForParentCommand({ ParentId }),
      );
      const OrganizationalUnitId = listed.OrganizationalUnits?.[0]?.Id;
      const one = await organizations.send(
        new DescribeOrganizationalUnitCommand({ OrganizationalUnitId }),
      );
      return { listed: listed.OrganizationalUnits, one: one.OrganizationalUnit };
    },
  },
  {
    name: "organizations ListAWSServiceAccessForOrganization",
    call: ({ organizations }) =>
      organizations.send(new ListAWSServiceAccessForOrganizationCommand()),
  },
  {
    name: "organizations ListDelegatedAdministrators",
    call: ({ organizations }) => {
      const ServicePrincipal = "cloudtrail.amazonaws.com";
      return organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal }));
    },
    departures: {
      "/error": "moto does not know CloudTrail as a service with delegated administrators",
      "/DelegatedAdministrators": "moto does not know CloudTrail as such a service",
    },
  },
  {
    name: "account ListRegions",
    call: ({ account }) => account.send(new ListRegionsCommand()),
    departures: {
      "/error": "moto does not implement it",
      "/Regions": "moto does not implement it",
    },
  },
  {
    name: "ec2 DescribeRegions",
    call: async ({ ec2 }) => {
      const { Regions = [] } = await ec2.send(new DescribeRegionsCommand());
      const byName = Object.fromEntries(Regions.map((each) => [each.RegionName, each]));
      const ours = DEFAULT_REGIONS.map((name) => [name, byName[name]]);
      return { default: Object.fromEntries(ours), count: Regions.length };
    },
    departures: {
      "/count": "moto takes some opt-in regions, and those of other partitions, for enabled ones",
    },
  },
];
