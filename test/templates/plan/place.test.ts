import { expect, test } from "vitest";
import { aBlock, aChange, afterwards, aPlan, type Loose, read, refersTo } from "./a-plan.ts";

const TRAIL = "aws_cloudtrail.t";
const HERE = { region: "eu-central-1", accountId: "999999999999" };
const constant = (constant_value: unknown) => ({ constant_value });
const ROLE = "arn:aws-us-gov:iam::444444444444:role/deploy";

/** Where a trail is, by what its values, its provider and the prior state say. */
function placed(told: { after?: Loose; key?: string; providers?: Loose; beside?: Loose }) {
  const configuration = {
    provider_config: told.providers ?? {},
    root_module: {
      resources: [
        aBlock(TRAIL, {}, told.key),
        aBlock("data.aws_region.r"),
        aBlock("data.aws_caller_identity.c"),
      ],
    },
  };
  const change = aChange(TRAIL, { after: told.after ?? {} });
  const input = read(aPlan([change], { configuration, ...told.beside }), HERE);
  const { region, accountId } = afterwards(input, TRAIL);
  return [region, accountId].map((each) => (typeof each === "string" ? each : null));
}

const provider = (expressions: Loose) => ({ expressions });
const PRIOR = (type: string, values: Loose) => ({
  address: `data.${type}.${type === "aws_region" ? "r" : "c"}`,
  mode: "data",
  type,
  values,
});

test.for<[string, Parameters<typeof placed>[0], (string | null)[]]>([
  ["nothing else, by the stack", {}, [HERE.region, HERE.accountId]],
  ["its attribute region", { after: { region: "ap-south-1" } }, ["ap-south-1", HERE.accountId]],
  [
    "its ARN in another partition",
    { after: { arn: "arn:aws-cn:cloudtrail:cn-north-1:222222222222:trail/t" } },
    ["cn-north-1", "222222222222"],
  ],
  [
    "its provider's constant",
    { providers: { aws: provider({ region: constant("us-west-2") }) } },
    ["us-west-2", HERE.accountId],
  ],
  [
    "its provider's alias and role",
    {
      key: "aws.x",
      providers: {
        "aws.x": provider({
          region: constant("us-gov-west-1"),
          assume_role: [{ role_arn: constant(ROLE) }],
        }),
      },
    },
    ["us-gov-west-1", "444444444444"],
  ],
  [
    "the only account that its provider allows",
    { providers: { aws: provider({ allowed_account_ids: constant(["333333333333"]) }) } },
    [HERE.region, "333333333333"],
  ],
  [
    "a variable that was given",
    {
      providers: { aws: provider({ region: refersTo("var.r") }) },
      beside: { variables: { r: { value: "sa-east-1" } } },
    },
    ["sa-east-1", HERE.accountId],
  ],
  [
    "data sources of the same provider",
    {
      beside: {
        prior_state: {
          values: {
            root_module: {
              resources: [
                PRIOR("aws_region", { id: "eu-north-1" }),
                PRIOR("aws_caller_identity", { account_id: "555555555555" }),
              ],
            },
          },
        },
      },
    },
    ["eu-north-1", "555555555555"],
  ],
  [
    "nothing, where an alias has a region that cannot be computed",
    {
      key: "aws.x",
      providers: { "aws.x": provider({ region: refersTo("local.r"), profile: constant("other") }) },
    },
    [null, null],
  ],
  [
    "nothing, where a variable is only a part of the region",
    {
      key: "aws.x",
      providers: { "aws.x": provider({ region: refersTo("var.r") }) },
      beside: { variables: { r: { value: "west-1" } } },
    },
    [null, HERE.accountId],
  ],
  [
    "what all providers say that it may be",
    {
      key: "m:aws",
      providers: {
        aws: provider({ region: constant("us-east-1") }),
        "aws.x": provider({ region: constant("us-east-1") }),
      },
    },
    ["us-east-1", HERE.accountId],
  ],
  [
    "nothing, where it may be one of several that differ",
    {
      key: "m:aws",
      providers: {
        aws: provider({ region: constant("us-east-1") }),
        "aws.x": provider({ region: constant("us-east-2"), profile: constant("p") }),
      },
    },
    [null, null],
  ],
])("a resource is where it is by %s", ([, told, expected]) => {
  expect(placed(told)).toEqual(expected);
});

test("a provider in a module has the region that its call hands it", () => {
  const configuration = {
    provider_config: {
      "module.m:aws": { module_address: "module.m", expressions: { region: refersTo("var.r") } },
    },
    root_module: {
      module_calls: {
        m: {
          expressions: { r: { constant_value: "ca-central-1" } },
          module: { resources: [aBlock(TRAIL, {}, "module.m:aws")] },
        },
      },
    },
  };
  const input = read(aPlan([aChange(`module.m.${TRAIL}`)], { configuration }));
  expect(afterwards(input, `module.m.${TRAIL}`).region).toBe("ca-central-1");
});

test("a target is not where its ARN is, which is what it sends to", () => {
  const after = { arn: "arn:aws:sns:us-west-1:222222222222:t" };
  const { region } = afterwards(
    read(aPlan([aChange("aws_cloudwatch_event_target.t", { after })]), HERE),
    "aws_cloudwatch_event_target.t",
  );
  expect(region).toBe(HERE.region);
});

test("what replaces a resource need not be where that was", () => {
  const before = { arn: "arn:aws:cloudtrail:us-west-1:222222222222:trail/t" };
  const input = read(
    aPlan([aChange(TRAIL, { actions: ["delete", "create"], before, after: {} })]),
    HERE,
  );
  expect(input.before?.resources[0]?.region).toBe("us-west-1");
  expect(afterwards(input, TRAIL).region).toBe(HERE.region);
});

test("what a plan does not tell is told of the provider, and of a resource without one", () => {
  const addresses = ["aws_kms_key.a", "aws_kms_key.b", "aws_kms_key.c", "aws_kms_key.d"];
  const plan = aPlan(
    addresses.map((each) => aChange(each)),
    {
      configuration: {
        provider_config: {},
        root_module: {
          resources: [
            aBlock("aws_kms_key.a", {}, "aws.x"),
            aBlock("aws_kms_key.b", {}, "aws.x"),
            aBlock("aws_kms_key.c", {}, "aws.y"),
          ],
        },
      },
    },
  );
  const input = read(plan);
  const [a, b, c, d] = addresses.map((each) => {
    const { region, accountId } = afterwards(input, each);
    return JSON.stringify([region, accountId]);
  });
  expect(b).toBe(a);
  expect(new Set([a, c, d]).size).toBe(3);
});
