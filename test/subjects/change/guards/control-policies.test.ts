import { describe, expect, test } from "vitest";
import {
  ALL,
  attached,
  changed,
  changedTemplate,
  deny,
  exceptRole,
  guardTemplate,
  policy,
  policyTemplate,
  ROOT,
  type Statement,
} from "./a-guard.ts";

const PROTECT = "prod#aws_organizations_policy.protect";
const ATTACHMENT = "prod#aws_organizations_policy_attachment.root";
const unproven = (id: string) =>
  expect.stringMatching(new RegExp(`^unknown ${id.replaceAll(".", "\\.")}: .*no longer be proven`));

describe("a service control policy that stays", () => {
  const REGION = { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] } };
  const others = {
    Action: ["cloudtrail:DeleteTrail", "cloudtrail:UpdateTrail", "cloudtrail:PutEventSelectors"],
  };
  const trail = "arn:aws:cloudtrail:*:*:trail/organization";

  test.each<[string, Statement[], Statement[], string]>([
    ["leaves out a call", [deny()], [deny(others)], "denied StopLogging, does not"],
    ["allows what it denied", [deny()], [deny({ Effect: "Allow" })], `denied ${ALL}, does not`],
    [
      "makes an exception",
      [deny()],
      [deny(exceptRole("admin"))],
      `denied ${ALL}, does so except for aws:PrincipalArn arn:aws:iam::*:role/admin`,
    ],
    [
      "makes another exception",
      [deny(exceptRole("admin"))],
      [deny(exceptRole("admin", "other"))],
      `denied ${ALL}, does so except for aws:PrincipalArn arn:aws:iam::*:role/other`,
    ],
    [
      "asks for a region",
      [deny()],
      [deny({ Condition: REGION })],
      `denied ${ALL}, does so except for aws:RequestedRegion eu-west-1`,
    ],
    [
      "spares a trail",
      [deny()],
      [deny({ Resource: undefined, NotResource: trail })],
      `denied ${ALL}, does so only on others than ${trail}`,
    ],
    [
      "spares another trail",
      [deny({ Resource: undefined, NotResource: trail })],
      [deny({ Resource: undefined, NotResource: [trail, `${trail}-2`] })],
      `denied ${ALL}, does so only on others than ${trail}-2`,
    ],
    [
      "means one trail where it meant all",
      [deny()],
      [deny({ Resource: trail })],
      `denied ${ALL}, does so only on ${trail}`,
    ],
    [
      "means another trail",
      [deny({ Resource: trail })],
      [deny({ Resource: `${trail}-2` })],
      `denied ${ALL}, does not`,
    ],
    [
      "denied all but some calls, of which one is CloudTrail's now",
      [deny({ Action: undefined, NotAction: ["iam:*"] })],
      [deny({ Action: undefined, NotAction: ["iam:*", "cloudtrail:StopLogging"] })],
      "denied StopLogging, does not",
    ],
    [
      "denied whatever is CloudTrail's",
      [deny({ Action: "cloudtrail:*" })],
      [deny({ Action: "cloudtrail:Delete*" })],
      "denied StopLogging, UpdateTrail, PutEventSelectors, does not",
    ],
    [
      "leaves out what it denied in a second statement",
      [deny({ Action: "cloudtrail:StopLogging" }), deny({ Action: "cloudtrail:DeleteTrail" })],
      [deny({ Action: "cloudtrail:StopLogging" })],
      "denied DeleteTrail, does not",
    ],
  ])("and %s breaks something", async (_, before, after, lost) => {
    const text = `fail ${PROTECT}: policy on r-ab12: ${lost}`;
    expect(await changed(policy(before) + ROOT, policy(after) + ROOT)).toEqual([text]);
    expect(await changedTemplate(policyTemplate(before), policyTemplate(after))).toEqual([
      text.replace(PROTECT, "prod#Guard"),
    ]);
  });

  test.each<[string, Statement[], Statement[]]>([
    ["denies more calls", [deny(others)], [deny()]],
    ["spells them otherwise", [deny()], [deny({ Action: ["cloudtrail:*"] })]],
    ["makes no exception any more", [deny(exceptRole("a", "b"))], [deny(exceptRole("a"))]],
    ["narrows its exception", [deny(exceptRole("admin-*"))], [deny(exceptRole("admin-eu"))]],
    [
      "spells its condition otherwise",
      [deny(exceptRole("a"))],
      [deny({ Condition: { StringNotLike: { "aws:PrincipalARN": "arn:aws:iam::*:role/a" } } })],
    ],
    ["says so in two statements", [deny()], [deny(others), deny({ Action: "cloudtrail:Stop*" })]],
    [
      "means all trails and not all resources",
      [deny()],
      [deny({ Resource: "arn:aws:cloudtrail:*:*:trail/*" })],
    ],
    ["means all trails and not one", [deny({ Resource: trail })], [deny()]],
    [
      "binds no service, as ever",
      [deny()],
      [deny({ Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } } })],
    ],
    [
      "has another statement too",
      [deny()],
      [deny(), { Effect: "Deny", Action: "s3:*", Resource: "*" }],
    ],
    ["has another Sid", [deny({ Sid: "A" })], [deny({ Sid: "B" })]],
    [
      "is about regions, and not about CloudTrail",
      [{ Effect: "Deny", NotAction: ["iam:*"], Resource: "*", Condition: REGION }],
      [],
    ],
    [
      "is about the root user, and not about CloudTrail",
      [
        {
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
        },
      ],
      [],
    ],
    ["is about other services", [{ Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" }], []],
    ["is about other resources", [deny({ Resource: "arn:aws:s3:::logs/*" })], []],
    [
      "says less of resources that are no trails",
      [deny({ Resource: ["*", "arn:aws:s3:::logs"] })],
      [deny()],
    ],
    ["allows less", [{ Effect: "Allow", Action: "*", Resource: "*" }, deny()], [deny()]],
  ])("and %s breaks nothing", async (_, before, after) => {
    const then = after.length === 0 ? [{ Effect: "Deny", Action: "sns:*", Resource: "*" }] : after;
    expect(await changed(policy(before) + ROOT, policy(then) + ROOT)).toEqual([]);
    expect(await changedTemplate(policyTemplate(before), policyTemplate(then))).toEqual([]);
  });

  test.each<[string, Statement[], Statement[]]>([
    ["has two halves of a denial", [deny()], [deny(exceptRole("a")), deny(exceptRole("b"))]],
    [
      "asks for something else of the same key",
      [deny({ Condition: { NumericLessThan: { "aws:MultiFactorAuthAge": "60" } } })],
      [deny({ Condition: { NumericLessThan: { "aws:MultiFactorAuthAge": "30" } } })],
    ],
    [
      "has an exception with a variable",
      [deny({ Condition: { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::1:role/a" } } })],
      [deny({ Condition: { StringNotLike: { "aws:PrincipalArn": "${aws:PrincipalArn}" } } })],
    ],
  ])("and %s may break something", async (_, before, after) => {
    expect(await changed(policy(before) + ROOT, policy(after) + ROOT)).toEqual([unproven(PROTECT)]);
  });

  test("and of which the same part is not known is compared in the rest", async () => {
    const content = (calls: string, role = "var.role") => `jsonencode({
      Statement = [{
        Effect = "Deny", Resource = "*", Action = [${calls}]
        Condition = { ArnNotLike = { "aws:PrincipalArn" = ${role} } }
      }]
    })`;
    const text = (calls: string, role?: string) =>
      `variable "role" {}\nvariable "other" {}\n${policy(content(calls, role))}${ROOT}`;
    const [two, one] = [
      '"cloudtrail:StopLogging", "cloudtrail:DeleteTrail"',
      '"cloudtrail:StopLogging"',
    ];
    expect(await changed(text(one), text(two))).toEqual([]);
    expect(await changed(text(two), text(one))).toEqual([
      `fail ${PROTECT}: policy on r-ab12: denied DeleteTrail, does not`,
    ]);
    expect(await changed(text(one), text(one, "var.other"))).toEqual([unproven(PROTECT)]);
  });

  test("and cannot be read is the same where it is written alike", async () => {
    const text = (content: string, rest = "") =>
      `variable "content" {}\nvariable "other" {}\n${policy(content)}${rest}`;
    expect(await changed(text("var.content", ROOT), text("var.content", ROOT))).toEqual([]);
    expect(await changed(text("var.content", ROOT), text("var.other", ROOT))).toEqual([
      unproven(PROTECT),
    ]);
    expect(await changed(text("var.content", ROOT), text("var.content"))).toEqual([
      unproven(ATTACHMENT),
    ]);
    expect(await changed(text("var.content", ROOT), null)).toEqual([unproven(PROTECT)]);
  });

  test("is read from a data source", async () => {
    const text = (calls: string) => `
      data "aws_iam_policy_document" "scp" {
        statement {
          effect    = "Deny"
          actions   = [${calls}]
          resources = ["*"]
        }
      }
      ${policy("data.aws_iam_policy_document.scp.json")}${ROOT}`;
    expect(await changed(text('"cloudtrail:*"'), text('"cloudtrail:StopLogging"'))).toEqual([
      `fail ${PROTECT}: policy on r-ab12: denied DeleteTrail, UpdateTrail, PutEventSelectors, does not`,
    ]);
  });
});

describe("a service control policy that goes", () => {
  const before = policy([deny()]) + ROOT;
  const lost = (how: string, id = PROTECT) => `fail ${id}: policy on r-ab12: denied ${ALL}, ${how}`;

  test("takes what it denied", async () => {
    expect(await changed(before, null)).toEqual([lost("is deleted")]);
    expect(await changedTemplate(policyTemplate([deny()]), null)).toEqual([
      lost("is deleted", "prod#Guard"),
    ]);
  });

  test("takes it wherever it is attached out of sight", async () => {
    expect(await changed(policy([deny()]), null)).toEqual([
      `fail ${PROTECT}: policy: denied ${ALL}, is deleted`,
    ]);
  });

  test("under its own name to another address is deleted first, but for a `moved` block", async () => {
    const other = policy([deny()], { address: "other" }) + attached('"r-ab12"', { to: "other" });
    const moved =
      "moved {\n from = aws_organizations_policy.protect\n to = aws_organizations_policy.other\n}\n";
    expect(await changed(before, other)).toEqual([lost("is deleted and made anew")]);
    expect(await changed(before, other + moved)).toEqual([]);
  });

  test("is missed by nobody where another denies the same there", async () => {
    const other = policy([deny()], { address: "other", name: "other" });
    expect(await changed(before, other + attached('"r-ab12"', { to: "other" }))).toEqual([]);
    expect(await changed(before, other + attached('"ou-ab12-11111111"', { to: "other" }))).toEqual([
      lost("is deleted"),
    ]);
    expect(await changed(before, other)).toEqual([lost("is deleted")]);
  });

  test("is missed where only a stack that comes with the change denies the same", async () => {
    const other = policy([deny()], { name: "other" }) + ROOT;
    expect(await changed(before, "", { fresh: [null, other] })).toEqual([lost("is deleted")]);
  });

  test("to another stack moves there, if that one is applied", async () => {
    const there = 'resource "aws_cloudtrail" "t" {\n name = "t"\n s3_bucket_name = "b"\n}\n';
    expect(await changed(before, "", { other: [there, there + before] })).toEqual([]);
  });

  test("and is of another type afterwards is deleted for it", async () => {
    const tags = policy([deny()], { rest: 'type = "TAG_POLICY"' });
    expect(await changed(before, tags + ROOT)).toEqual([lost("is deleted and made anew")]);
    expect(await changed(tags + ROOT, null)).toEqual([]);
  });

  test("stays in AWS where Terraform or CloudFormation is told so", async () => {
    const kept = policy([deny()], { rest: "skip_destroy = true" });
    expect(
      await changed(kept + attached('"r-ab12"', { rest: "skip_destroy = true" }), null),
    ).toEqual([]);
    const removed =
      "removed {\n from = aws_organizations_policy.protect\n lifecycle {\n destroy = false\n }\n}\n";
    const detached = removed.replace("policy.protect", "policy_attachment.root");
    expect(await changed(before, removed + detached)).toEqual([]);
    expect(await changed(before, policy([deny()]) + detached)).toEqual([]);
    const template = JSON.parse(policyTemplate([deny()]));
    template.Resources.Guard.DeletionPolicy = "Retain";
    expect(await changedTemplate(JSON.stringify(template), null)).toEqual([]);
  });
});

describe("an attachment", () => {
  const before = policy([deny()]) + ROOT;
  const lost = (target = "r-ab12", id = ATTACHMENT) =>
    `fail ${id}: policy on ${target}: denied ${ALL}, is detached`;
  const unit = (id: string, address = "root") => attached(`"ou-ab12-${id.repeat(8)}"`, { address });

  test("that goes takes what was denied there", async () => {
    expect(await changed(before, policy([deny()]))).toEqual([lost()]);
    const two = policy([deny()]) + unit("1") + unit("2", "other");
    expect(await changed(two, policy([deny()]) + unit("2", "other"))).toEqual([
      lost("ou-ab12-11111111"),
    ]);
  });

  test("to somewhere else takes it, but for the root, which is above all", async () => {
    expect(await changed(before, policy([deny()]) + unit("1"))).toEqual([lost()]);
    expect(await changed(policy([deny()]) + unit("1"), before)).toEqual([]);
    const account = policy([deny()]) + attached('"111122223333"');
    expect(await changed(policy([deny()]) + unit("1"), account)).toEqual([
      lost("ou-ab12-11111111"),
    ]);
    const root = attached("aws_organizations_organization.this.roots[0].id");
    const organization = 'resource "aws_organizations_organization" "this" {}\n';
    expect(
      await changed(policy([deny()]) + unit("1"), policy([deny()]) + root + organization),
    ).toEqual([]);
  });

  test("to another unit may be to one above", async () => {
    expect(await changed(policy([deny()]) + unit("1"), policy([deny()]) + unit("2"))).toEqual([
      unproven(ATTACHMENT),
    ]);
  });

  test("of a template's own list goes with its target", async () => {
    const to = (...TargetIds: string[]) => policyTemplate([deny()], { TargetIds });
    expect(
      await changedTemplate(to("ou-ab12-11111111", "222222222222"), to("222222222222")),
    ).toEqual([lost("ou-ab12-11111111", "prod#Guard")]);
    expect(await changedTemplate(to("222222222222"), to("222222222222", "r-ab12"))).toEqual([]);
  });

  test("that is no more beside a policy that denies less is told by both", async () => {
    const after = policy([deny({ Action: "cloudtrail:StopLogging" })]) + unit("2", "other");
    expect(await changed(policy([deny()]) + ROOT + unit("2", "other"), after)).toEqual([
      `fail ${PROTECT}: policy on ou-ab12-22222222: denied DeleteTrail, UpdateTrail, PutEventSelectors, does not`,
      lost(),
    ]);
  });

  test("of a policy that no input describes is not known to be about trails, and gates nothing", async () => {
    const stray =
      'resource "aws_organizations_policy_attachment" "s" {\n policy_id = "p-12345678"\n target_id = "r-ab12"\n}\n';
    expect(await changed(stray, "")).toEqual([]);
  });
});

test("templates of other types, and what is not said, are policies of that type alone", async () => {
  const resource = policyTemplate([deny()], { Type: "RESOURCE_CONTROL_POLICY" });
  expect(await changedTemplate(resource, null)).toEqual([]);
  const texts = guardTemplate({
    Name: "protect",
    Type: "SERVICE_CONTROL_POLICY",
    Content: JSON.stringify({ Statement: deny() }),
  });
  expect(await changedTemplate(texts, null)).toEqual([
    `fail prod#Guard: policy: denied ${ALL}, is deleted`,
  ]);
});
