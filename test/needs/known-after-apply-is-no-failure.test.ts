import { expect, test } from "vitest";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { filesOf } from "../templates/files-in-memory.ts";
import { aBlock, aChange, aPlan, type Loose, read, refersTo } from "../templates/plan/a-plan.ts";
import { judgedStacks } from "../templates/records/planned.ts";

// A key that is made in the same change has no ARN yet: whose key it is, is known all the same.

const POLICY = "trail-kms-key-owned-by-trail-account";
const KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const FOREIGN = KEY_ARN.replace("111122223333", "444455556666");

const SOURCES = {
  "key and trail in the root": {
    "main.tf": `resource "aws_kms_key" "k" {}
resource "aws_cloudtrail" "t" {
  name = "t"
  s3_bucket_name = "b"
  kms_key_id = aws_kms_key.k.arn
}`,
  },
  "the key in one module, the trail in another with for_each": {
    "main.tf": `module "kms" {
  source = "./kms"
}
module "trail" {
  source = "./trail"
  for_each = toset(["eu"])
  key = module.kms.arn
}`,
    "kms/main.tf": `resource "aws_kms_key" "k" {}
output "arn" {
  value = aws_kms_key.k.arn
}`,
    "trail/main.tf": `variable "key" {}
resource "aws_cloudtrail" "t" {
  name = "t"
  s3_bucket_name = "b"
  kms_key_id = var.key
}`,
  },
  "a key of a data source": {
    "main.tf": `data "aws_kms_key" "k" {
  key_id = "alias/audit"
}
resource "aws_cloudtrail" "t" {
  name = "t"
  s3_bucket_name = "b"
  kms_key_id = data.aws_kms_key.k.arn
}`,
  },
  "a key of another account by its ARN": {
    "main.tf": `provider "aws" {
  allowed_account_ids = ["111122223333"]
  region = "eu-west-1"
}
resource "aws_cloudtrail" "t" {
  name = "t"
  s3_bucket_name = "b"
  kms_key_id = "${FOREIGN}"
}`,
  },
  "a key of a second provider, whose account nobody knows": {
    "main.tf": `provider "aws" {}
provider "aws" {
  alias = "security"
  profile = "security"
}
resource "aws_kms_key" "k" {
  provider = aws.security
}
resource "aws_cloudtrail" "t" {
  name = "t"
  s3_bucket_name = "b"
  kms_key_id = aws_kms_key.k.arn
}`,
  },
  "a key of a provider that a module configures for itself": {
    "main.tf": `module "kms" {
  source = "./kms"
}
resource "aws_cloudtrail" "t" {
  name = "t"
  s3_bucket_name = "b"
  kms_key_id = module.kms.arn
}`,
    "kms/main.tf": `provider "aws" {
  profile = "security"
}
resource "aws_kms_key" "k" {}
output "arn" {
  value = aws_kms_key.k.arn
}`,
  },
  "a key of one of several providers that an expression chooses": {
    "main.tf": `resource "aws_kms_key" "k" {
  provider = aws.by_region["eu"]
}
resource "aws_cloudtrail" "t" {
  provider = aws.by_region["us"]
  name = "t"
  s3_bucket_name = "b"
  kms_key_id = aws_kms_key.k.arn
}`,
  },
} as const;

const EXPECTED = {
  "key and trail in the root": "pass",
  "the key in one module, the trail in another with for_each": "pass",
  "a key of a data source": "unknown",
  "a key of another account by its ARN": "fail",
  "a key of a second provider, whose account nobody knows": "unknown",
  "a key of a provider that a module configures for itself": "unknown",
  "a key of one of several providers that an expression chooses": "unknown",
} as const;

type Case = keyof typeof EXPECTED;
const CASES = Object.keys(EXPECTED).filter((each): each is Case => each in SOURCES);

test.for(CASES)("in source: %s", async (name) => {
  const { after } = readTerraformSource(filesOf(SOURCES[name]), "", { stack: "prod" });
  const { one } = await judgedStacks({ stack: "prod", state: after[0] });
  expect(one(POLICY)).toBe(EXPECTED[name]);
});

const TRAIL = { name: "t", s3_bucket_name: "b" };
const aKey = (address: string) => aChange(address, { after: {}, after_unknown: { arn: true } });
const aTrail = (address: string, key: string | null, beside: Loose = {}) =>
  aChange(
    address,
    key === null
      ? { after: TRAIL, after_unknown: { kms_key_id: true } }
      : { after: { ...TRAIL, kms_key_id: key } },
    beside,
  );
const configured = (root: Loose, providers: Loose = {}) => ({
  configuration: {
    provider_config: { aws: { name: "aws", expressions: {} }, ...providers },
    root_module: root,
  },
});
const TRAIL_TO_KEY = aBlock("aws_cloudtrail.t", {
  kms_key_id: refersTo("aws_kms_key.k.arn", "aws_kms_key.k"),
});

const PLANS: Record<Case, Loose> = {
  "key and trail in the root": aPlan(
    [aKey("aws_kms_key.k"), aTrail("aws_cloudtrail.t", null)],
    configured({ resources: [aBlock("aws_kms_key.k"), TRAIL_TO_KEY] }),
  ),
  "the key in one module, the trail in another with for_each": aPlan(
    [
      aKey("module.kms.aws_kms_key.k"),
      aTrail('module.trail["eu"].aws_cloudtrail.t', null, { module_address: 'module.trail["eu"]' }),
    ],
    configured({
      module_calls: {
        kms: {
          source: "./kms",
          module: {
            resources: [aBlock("aws_kms_key.k")],
            outputs: { arn: { expression: refersTo("aws_kms_key.k.arn", "aws_kms_key.k") } },
          },
        },
        trail: {
          source: "./trail",
          expressions: { key: refersTo("module.kms.arn", "module.kms") },
          for_each_expression: {},
          module: {
            variables: { key: {} },
            resources: [aBlock("aws_cloudtrail.t", { kms_key_id: refersTo("var.key") })],
          },
        },
      },
    }),
  ),
  "a key of a data source": aPlan(
    [aChange("data.aws_kms_key.k", { actions: ["read"] }), aTrail("aws_cloudtrail.t", null)],
    configured({
      resources: [
        aBlock("data.aws_kms_key.k"),
        aBlock("aws_cloudtrail.t", {
          kms_key_id: refersTo("data.aws_kms_key.k.arn", "data.aws_kms_key.k"),
        }),
      ],
    }),
  ),
  "a key of another account by its ARN": aPlan(
    [aTrail("aws_cloudtrail.t", FOREIGN)],
    configured(
      { resources: [aBlock("aws_cloudtrail.t", { kms_key_id: { constant_value: FOREIGN } })] },
      {
        aws: {
          name: "aws",
          expressions: {
            region: { constant_value: "eu-west-1" },
            allowed_account_ids: { constant_value: ["111122223333"] },
          },
        },
      },
    ),
  ),
  "a key of a second provider, whose account nobody knows": aPlan(
    [aKey("aws_kms_key.k"), aTrail("aws_cloudtrail.t", null)],
    configured(
      { resources: [aBlock("aws_kms_key.k", {}, "aws.security"), TRAIL_TO_KEY] },
      { "aws.security": { name: "aws", alias: "security", expressions: { profile: {} } } },
    ),
  ),
  "a key of a provider that a module configures for itself": aPlan(
    [aKey("module.kms.aws_kms_key.k"), aTrail("aws_cloudtrail.t", null)],
    configured(
      {
        resources: [
          aBlock("aws_cloudtrail.t", { kms_key_id: refersTo("module.kms.arn", "module.kms") }),
        ],
        module_calls: {
          kms: {
            source: "./kms",
            module: {
              resources: [aBlock("aws_kms_key.k", {}, "module.kms:aws")],
              outputs: { arn: { expression: refersTo("aws_kms_key.k.arn", "aws_kms_key.k") } },
            },
          },
        },
      },
      {
        "module.kms:aws": {
          name: "aws",
          module_address: "module.kms",
          expressions: { profile: { constant_value: "security" } },
        },
      },
    ),
  ),
  "a key of one of several providers that an expression chooses": aPlan(
    [aKey("aws_kms_key.k"), aTrail("aws_cloudtrail.t", null)],
    configured(
      {
        resources: [
          aBlock("aws_kms_key.k", {}, "aws.by_region"),
          { ...TRAIL_TO_KEY, provider_config_key: "aws.by_region" },
        ],
      },
      {
        "aws.by_region": {
          name: "aws",
          alias: "by_region",
          expressions: { profile: refersTo("each.value") },
        },
      },
    ),
  ),
};

test.for(CASES)("in a plan: %s", async (name) => {
  const { one } = await judgedStacks({ stack: "prod", state: read(PLANS[name]).after[0] });
  expect(one(POLICY)).toBe(EXPECTED[name]);
});

test.for([
  ["the trail's account", KEY_ARN, "pass"],
  ["another account", FOREIGN, "fail"],
])("a plan made after the apply says the same of a key of %s", async ([, key, expected]) => {
  const arn = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/t";
  const values = { ...TRAIL, arn, kms_key_id: key };
  const plan = aPlan(
    [
      aChange("aws_cloudtrail.t", { actions: ["no-op"], before: values, after: values }),
      aChange("aws_kms_key.k", { actions: ["no-op"], before: { arn: key }, after: { arn: key } }),
    ],
    configured({ resources: [aBlock("aws_kms_key.k"), TRAIL_TO_KEY] }),
  );
  const { one } = await judgedStacks({ stack: "prod", state: read(plan).after[0] });
  expect(one(POLICY)).toBe(expected);
});
