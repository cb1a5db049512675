import { expect, test } from "vitest";
import { readCloudFormation } from "../../../src/templates/cloudformation.ts";
import { at, checkout, only, read } from "./a-checkout.ts";

const unresolved = (detail: string) => ({ $unknown: { reason: "unresolved", detail } });

const CHILD = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  KeyArn: {Type: String}
  Multi: {Type: String, Default: "false"}
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: {KMSKeyId: !Ref KeyArn, IsMultiRegionTrail: !Ref Multi, Region: !Ref AWS::Region}
Outputs:
  Name: {Value: !Ref Trail}
  Fixed: {Value: "audit"}
`;

const parent = (url: string, more = "") => `
Resources:
  Key: {Type: "AWS::KMS::Key"}
  Audit:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ${url}
      Parameters: {KeyArn: !GetAtt Key.Arn, Multi: true}
${more}
`;

function readAll(files: Record<string, string>, path = "stacks/main.yaml") {
  const input = readCloudFormation(checkout(files), path, { stack: "s", region: "eu-west-1" });
  if (input === null) throw new Error("this is no template");
  return input;
}

test("A nested template is read with what it is given, and its outputs reach around", () => {
  const topic = `
  Topic: {Type: "AWS::SNS::Topic", Properties: {TopicName: !GetAtt Audit.Outputs.Fixed, X: !GetAtt Audit.Outputs.Name}}`;
  const input = readAll({
    "stacks/main.yaml": parent("./child.yaml", topic),
    "stacks/child.yaml": CHILD,
  });
  const state = only(input);
  expect(at(state, "Audit/Trail").values).toEqual({
    KMSKeyId: { $reference: { address: "Key", attribute: "Arn" } },
    IsMultiRegionTrail: true,
    Region: "eu-west-1",
  });
  expect(at(state, "Topic").values).toEqual({
    TopicName: "audit",
    X: { $reference: { address: "Audit/Trail", attribute: "TrailName" } },
  });
  expect(input.parts).toEqual(["stacks/child.yaml"]);
  expect(at(state, "Audit/Trail").locate("/KMSKeyId")).toMatchObject({
    file: "stacks/child.yaml",
    line: 9,
  });
});

test.for([
  ["https://bucket.s3.amazonaws.com/child.yaml"],
  ["s3://bucket/child.yaml"],
  ["/etc/child.yaml"],
  ["../../outside.yaml"],
  ["missing.yaml"],
  ["!Ref Url"],
] as const)(
  "A nested template at %s is not at hand, so that nothing is known to be absent",
  ([url]) => {
    const state = only(readAll({ "stacks/main.yaml": parent(url), "outside.yaml": CHILD }));
    expect(state.open).toEqual(unresolved("nested stack Audit, whose template is not at hand"));
    expect(state.resources.map(({ address }) => address)).toEqual(["Key"]);
  },
);

test("A nested template may lie beside its folder, within the checkout", () => {
  const state = only(readAll({ "stacks/main.yaml": parent("../child.yaml"), "child.yaml": CHILD }));
  expect(state.open).toBeNull();
  expect(at(state, "Audit/Trail").presence).toBe(true);
});

test("A template nested in itself ends, and leaves open what is there", () => {
  const state = only(readAll({ "stacks/main.yaml": parent("main.yaml") }));
  expect(state.open).toEqual(unresolved("nested stack Audit within itself"));
});

test("Templates that each nest two others end, in bounded time", () => {
  const level = (n: number) => `Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: l${n + 1}.yaml}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: l${n + 1}.yaml}}
  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: l${n + 1}.yaml}}
  D: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: l${n + 1}.yaml}}
`;
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`l${n}.yaml`, level(n)]));
  expect(only(readAll(files, "l0.yaml")).open).not.toBeNull();
});

test("A stack under an open condition is there in one state, with all that is nested in it", () => {
  const text = parent("child.yaml").replace(
    "    Type: AWS::CloudFormation::Stack",
    "    Type: AWS::CloudFormation::Stack\n    Condition: On",
  );
  const sections = "Parameters: {P: {Type: String}}\nConditions: {On: !Equals [!Ref P, 'yes']}";
  const { after } = readAll({ "stacks/main.yaml": sections + text, "stacks/child.yaml": CHILD });
  const addresses = after.map(({ assuming, resources }) => [
    assuming,
    ...resources.map((each) => each.address),
  ]);
  expect(addresses).toEqual([
    ["On is true", "Key", "Audit/Trail"],
    ["On is false", "Key"],
  ]);
});

test("What is open around is tried within: by the nested template's own comparisons", () => {
  const main = `
Parameters: {Env: {Type: String}}
Resources:
  In: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yaml, Parameters: {Env: !Ref Env}}}
`;
  const inner = `
Parameters: {Env: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Env, prod], IsDev: !Equals [!Ref Env, dev]}
Resources:
  Trail: {Type: AWS::CloudTrail::Trail, Properties: {X: !If [IsProd, !If [IsDev, both, 1], 2]}}
`;
  const { after } = readAll({ "m.yaml": main, "c.yaml": inner }, "m.yaml");
  expect(after.map(({ assuming }) => assuming)).toEqual([
    "In/IsProd is true",
    "In/IsProd is false",
  ]);
});

test("A stack set's inline template is read, found at the stack set, in accounts not known", () => {
  const input = read(
    `
Resources:
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      Parameters: [{ParameterKey: Name, ParameterValue: logs}]
      TemplateBody: |
        Parameters: {Name: {Type: String}}
        Resources:
          Trail: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: !Ref Name}}
`,
    { region: "eu-west-1", accountId: "111122223333" },
  );
  const trail = at(only(input), "Everywhere/Trail");
  expect(trail.values).toEqual({ S3BucketName: "logs" });
  expect([trail.region, trail.accountId]).toEqual([
    unresolved("the stack's region"),
    unresolved("the stack's account"),
  ]);
  expect(trail.locate("/S3BucketName")).toMatchObject({ file: "t.yaml", line: 3 });
});

test.for([
  ["Transform: Company::Macro", "what Company::Macro adds to the template"],
  [
    "Transform: [AWS::Serverless-2016-10-31, Company::Macro]",
    "what Company::Macro adds to the template",
  ],
  [
    "Transform: {Name: AWS::Include, Parameters: {Location: x}}",
    "what AWS::Include adds to the template",
  ],
] as const)("Under %s nothing is known to be absent", ([section, detail]) => {
  expect(only(read(`${section}\nResources: {K: {Type: AWS::KMS::Key}}`)).open).toEqual(
    unresolved(detail),
  );
});

test("SAM adds nothing that a trail needs", () => {
  const text = `Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Timeout: 3}}
Resources: {F: {Type: AWS::Serverless::Function}, K: {Type: AWS::KMS::Key}}`;
  const state = only(read(text));
  expect(state.open).toBeNull();
  expect(state.resources.map(({ address }) => address)).toEqual(["K"]);
});

test("A module, and a transform within the resources, may hold anything", () => {
  const module = only(
    read("Resources: {M: {Type: Company::Log::Trail::MODULE}, K: {Type: AWS::KMS::Key}}"),
  );
  expect(module.open).toEqual(unresolved("what M (Company::Log::Trail::MODULE) holds"));
  const transform = "Resources: {'Fn::Transform': {Name: AWS::Include}, K: {Type: AWS::KMS::Key}}";
  expect(only(read(transform)).open).toEqual(unresolved("what Fn::Transform writes"));
});

test("Properties that a transform writes leave open whether it is such a resource at all", () => {
  const text =
    "Resources: {T: {Type: AWS::CloudTrail::Trail, Properties: {'Fn::Transform': {Name: X}, A: 1}}}";
  expect(at(only(read(text)), "T")).toMatchObject({
    presence: unresolved("the properties of T"),
    values: {},
  });
});

test("A loop over a literal list is written out: in the resources, in names and in properties", () => {
  const text = `
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Buckets:
    - Name
    - [logs, my-data]
    - 'Bucket&{Name}':
        Type: AWS::S3::Bucket
        Properties:
          BucketName: !Sub "\${Name}-x"
          Own: !Ref Name
          Other: !Ref "Key&{Name}"
          Fn::ForEach::Flags: [Flag, [A, B], {"Is\${Flag}": true}]
      'Key&{Name}': {Type: AWS::KMS::Key}
`;
  const state = only(read(text));
  expect(state.resources.map(({ address }) => address)).toEqual([
    "Bucketlogs",
    "Keylogs",
    "Bucketmydata",
    "Keymydata",
  ]);
  expect(at(state, "Bucketmydata").values).toEqual({
    BucketName: "my-data-x",
    Own: "my-data",
    Other: { $reference: { address: "Keymydata", attribute: "KeyId" } },
    IsA: true,
    IsB: true,
  });
});

test("A loop over what is not known leaves open what is there", () => {
  const text = `
Parameters: {Names: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::Buckets: [Name, !Ref Names, {'B\${Name}': {Type: AWS::S3::Bucket}}]
  K: {Type: AWS::KMS::Key}
`;
  expect(only(read(text)).open).toEqual(unresolved("what Fn::ForEach:: writes over Ref Names"));
});
