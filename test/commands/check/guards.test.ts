import { expect, test } from "vitest";
import { aChange, aPlan } from "../../templates/plan/a-plan.ts";
import { checked, write } from "./checked.ts";
import { scratch } from "./repositories.ts";

const TERRAFORM = `provider "aws" {
  region = "us-east-1"
}

data "aws_iam_policy_document" "protect" {
  statement {
    effect    = "Deny"
    actions   = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"]
    resources = ["*"]
  }
}

resource "aws_organizations_policy" "protect" {
  name    = "protect-cloudtrail"
  content = data.aws_iam_policy_document.protect.json
}

resource "aws_organizations_policy_attachment" "workloads" {
  for_each  = toset(["ou-ab12-11111111", "ou-ab12-22222222"])
  policy_id = aws_organizations_policy.protect.id
  target_id = each.value
}

resource "aws_cloudwatch_event_rule" "changes" {
  name  = "cloudtrail-changes"
  state = "ENABLED"
  event_pattern = jsonencode({
    source = ["aws.cloudtrail"]
    detail = { eventName = ["StopLogging", "DeleteTrail"] }
  })
}
`;

const TEMPLATE = `Resources:
  Protect:
    Type: AWS::Organizations::Policy
    Properties:
      Name: protect-cloudtrail
      Type: SERVICE_CONTROL_POLICY
      TargetIds:
        - r-ab12
      Content:
        Version: "2012-10-17"
        Statement:
          - Effect: Deny
            Action: ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"]
            Resource: "*"
  Changes:
    Type: AWS::Events::Rule
    Properties:
      Name: cloudtrail-changes
      State: ENABLED
      EventPattern:
        source: [aws.cloudtrail]
        detail: { eventName: [StopLogging, DeleteTrail] }
      Targets:
        - { Id: topic, Arn: "arn:aws:sns:us-east-1:111122223333:security" }
`;

const POLICY = "service control policy protect-cloudtrail";
const UNITS = "on ou-ab12-11111111, ou-ab12-22222222";

/** What a commit on top of another one breaks: each with its place and message. */
async function broken(file: string, before: string, [from, to]: readonly [string, string]) {
  expect(before).toContain(from);
  const repository = scratch();
  repository.commit({ [file]: before });
  repository.commit({ [file]: before.replace(from, () => to) });
  const run = await checked(repository.path, ["--base-ref", "HEAD^"]);
  const findings = run.results().findings.filter(({ standing }) => standing === "regression");
  expect(run.code).toBe(findings.length > 0 ? 1 : 0);
  return findings.map(({ policy, subject, location, message }) => {
    expect(policy).toBe("change-keeps-log-protection");
    const where = `${location?.file}:${location?.line}:${location?.column}`;
    return `${where} ${subject.id.slice(subject.id.indexOf("#") + 1)}: ${message.replace("The change takes away what trails need: ", "")}`;
  });
}

test.each<[string, readonly [string, string], string[]]>([
  [
    "a call less",
    ['"cloudtrail:StopLogging", ', ""],
    [
      `main.tf:15:3 aws_organizations_policy.protect: ${POLICY} ${UNITS}: denied StopLogging, does not`,
    ],
  ],
  [
    "another effect",
    ['"Deny"', '"Allow"'],
    [
      `main.tf:15:3 aws_organizations_policy.protect: ${POLICY} ${UNITS}: denied StopLogging, DeleteTrail, does not`,
    ],
  ],
  [
    "a unit less",
    [', "ou-ab12-22222222"', ""],
    [
      `main.tf:18:1 aws_organizations_policy_attachment.workloads["ou-ab12-22222222"]: ${POLICY} on ou-ab12-22222222: denied StopLogging, DeleteTrail, is detached`,
    ],
  ],
  [
    "a disabled rule",
    ['"ENABLED"', '"DISABLED"'],
    [
      "main.tf:26:3 aws_cloudwatch_event_rule.changes: event rule cloudtrail-changes: was enabled, is disabled",
    ],
  ],
  [
    "a narrower rule",
    ['eventName = ["StopLogging", ', "eventName = ["],
    [
      "main.tf:27:3 aws_cloudwatch_event_rule.changes: event rule cloudtrail-changes: reacted to StopLogging, does not",
    ],
  ],
  ["another call", ['"cloudtrail:StopLogging"', '"cloudtrail:*"'], []],
])("Terraform source with %s", async (_, edit, expected) => {
  expect(await broken("main.tf", TERRAFORM, edit)).toEqual(expected);
});

test.each<[string, readonly [string, string], string[]]>([
  [
    "an exception",
    [
      'Resource: "*"',
      'Resource: "*"\n            Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/a" } }',
    ],
    [
      `guard.yaml:9:7 Protect: ${POLICY} on r-ab12: denied StopLogging, DeleteTrail, does so except for aws:PrincipalArn arn:aws:iam::*:role/a`,
    ],
  ],
  [
    "another target",
    ["- r-ab12", "- ou-ab12-11111111"],
    [`guard.yaml:7:7 Protect: ${POLICY} on r-ab12: denied StopLogging, DeleteTrail, is detached`],
  ],
  [
    "no target of the rule",
    ['\n        - { Id: topic, Arn: "arn:aws:sns:us-east-1:111122223333:security" }', " []"],
    ["guard.yaml:23:7 Changes: event rule cloudtrail-changes: had 1 target, has none"],
  ],
  ["more targets", ["- r-ab12", "- r-ab12\n        - ou-ab12-11111111"], []],
])("a template with %s", async (_, edit, expected) => {
  expect(await broken("guard.yaml", TEMPLATE, edit)).toEqual(expected);
});

test("a template that goes takes both", async () => {
  const repository = scratch();
  repository.commit({ "guard.yaml": TEMPLATE, "other.txt": "" });
  repository.commit({ "guard.yaml": null });
  const run = await checked(repository.path, ["--base-ref", "HEAD^"]);
  expect(run.code).toBe(1);
  expect(run.results().findings.map(({ subject, standing }) => [subject.id, standing])).toEqual([
    ["guard#Changes", "regression"],
    ["guard#Protect", "regression"],
  ]);
});

const DENIED = (...calls: string[]) =>
  JSON.stringify({ Statement: [{ Effect: "Deny", Action: calls, Resource: "*" }] });
const scp = (content: string) => ({
  id: "p-12345678",
  name: "protect-cloudtrail",
  type: "SERVICE_CONTROL_POLICY",
  content,
});
const attached = { id: "r-ab12:p-12345678", policy_id: "p-12345678", target_id: "r-ab12" };

/** Of a plan what it does to a policy and its attachment. */
async function planned(policy: object, attachment: object = {}) {
  const was = scp(DENIED("cloudtrail:StopLogging", "cloudtrail:DeleteTrail"));
  const same = { actions: ["no-op"], before: attached, after: attached };
  const plan = aPlan([
    aChange("aws_organizations_policy.protect", {
      actions: ["update"],
      before: was,
      after: was,
      ...policy,
    }),
    aChange('aws_organizations_policy_attachment.workloads["ou"]', { ...same, ...attachment }),
  ]);
  const repository = scratch();
  repository.commit({ "main.tf": TERRAFORM });
  write(repository.path, { "plan.json": JSON.stringify(plan) });
  const run = await checked(repository.path, ["prod=plan.json"]);
  const told = run
    .results()
    .findings.map(
      ({ verdict, location, subject, message }) =>
        `${verdict} ${location?.file}:${location?.line}:${location?.column} ${subject.id} ${message.replace(/^.*?: service/, "service")}`,
    );
  return { code: run.code, told };
}

test("a plan that narrows, detaches or deletes a policy breaks that", async () => {
  const less = { after: scp(DENIED("cloudtrail:StopLogging")) };
  expect(await planned(less)).toEqual({
    code: 1,
    told: [
      `fail main.tf:15:3 prod#aws_organizations_policy.protect ${POLICY} on r-ab12: denied DeleteTrail, does not`,
    ],
  });
  const away = { actions: ["delete"], after: null };
  expect((await planned({}, away)).told).toEqual([
    `fail main.tf:18:1 prod#aws_organizations_policy_attachment.workloads["ou"] ${POLICY} on r-ab12: denied StopLogging, DeleteTrail, is detached`,
  ]);
  expect((await planned(away, away)).told).toEqual([
    `fail main.tf:13:1 prod#aws_organizations_policy.protect ${POLICY} on r-ab12: denied StopLogging, DeleteTrail, is deleted`,
  ]);
});

test("a plan that knows the content only after applying it can prove nothing", async () => {
  const { id, name, type } = scp("");
  const later = { after: { id, name, type }, after_unknown: { content: true } };
  const { code, told } = await planned(later);
  expect(code).toBe(1);
  expect(told).toEqual([expect.stringMatching(/^unknown main\.tf:15:3 .*no longer be proven$/)]);
  expect(await planned({})).toEqual({ code: 0, told: [] });
});
