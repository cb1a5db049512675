import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cloudFormationType } from "../../src/templates/cloud-control.ts";
import { isRelevant } from "../../src/templates/relevant.ts";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { filesOf } from "./files-in-memory.ts";
import { aBlock, aChange, afterwards, aPlan, read, refersTo } from "./plan/a-plan.ts";

const TYPES = [
  ...new Set(
    readFileSync("src/templates/records/kinds.ts", "utf8").match(/(?<=")AWS::[\w:]+(?=")/g),
  ),
];
const snake = (type: string): string =>
  type
    .replace(/^AWS::/, "awscc_")
    .replace(/::(\w+)$/, (_, name: string) => `_${name.replace(/(?<=[a-z])(?=[A-Z])/g, "_")}`)
    .toLowerCase();

test("the provider calls a log group as CloudFormation does, in its own spelling", () => {
  expect(snake("AWS::Logs::LogGroup")).toBe("awscc_logs_log_group");
  expect(TYPES.length).toBeGreaterThan(15);
});

test.for(TYPES)("%s is read where Terraform makes it through the Cloud Control API", (type) => {
  expect(cloudFormationType(snake(type))).toBe(type);
  expect(isRelevant(snake(type))).toBe(true);
  const resource = readOne(`resource "${snake(type)}" "x" {\n  some_name = "y"\n}\n`);
  expect(resource.values).toEqual({ SomeName: "y" });
});

test("a type of which no record is made is passed over", () => {
  expect(cloudFormationType("awscc_s3_access_point")).toBeNull();
  expect(cloudFormationType("aws_cloudtrail_trail")).toBeNull();
});

const resourcesIn = (text: string) =>
  readTerraformSource(filesOf({ "main.tf": text }), "", { stack: "prod" }).after[0].resources;

function readOne(text: string) {
  const [resource] = resourcesIn(text);
  return resource ?? expect.fail("no resource");
}

const TRAIL = `resource "awscc_cloudtrail_trail" "t" {
  trail_name                    = "t"
  is_logging                    = "true"
  kms_key_id                    = awscc_kms_key.k.arn
  cloudwatch_logs_log_group_arn = awscc_logs_log_group.g.arn
  event_selectors = [{
    read_write_type = "All"
    data_resources  = null
  }]
}
`;

describe("a resource in source", () => {
  test("has CloudFormation's properties, in their kinds", () => {
    const { type, dialect, address, values } = readOne(TRAIL);
    expect({ type, dialect, address }).toEqual({
      type: "AWS::CloudTrail::Trail",
      dialect: "cloudformation",
      address: "awscc_cloudtrail_trail.t",
    });
    expect(values).toMatchObject({
      TrailName: "t",
      IsLogging: true,
      KMSKeyId: expect.anything(),
      CloudWatchLogsLogGroupArn: expect.anything(),
      EventSelectors: [{ ReadWriteType: "All" }],
    });
    expect(values["EventSelectors"]).not.toHaveProperty("0.DataResources");
  });

  test("is located where Terraform has it", () => {
    const { locate } = readOne(TRAIL);
    expect(locate("/KMSKeyId")).toMatchObject({ file: "main.tf", line: 4 });
    expect(locate("/EventSelectors/0/ReadWriteType")).toMatchObject({ line: 7 });
    expect(locate("/SnsTopicName")).toMatchObject({ line: 1 });
  });

  test("refers to the name of another that is not known yet", () => {
    const [, trail] = resourcesIn(
      'resource "awscc_s3_bucket" "b" {}\n' +
        'resource "aws_cloudtrail" "t" {\n  s3_bucket_name = awscc_s3_bucket.b.bucket_name\n}\n',
    );
    expect(trail?.values["s3_bucket_name"]).toEqual({
      $reference: { address: "awscc_s3_bucket.b", attribute: "bucket_name" },
    });
  });

  test.for([
    ["neither provider says anything", "", "", 'the accountId of provider aws"'],
    [
      "its own assumes a role",
      "assume_role = { role_arn = var.r }",
      "",
      'the accountId of provider awscc"',
    ],
    [
      "the other assumes one",
      "",
      'assume_role {\n role_arn = "x"\n}',
      'the accountId of provider awscc"',
    ],
    ["the other has a profile", "", 'profile = "p"', 'the accountId of provider awscc"'],
  ] as const)("is in the account of the other provider where %s", ([, own, other, told]) => {
    const { accountId } = readOne(
      `provider "awscc" {\n  ${own}\n}\nprovider "aws" {\n  ${other}\n}\nvariable "r" {}\n${TRAIL}`,
    );
    expect(JSON.stringify(accountId)).toContain(told);
  });

  test("is in the account of the role that its provider assumes", () => {
    const role = 'assume_role = { role_arn = "arn:aws:iam::111122223333:role/x" }';
    expect(readOne(`provider "awscc" {\n  ${role}\n}\n${TRAIL}`).accountId).toBe("111122223333");
  });
});

describe("a resource in a plan", () => {
  const ADDRESS = "awscc_cloudtrail_trail.t";
  const PROVIDER = { provider_name: "registry.terraform.io/hashicorp/awscc" };
  const planned = (expressions: Record<string, unknown>) =>
    afterwards(
      read(
        aPlan(
          [
            aChange(
              ADDRESS,
              {
                after: { trail_name: "t", is_logging: true, s3_key_prefix: null },
                after_unknown: { kms_key_id: true, arn: true, event_selectors: [{ name: true }] },
              },
              PROVIDER,
            ),
          ],
          {
            configuration: { root_module: { resources: [aBlock(ADDRESS, expressions, "awscc")] } },
          },
        ),
      ),
      ADDRESS,
    );

  test("has no value where nobody wrote one and the provider fills it in", () => {
    const { values } = planned({ event_selectors: { constant_value: [{}] } });
    expect(values).toEqual({ TrailName: "t", IsLogging: true, EventSelectors: [{}] });
  });

  test("has one that is not known where somebody wrote it", () => {
    const { values } = planned({
      kms_key_id: refersTo("var.key"),
      event_selectors: refersTo("var.selectors"),
    });
    expect(values["KMSKeyId"]).toHaveProperty("$unknown");
    expect(values["EventSelectors"]).toHaveProperty("0.Name.$unknown");
  });

  test("that is there keeps the ARN that AWS gave it", () => {
    const after = { topic_arn: "arn:aws:sns:eu-west-1:111122223333:x", topic_name: "x" };
    const change = aChange("awscc_sns_topic.t", { actions: ["no-op"], before: after, after });
    const { values } = afterwards(read(aPlan([{ ...change, ...PROVIDER }])), "awscc_sns_topic.t");
    expect(values).toMatchObject({ arn: after.topic_arn, TopicName: "x" });
  });

  test("is in the account that a data source of the other provider told", () => {
    const identity = {
      address: "data.aws_caller_identity.me",
      mode: "data",
      type: "aws_caller_identity",
      name: "me",
      values: { account_id: "111122223333" },
    };
    const placed = (awscc: Record<string, unknown>) =>
      afterwards(
        read(
          aPlan([aChange(ADDRESS, {}, PROVIDER)], {
            prior_state: { values: { root_module: { resources: [identity] } } },
            configuration: {
              provider_config: { aws: { name: "aws" }, awscc: { expressions: awscc } },
              root_module: {
                resources: [aBlock(ADDRESS, {}, "awscc"), aBlock("data.aws_caller_identity.me")],
              },
            },
          }),
        ),
        ADDRESS,
      ).accountId;
    expect(placed({})).toBe("111122223333");
    expect(placed({ profile: { constant_value: "x" } })).toHaveProperty("$unknown");
  });
});
