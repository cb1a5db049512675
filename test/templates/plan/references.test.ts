import { expect, test } from "vitest";
import type { Value } from "../../../src/templates/value.ts";
import { aBlock, aChange, afterwards, aPlan, type Loose, read, refersTo } from "./a-plan.ts";

/** The key of a trail that is known after apply, where the files say this. */
function keyOf(trail: string, root: Loose, others: string[]): Value | undefined {
  const later = { after_unknown: { kms_key_id: true, s3_bucket_name: true } };
  const changes = [trail, ...others].map((each) => aChange(each, later));
  const input = read(aPlan(changes, { configuration: { root_module: root } }));
  return afterwards(input, trail).values["kms_key_id"];
}

const KEY = refersTo("aws_kms_key.k.arn", "aws_kms_key.k");
const trailWith = (kms_key_id: Loose) => [aBlock("aws_cloudtrail.t", { kms_key_id })];
const arnOf = (address: string) => ({ $reference: { address, attribute: "arn" } });

test("a trail's key made in the same module is referred to", () => {
  expect(keyOf("aws_cloudtrail.t", { resources: trailWith(KEY) }, ["aws_kms_key.k"])).toEqual(
    arnOf("aws_kms_key.k"),
  );
});

test("a key of the same plan handed to a module by a variable is referred to", () => {
  const root = {
    module_calls: {
      m: { expressions: { kms: KEY }, module: { resources: trailWith(refersTo("var.kms")) } },
    },
  };
  expect(keyOf("module.m.aws_cloudtrail.t", root, ["aws_kms_key.k"])).toEqual(
    arnOf("aws_kms_key.k"),
  );
});

test("a key that one module puts out and another takes in is referred to, with its instance", () => {
  const root = {
    module_calls: {
      keys: {
        module: {
          outputs: {
            arn: {
              expression: refersTo("aws_kms_key.k[0].arn", "aws_kms_key.k[0]", "aws_kms_key.k"),
            },
          },
        },
      },
      m: {
        expressions: { cfg: refersTo('module.keys["e.u"].arn', 'module.keys["e.u"]') },
        module: { resources: trailWith(refersTo("var.cfg.kms", "var.cfg")) },
      },
    },
  };
  const key = 'module.keys["e.u"].aws_kms_key.k[0]';
  expect(keyOf('module.m["a]b"].aws_cloudtrail.t', root, [key])).toEqual(arnOf(key));
});

test("a whole resource handed to a module is followed to the attribute taken of it", () => {
  const root = {
    module_calls: {
      m: {
        expressions: { key: refersTo("aws_kms_key.k") },
        module: { resources: trailWith(refersTo("var.key.arn", "var.key")) },
      },
    },
  };
  expect(keyOf("module.m.aws_cloudtrail.t", root, ["aws_kms_key.k"])).toEqual(
    arnOf("aws_kms_key.k"),
  );
});

test("within an instance of a module the key is that of the same instance", () => {
  const root = { module_calls: { m: { module: { resources: trailWith(KEY) } } } };
  const [one, other] = ["module.m[0].aws_kms_key.k", "module.m[1].aws_kms_key.k"];
  expect(keyOf("module.m[1].aws_cloudtrail.t", root, [one ?? "", other ?? ""])).toEqual(
    arnOf("module.m[1].aws_kms_key.k"),
  );
});

test.for<[string, Loose]>([
  ["a condition chooses", refersTo("var.on", "aws_kms_key.k.arn", "aws_kms_key.k")],
  [
    "it is named twice, as in a comparison",
    refersTo("aws_kms_key.k.arn", "aws_kms_key.k", "aws_kms_key.k.arn", "aws_kms_key.k"),
  ],
  ["names merely begin alike", refersTo("aws_kms_key.kk.arn", "aws_kms_key.k")],
  ["it is a data source's", refersTo("data.aws_kms_key.k.arn", "data.aws_kms_key.k")],
  ["it is a local value", refersTo("local.key")],
  ["the attribute may be null", refersTo("aws_kms_key.k.description", "aws_kms_key.k")],
  ["no attribute is told", refersTo("aws_kms_key.k")],
  ["the plan leaves no such key", refersTo("aws_kms_key.gone.arn", "aws_kms_key.gone")],
  ["a variable of the root leads nowhere", refersTo("var.kms")],
])("where %s it stays unknown, and says on what it depends", ([, expression]) => {
  const value = keyOf("aws_cloudtrail.t", { resources: trailWith(expression) }, [
    "aws_kms_key.k",
    "aws_kms_key.kk",
  ]);
  expect(value).toEqual({
    $unknown: { reason: "known-after-apply", detail: expect.stringMatching(/^it depends on \w+/) },
  });
});

test("modules that hand a variable round in a circle end", () => {
  const expressions = { kms: refersTo("module.m.out", "module.m") };
  const module = {
    resources: trailWith(refersTo("var.kms")),
    outputs: { out: { expression: refersTo("var.kms") } },
  };
  const value = keyOf(
    "module.m.aws_cloudtrail.t",
    { module_calls: { m: { expressions, module } } },
    [],
  );
  expect(value).toHaveProperty("$unknown.reason", "known-after-apply");
});

test.for<[string, string, Loose, Loose, unknown]>([
  [
    "a document that a data source makes later is referred to",
    "aws_s3_bucket_policy.p",
    { policy: refersTo("data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d") },
    { policy: true },
    { policy: { $reference: { address: "data.aws_iam_policy_document.d", attribute: "json" } } },
  ],
  [
    "a written document that mentions a bucket is not that bucket",
    "aws_s3_bucket_policy.p",
    { policy: refersTo("aws_s3_bucket.b.arn", "aws_s3_bucket.b") },
    { policy: true },
    {
      policy: {
        $unknown: {
          reason: "known-after-apply",
          detail: "it depends on aws_s3_bucket.b.arn, aws_s3_bucket.b",
        },
      },
    },
  ],
  [
    "a bucket named after another is not that bucket",
    "aws_s3_bucket.logs",
    { bucket: refersTo("aws_s3_bucket.b.id", "aws_s3_bucket.b") },
    { bucket: true },
    {
      bucket: {
        $unknown: {
          reason: "known-after-apply",
          detail: "it depends on aws_s3_bucket.b.id, aws_s3_bucket.b",
        },
      },
    },
  ],
  [
    "the only item of a list, and what is in single blocks, is referred to",
    "aws_cloudwatch_metric_alarm.a",
    {
      alarm_actions: refersTo("aws_sns_topic.s.arn", "aws_sns_topic.s"),
      rule: [{ role: refersTo("aws_iam_role.r.arn", "aws_iam_role.r") }],
    },
    { alarm_actions: [true], rule: [{ role: true }] },
    {
      alarm_actions: [{ $reference: { address: "aws_sns_topic.s", attribute: "arn" } }],
      rule: [{ role: { $reference: { address: "aws_iam_role.r", attribute: "arn" } } }],
    },
  ],
  [
    "of several blocks it is not known which became which",
    "aws_cloudwatch_metric_alarm.a",
    { rule: [{ role: refersTo("aws_iam_role.r.arn", "aws_iam_role.r") }, {}] },
    { rule: [{ role: true }] },
    { rule: [{ role: { $unknown: { reason: "known-after-apply" } } }] },
  ],
])("%s", ([, address, expressions, after_unknown, values]) => {
  const root_module = { resources: [aBlock(address, expressions)] };
  const others = ["aws_s3_bucket.b", "aws_sns_topic.s", "aws_iam_role.r"].map((each) =>
    aChange(each),
  );
  const document = aChange("data.aws_iam_policy_document.d", { actions: ["read"] });
  const changes = [aChange(address, { after_unknown }), ...others, document];
  const input = read(aPlan(changes, { configuration: { root_module } }));
  expect(afterwards(input, address).values).toEqual(values);
});
