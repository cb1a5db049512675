import { describe, expect, test } from "vitest";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { filesOf } from "../templates/files-in-memory.ts";
import { judgedStacks } from "../templates/records/planned.ts";
import {
  BY_KEY,
  files,
  LITERAL,
  NAMED,
  OTHER,
  POLICIES,
  REFERRED,
  type Statement,
  TO_TRAIL,
  UNNAMED,
  WAYS,
  type Writing,
} from "./a-policy-in-terraform.ts";

// In Terraform a policy names its bucket by reference, whose ARN nobody has written down.

/** The bucket's five verdicts, as `check` asks for them. */
async function judged(made: Record<string, string>) {
  const { after } = readTerraformSource(filesOf(made), "", { stack: "prod" });
  const { all } = await judgedStacks({ stack: "prod", state: after[0] });
  const own = all.filter(({ policy, id }) => POLICIES.includes(policy) && /\.logs\b/.test(id));
  return Object.fromEntries(own.map(({ policy, verdict }) => [policy, verdict]));
}

/** What each policy says; all the same but for those named. */
const each = (verdict: string, others: Record<string, string> = {}) => ({
  ...Object.fromEntries(POLICIES.map((id) => [id, verdict])),
  ...others,
});

const RIGHTS: Statement = {
  type: "AWS",
  who: "arn:aws:iam::999999999999:root",
  actions: ["s3:GetObject", "s3:DeleteObject", "s3:PutBucketPolicy"],
  on: [REFERRED, `${REFERRED}/*`],
};
/** Without the organization's list nobody knows whose account it is. */
const STRANGERS = {
  "log-bucket-readers-trusted": "unknown",
  "log-bucket-writers-trusted": "unknown",
};
const LOOSE: Statement = {
  type: "Service",
  who: "cloudtrail.amazonaws.com",
  actions: ["s3:PutObject"],
  on: [`${REFERRED}/*`],
};

describe.each(Object.entries(WAYS))("%s", (_, way) => {
  test.for<[string, Writing]>([
    ["a bucket with a name, by its literal ARN", { arn: LITERAL }],
    ["a bucket with a name", { arn: REFERRED }],
    ["a bucket that AWS names", { arn: REFERRED, bucket: UNNAMED }],
    ["a bucket of for_each, whose address has quotes", { arn: REFERRED, bucket: BY_KEY }],
    ["the trail by reference too", { arn: REFERRED, trail: TO_TRAIL }],
    ["the bucket's name in an ARN", { arn: "arn:aws:s3:::${aws_s3_bucket.logs.id}" }],
  ])("%s: what is right passes, another account is seen", async ([, writing]) => {
    expect(await judged(files(way, writing))).toEqual(each("pass"));
    const more = [{ ...RIGHTS, on: [writing.arn, `${writing.arn}/*`] }];
    expect(await judged(files(way, { ...writing, more }))).toEqual(each("pass", STRANGERS));
  });

  test("statements about another bucket do not count for this one", async () => {
    const arn = "${aws_s3_bucket.other.arn}";
    const bucket = `${NAMED}\n${OTHER}`;
    const found = await judged(files(way, { arn, bucket }));
    expect(found["log-bucket-admits-cloudtrail"]).toBe("fail");
    expect(found["log-bucket-tls-only"]).toBe("fail");
  });

  test("CloudTrail's statements for whatever trail are not bound", async () => {
    const found = await judged(files(way, { arn: REFERRED, bucket: UNNAMED, more: [LOOSE] }));
    expect(found).toEqual(each("pass", { "log-bucket-policy-bound-to-trails": "fail" }));
  });
});

test.for<[string, string]>([
  ["a variable", "${var.arn}"],
  ["what another resource gives", "${aws_ssm_parameter.arn.value}"],
  ["an attribute that is no name", "${aws_s3_bucket.logs.policy}"],
])("with %s in it a text may hold whole statements, encoded it is one value", async ([, trail]) => {
  const open = {
    "log-bucket-admits-cloudtrail": "unknown",
    "log-bucket-policy-bound-to-trails": "unknown",
  };
  for (const [name, way] of Object.entries(WAYS)) {
    const expected = name === "a text written out" ? each("unknown") : each("pass", open);
    const { "main.tf": text } = files(way, { arn: REFERRED, trail });
    const rest = 'variable "arn" {}\nresource "aws_ssm_parameter" "arn" {}\n';
    expect(await judged({ "main.tf": `${text}\n${rest}` })).toEqual(expected);
  }
});

const ORG: Statement = {
  type: "AWS",
  who: "*",
  actions: ["s3:GetObject"],
  on: [`${REFERRED}/*`],
  condition: ["StringEquals", "aws:PrincipalOrgID", "${var.organization}"],
};
const WITH_ORG = { arn: REFERRED, bucket: `${NAMED}\nvariable "organization" {}` };
const READERS = { "log-bucket-readers-trusted": "unknown" };
const NO_DELIVERY: Statement = {
  effect: "Deny",
  type: "*",
  who: "*",
  actions: ["s3:PutObject"],
  on: [`${REFERRED}/*`],
};

const { "a text written out": written, ...ENCODED } = WAYS;
const data = WAYS["aws_iam_policy_document"];
if (written === undefined || data === undefined) throw new Error("no such ways");

/** The same document by way of another one. */
const TAKEN = `data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.logs.json]
}`;
const source: typeof data = (all) =>
  `${data(all).replace("policy = data.aws_iam_policy_document.logs", "policy = data.aws_iam_policy_document.all")}${TAKEN}`;

describe.each(Object.entries({ ...ENCODED, source_policy_documents: source }))(
  "%s, with one value that is not known",
  (_, way) => {
    test("it leaves open what hangs on it alone", async () => {
      const found = await judged(files(way, { ...WITH_ORG, more: [ORG] }));
      expect(found).toEqual(each("pass", READERS));
    });

    test("a denial beside it is seen", async () => {
      const found = await judged(files(way, { ...WITH_ORG, more: [ORG, NO_DELIVERY] }));
      expect(found).toEqual(each("pass", { ...READERS, "log-bucket-admits-cloudtrail": "fail" }));
    });

    test.for<[string, Partial<Statement>, Record<string, string>]>([
      ["who is let in", { who: "${var.organization}" }, STRANGERS],
      [
        "what is denied",
        { ...NO_DELIVERY, actions: ["${var.organization}"] },
        { "log-bucket-admits-cloudtrail": "unknown" },
      ],
    ])("%s may be anything", async ([, part, open]) => {
      const statement = { ...RIGHTS, ...part };
      const found = await judged(files(way, { ...WITH_ORG, more: [statement] }));
      expect(found).toEqual(each("pass", open));
    });
  },
);

test("in a text written out a value that is not known may bring statements of its own", async () => {
  const found = await judged(files(written, { ...WITH_ORG, more: [ORG] }));
  expect(found).toEqual(each("unknown"));
});

const OWN_ORG: Statement = {
  ...ORG,
  condition: ["StringEquals", "aws:PrincipalOrgID", "${data.aws_organizations_organization.o.id}"],
};
const OWN_ROLE: Statement = { ...RIGHTS, who: "${data.aws_iam_role.r.arn}" };
const lookedUp = (provider: string) => `${NAMED}
provider "aws" {
  alias   = "other"
  profile = "other"
}
data "aws_organizations_organization" "o" {
  provider = ${provider}
}
data "aws_iam_role" "r" {
  provider = ${provider}
  name     = "reader"
}`;

test.for<[string, string, Statement, Record<string, string>]>([
  ["the own organization", "aws", OWN_ORG, {}],
  ["another account's organization", "aws.other", OWN_ORG, READERS],
  ["a role of the own account", "aws", OWN_ROLE, {}],
  ["a role of another account", "aws.other", OWN_ROLE, STRANGERS],
])("%s, which is looked up, as who is let in", async ([, provider, statement, open]) => {
  for (const way of Object.values(ENCODED)) {
    const writing = { arn: REFERRED, bucket: lookedUp(provider), more: [statement] };
    expect(await judged(files(way, writing))).toEqual(each("pass", open));
    const unplaced = files(way, writing)["main.tf"].replace(/allowed_account_ids.*/, "");
    expect((await judged({ "main.tf": unplaced }))["log-bucket-readers-trusted"]).toBe(
      open["log-bucket-readers-trusted"] ?? "pass",
    );
  }
});
