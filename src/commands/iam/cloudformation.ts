import { stringify } from "yaml";
import { DEFAULT_ROLE } from "../../options.ts";
import { type IamPart, permissions } from "./permissions.ts";

const HEADERS: Record<IamPart, string> = {
  single: "The role for auditing this account alone. Deploy it as a stack in the account.",
  member:
    "The role that Trailproof assumes in each member account. Deploy it as a StackSet (service-managed, automatic deployment on) from the management account; StackSets skip that account itself: `trailproof iam management` has its stack.",
  management:
    "The role that Trailproof assumes in the management account, where it also lists the organization. Deploy it as a stack there.",
  hub: "The role that a run starts from: GitHub Actions enters it by OIDC, and it assumes the others. Deploy it in one account, best a security account. Where that is the management account, it needs what `trailproof iam management` prints too.",
};

/** A CloudFormation template, YAML, with a role for the part. */
export function cloudformation(part: IamPart): string {
  const hub = part === "hub";
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Trailproof: read-only audit of AWS CloudTrail",
    Parameters: hub ? hubParameters : roleParameters,
    ...(hub
      ? {}
      : {
          Conditions: {
            HasExternalId: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "ExternalId" }, ""] }] },
          },
        }),
    Resources: {
      TrailproofRole: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: hub ? { Ref: "HubRoleName" } : { Ref: "RoleName" },
          AssumeRolePolicyDocument: hub ? githubTrust : hubTrust,
          Policies: [{ PolicyName: "Trailproof", PolicyDocument: permissions(part) }],
        },
      },
    },
    Outputs: { RoleArn: { Value: { "Fn::GetAtt": ["TrailproofRole", "Arn"] } } },
  };
  return `# ${HEADERS[part]}\n${stringify(template, { lineWidth: 0 })}`;
}

const roleParameters = {
  RoleName: { Type: "String", Default: DEFAULT_ROLE },
  HubPrincipalArn: {
    Type: "String",
    Description: "ARN of the role or user that Trailproof runs as, which may assume this role",
  },
  ExternalId: {
    Type: "String",
    Default: "",
    Description: "As given with --external-id; empty: none",
  },
};

const hubTrust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: { Ref: "HubPrincipalArn" } },
      Action: "sts:AssumeRole",
      Condition: {
        "Fn::If": [
          "HasExternalId",
          { StringEquals: { "sts:ExternalId": { Ref: "ExternalId" } } },
          { Ref: "AWS::NoValue" },
        ],
      },
    },
  ],
};

const hubParameters = {
  HubRoleName: { Type: "String", Default: "TrailproofHub" },
  Repository: {
    Type: "String",
    Description: "owner/name of the GitHub repository that runs the audit",
  },
  Branch: { Type: "String", Default: "main" },
};

const githubTrust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: {
        Federated: {
          "Fn::Sub":
            "arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com",
        },
      },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": {
            "Fn::Sub": "repo:${Repository}:ref:refs/heads/${Branch}",
          },
        },
      },
    },
  ],
};
