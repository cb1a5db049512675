import { DescribeResourcePoliciesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListRulesCommand, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import * as iam from "@aws-sdk/client-iam";
import * as organizations from "@aws-sdk/client-organizations";
import { GetBucketReplicationCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { Comparison } from "./comparison.ts";
import { MOTO_ACCOUNT } from "./moto-seed.ts";

const RoleName = "cloudtrail-to-logs";
const PolicyName = "own";
const PolicyArn = `arn:aws:iam::${MOTO_ACCOUNT}:policy/audit/more`;
const Filter = "SERVICE_CONTROL_POLICY" as const;
const Bucket = "full-bucket";

const UNUSED = "nobody uses a world's roles";
const NO_TAGS = "a world's identities have no tags";
const ENCODED = "moto gives it as it is; AWS percent-encodes it";
const COUNTED = "moto does not count boundaries";
const AWS_OWNS = "moto gives AWS's own policy to the management account";
const NO_BYTES = "a world's objects have names alone";

const identities: Comparison[] = [
  {
    name: "iam GetRole",
    call: (as) => as.iam.send(new iam.GetRoleCommand({ RoleName })),
    departures: {
      "/Role/RoleLastUsed": UNUSED,
    },
  },
  {
    name: "iam GetRole of no role",
    call: (as) => as.iam.send(new iam.GetRoleCommand({ RoleName: "gone" })),
  },
  {
    name: "iam ListRolePolicies",
    call: (as) => as.iam.send(new iam.ListRolePoliciesCommand({ RoleName })),
  },
  {
    name: "iam GetRolePolicy",
    call: (as) => as.iam.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName })),
  },
  {
    name: "iam ListAttachedRolePolicies",
    call: (as) => as.iam.send(new iam.ListAttachedRolePoliciesCommand({ RoleName })),
  },
  {
    name: "iam GetPolicy",
    call: (as) => as.iam.send(new iam.GetPolicyCommand({ PolicyArn })),
    departures: {
      "/Policy/PermissionsBoundaryUsageCount": COUNTED,
      "/Policy/PolicyId": "moto's ids do not begin as AWS's do",
      "/Policy/Tags": NO_TAGS,
    },
  },
  {
    name: "iam GetPolicyVersion",
    call: (as) => as.iam.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" })),
    departures: {
      "/PolicyVersion/Document": ENCODED,
    },
  },
  {
    name: "iam GetAccountAuthorizationDetails of roles and own policies",
    call: (as) => {
      const kinds = ["Role" as const, "LocalManagedPolicy" as const];
      return as.iam.send(new iam.GetAccountAuthorizationDetailsCommand({ Filter: kinds }));
    },
    departures: {
      "/Policies/0/Description": "a world's policies have none",
      "/Policies/0/PermissionsBoundaryUsageCount": COUNTED,
      "/Policies/0/PolicyId": "moto leaves it out",
      "/Policies/0/PolicyName": "moto leaves it out",
      "/RoleDetailList/0/AssumeRolePolicyDocument": ENCODED,
      "/RoleDetailList/0/RoleLastUsed": UNUSED,
      "/RoleDetailList/0/Tags": NO_TAGS,
    },
  },
];

const idOf = async (client: organizations.OrganizationsClient, name: string) => {
  const { Policies = [] } = await client.send(new organizations.ListPoliciesCommand({ Filter }));
  return Policies.find((each) => each.Name === name)?.Id;
};

const controlPolicies: Comparison[] = [
  {
    name: "organizations ListPolicies",
    call: ({ organizations: client }) =>
      client.send(new organizations.ListPoliciesCommand({ Filter })),
    departures: {
      "/Policies/0/Arn": AWS_OWNS,
    },
  },
  {
    name: "organizations DescribePolicy",
    call: async ({ organizations: client }) => {
      const PolicyId = await idOf(client, "protect");
      return client.send(new organizations.DescribePolicyCommand({ PolicyId }));
    },
  },
  {
    name: "organizations DescribePolicy of no policy",
    call: ({ organizations: client }) =>
      client.send(new organizations.DescribePolicyCommand({ PolicyId: "p-00000000" })),
  },
  {
    name: "organizations ListTargetsForPolicy",
    call: async ({ organizations: client }) => {
      const PolicyId = await idOf(client, "protect");
      return client.send(new organizations.ListTargetsForPolicyCommand({ PolicyId }));
    },
  },
  {
    name: "organizations ListPoliciesForTarget",
    call: ({ organizations: client }, { member: TargetId }) =>
      client.send(new organizations.ListPoliciesForTargetCommand({ TargetId, Filter })),
    departures: {
      "/Policies/0/Arn": AWS_OWNS,
    },
  },
];

const others: Comparison[] = [
  {
    name: "s3 GetBucketReplication",
    call: ({ s3 }) => s3.send(new GetBucketReplicationCommand({ Bucket })),
    departures: {
      "/ReplicationConfiguration/Rules/0/Filter/Prefix":
        "moto forgets a prefix that stands in a filter",
    },
  },
  {
    name: "s3 GetBucketReplication of a bucket without any",
    call: ({ s3 }) => s3.send(new GetBucketReplicationCommand({ Bucket: "fresh-bucket" })),
  },
  {
    name: "s3 ListObjectsV2",
    call: ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket, Prefix: "AWS", MaxKeys: 1 })),
    departures: {
      "/Contents/0/ChecksumAlgorithm": NO_BYTES,
      "/Contents/0/ETag": NO_BYTES,
      "/Contents/0/Size": NO_BYTES,
    },
  },
  {
    name: "s3 ListObjectsV2 of nothing",
    call: ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket, Prefix: "no/", MaxKeys: 1 })),
  },
  {
    name: "logs DescribeResourcePolicies",
    call: ({ logs }) => logs.send(new DescribeResourcePoliciesCommand()),
    departures: {
      "/resourcePolicies/0/policyScope": "moto leaves it out",
    },
  },
  {
    name: "events ListRules",
    call: ({ events }) => events.send(new ListRulesCommand()),
  },
  {
    name: "events ListTargetsByRule",
    call: ({ events }) => events.send(new ListTargetsByRuleCommand({ Rule: "tampering" })),
  },
  {
    name: "events ListTargetsByRule of no rule",
    call: ({ events }) => events.send(new ListTargetsByRuleCommand({ Rule: "gone" })),
  },
];

/** Roles, policies and rules around a trail, and what its bucket holds. */
export const wiringComparisons: Comparison[] = [...identities, ...controlPolicies, ...others];
