require("./rolldown-runtime.js");const e=require("./dist.js"),t=require("./start.js"),n=require("./calls.js");var r=e.t();function i(e){return{Version:"2012-10-17",Statement:a(e)}}function a(e){let r=s("TrailproofRead",n.n("audited"));switch(e){case"single":case"member":return[r];case"management":return[r,s("TrailproofOrganization",n.n("organization"))];case"hub":return[s("TrailproofAssume",["sts:AssumeRole"],`arn:*:iam::*:role/${t.f}`),s("TrailproofOrganization",o()),r]}}const o=()=>n.n("entry").filter(e=>e!=="sts:AssumeRole"),s=(e,t,n="*")=>({Sid:e,Effect:"Allow",Action:t,Resource:n}),c={single:"The role for auditing this account alone. Deploy it as a stack in the account.",member:"The role that Trailproof assumes in each member account. Deploy it as a StackSet (service-managed, automatic deployment on) from the management account; StackSets skip that account itself: `trailproof iam management` has its stack.",management:"The role that Trailproof assumes in the management account, where it also lists the organization. Deploy it as a stack there.",hub:"The role that a run starts from: GitHub Actions enters it by OIDC, and it assumes the others. Deploy it in one account, best a security account. Where that is the management account, it needs what `trailproof iam management` prints too."};function l(e){let t=e==="hub",n={AWSTemplateFormatVersion:"2010-09-09",Description:"Trailproof: read-only audit of AWS CloudTrail",Parameters:t?f:u,...t?{}:{Conditions:{HasExternalId:{"Fn::Not":[{"Fn::Equals":[{Ref:"ExternalId"},""]}]}}},Resources:{TrailproofRole:{Type:"AWS::IAM::Role",Properties:{RoleName:t?{Ref:"HubRoleName"}:{Ref:"RoleName"},AssumeRolePolicyDocument:t?p:d,Policies:[{PolicyName:"Trailproof",PolicyDocument:i(e)}]}}},Outputs:{RoleArn:{Value:{"Fn::GetAtt":["TrailproofRole","Arn"]}}}};return`# ${c[e]}\n${(0,r.stringify)(n,{lineWidth:0})}`}const u={RoleName:{Type:"String",Default:t.f},HubPrincipalArn:{Type:"String",Description:"ARN of the role or user that Trailproof runs as, which may assume this role"},ExternalId:{Type:"String",Default:"",Description:"As given with --external-id; empty: none"}},d={Version:"2012-10-17",Statement:[{Effect:"Allow",Principal:{AWS:{Ref:"HubPrincipalArn"}},Action:"sts:AssumeRole",Condition:{"Fn::If":["HasExternalId",{StringEquals:{"sts:ExternalId":{Ref:"ExternalId"}}},{Ref:"AWS::NoValue"}]}}]},f={HubRoleName:{Type:"String",Default:"TrailproofHub"},Repository:{Type:"String",Description:"owner/name of the GitHub repository that runs the audit"},Branch:{Type:"String",Default:"main"}},p={Version:"2012-10-17",Statement:[{Effect:"Allow",Principal:{Federated:{"Fn::Sub":"arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com"}},Action:"sts:AssumeRoleWithWebIdentity",Condition:{StringEquals:{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com","token.actions.githubusercontent.com:sub":{"Fn::Sub":"repo:${Repository}:ref:refs/heads/${Branch}"}}}}]};function m(e){let t=e==="hub";return[t?v:g,t?y:_,`resource "aws_iam_role" "trailproof" {
  name               = ${t?"\"TrailproofHub\"":"var.role_name"}
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "trailproof" {
  name   = "Trailproof"
  role   = aws_iam_role.trailproof.id
  policy = <<-JSON
${h(JSON.stringify(i(e),null,2),4)}
  JSON
}
`].join("\n")}const h=(e,t)=>e.split("\n").map(e=>`${" ".repeat(t)}${e}`).join("\n"),g=`variable "role_name" {
  type    = string
  default = "${t.f}"
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
`,_="data \"aws_iam_policy_document\" \"trust\" {\n  statement {\n    actions = [\"sts:AssumeRole\"]\n    principals {\n      type        = \"AWS\"\n      identifiers = [var.hub_principal_arn]\n    }\n    dynamic \"condition\" {\n      for_each = var.external_id == null ? [] : [var.external_id]\n      content {\n        test     = \"StringEquals\"\n        variable = \"sts:ExternalId\"\n        values   = [condition.value]\n      }\n    }\n  }\n}\n",v="variable \"repository\" {\n  type        = string\n  description = \"owner/name of the GitHub repository that runs the audit\"\n}\n\nvariable \"branch\" {\n  type    = string\n  default = \"main\"\n}\n\ndata \"aws_iam_openid_connect_provider\" \"github\" {\n  url = \"https://token.actions.githubusercontent.com\"\n}\n",y="data \"aws_iam_policy_document\" \"trust\" {\n  statement {\n    actions = [\"sts:AssumeRoleWithWebIdentity\"]\n    principals {\n      type        = \"Federated\"\n      identifiers = [data.aws_iam_openid_connect_provider.github.arn]\n    }\n    condition {\n      test     = \"StringEquals\"\n      variable = \"token.actions.githubusercontent.com:aud\"\n      values   = [\"sts.amazonaws.com\"]\n    }\n    condition {\n      test     = \"StringEquals\"\n      variable = \"token.actions.githubusercontent.com:sub\"\n      values   = [\"repo:${var.repository}:ref:refs/heads/${var.branch}\"]\n    }\n  }\n}\n",b={policy:e=>`${JSON.stringify(i(e),null,2)}\n`,cloudformation:l,terraform:m};function x(e,t,{out:n}){return n(b[t](e)),0}exports.iam=x;