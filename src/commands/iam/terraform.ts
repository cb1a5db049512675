import { DEFAULT_ROLE } from "../../options.ts";
import { type IamPart, permissions } from "./permissions.ts";

/** Terraform (also OpenTofu) with a role for the part. */
export function terraform(part: IamPart): string {
  const hub = part === "hub";
  return [
    hub ? hubVariables : roleVariables,
    hub ? githubTrust : hubTrust,
    `resource "aws_iam_role" "trailproof" {
  name               = ${hub ? '"TrailproofHub"' : "var.role_name"}
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "trailproof" {
  name   = "Trailproof"
  role   = aws_iam_role.trailproof.id
  policy = <<-JSON
${indented(JSON.stringify(permissions(part), null, 2), 4)}
  JSON
}
`,
  ].join("\n");
}

const indented = (text: string, by: number): string =>
  text
    .split("\n")
    .map((line) => `${" ".repeat(by)}${line}`)
    .join("\n");

const roleVariables = `variable "role_name" {
  type    = string
  default = "${DEFAULT_ROLE}"
}

variable "hub_principal_arn" {
  type        = string
  description = "ARN of the role or user that Trailproof runs as, which may assume this role"
}

variable "external_id" {
  type        = string
  default     = null
  description = "As given with --external-id; null: none"
}
`;

const hubTrust = `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.hub_principal_arn]
    }
    dynamic "condition" {
      for_each = var.external_id == null ? [] : [var.external_id]
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = [condition.value]
      }
    }
  }
}
`;

const hubVariables = `variable "repository" {
  type        = string
  description = "owner/name of the GitHub repository that runs the audit"
}

variable "branch" {
  type    = string
  default = "main"
}

data "aws_iam_openid_connect_provider" "github" {
  url = "https://token.actions.githubusercontent.com"
}
`;

const githubTrust = `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [data.aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:\${var.repository}:ref:refs/heads/\${var.branch}"]
    }
  }
}
`;
