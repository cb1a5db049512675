import { expect, test } from "vitest";
import { at, keyIdOf, only, read, trailWith } from "./a-checkout.ts";

const SECTIONS = `
Parameters:
  Given: {Type: String}
  Defaulted: {Type: String, Default: dflt}
  Names: {Type: CommaDelimitedList, Default: "a, b,c"}
  FromSsm: {Type: "AWS::SSM::Parameter::Value<String>", Default: /keys/trail}
Mappings:
  Keys:
    eu-west-1: {Arn: key-eu, List: [x, y]}
Conditions:
  Yes: !Equals [a, a]
  No: !Equals [a, b]
`;
const unresolved = (detail: string) => ({ $unknown: { reason: "unresolved", detail } });
const lookedUp = (address: string) => ({ $reference: { address, attribute: "$value" } });
const options = { parameters: { Given: "given" }, region: "eu-west-1", accountId: "012345678901" };

test.for([
  ["!Ref Given", "given"],
  ["{Ref: Given}", "given"],
  ["!Ref Defaulted", "dflt"],
  ["!Ref FromSsm", lookedUp("{{resolve:ssm:FromSsm}}")],
  ["!Ref AWS::Region", "eu-west-1"],
  ["!Ref AWS::AccountId", "012345678901"],
  ["!Ref AWS::Partition", "aws"],
  ["!Ref AWS::URLSuffix", "amazonaws.com"],
  ["!Ref AWS::NoValue", undefined],
  ["!Ref AWS::StackName", unresolved("AWS::StackName")],
  ["!Ref Nothing", unresolved("Nothing, which the template does not declare")],
  ["!Ref Trail", { $reference: { address: "Trail", attribute: "TrailName" } }],
  ["!GetAtt Trail.Arn", { $reference: { address: "Trail", attribute: "Arn" } }],
  [
    "{'Fn::GetAtt': [Trail, SnsTopicArn]}",
    { $reference: { address: "Trail", attribute: "SnsTopicArn" } },
  ],
  ["!GetAtt Nothing.Arn", unresolved("Nothing, which the template does not declare")],
  ['!Sub "a-${Given}-${AWS::Region}"', "a-given-eu-west-1"],
  ['!Sub ["${x}/${Given}", {x: !Ref Defaulted}]', "dflt/given"],
  ['!Sub "${!Literal} ${Given}"', "${Literal} given"],
  [
    '!Sub "${Trail.Arn}/x"',
    { $text: [{ $reference: { address: "Trail", attribute: "Arn" } }, "/x"] },
  ],
  ['!Join ["-", [a, !Ref Given, "1"]]', "a-given-1"],
  ['!Join [",", !Ref Names]', "a,b,c"],
  [
    '!Join ["", ["a/", !Ref Trail]]',
    { $text: ["a/", { $reference: { address: "Trail", attribute: "TrailName" } }] },
  ],
  ["!Select [1, !Ref Names]", "b"],
  ['!Select ["2", [a, b, c]]', "c"],
  ["!Select [9, !Ref Names]", unresolved("Fn::Select")],
  ['!Select [1, !Split [":", "a:b:c"]]', "b"],
  ['!Split [":", !Ref AWS::StackId]', unresolved("Fn::Split")],
  ["!If [Yes, one, two]", "one"],
  ["!If [No, one, two]", "two"],
  ["!If [No, one, !Ref AWS::NoValue]", undefined],
  ["!FindInMap [Keys, !Ref AWS::Region, Arn]", "key-eu"],
  ["!FindInMap [Keys, us-east-1, Arn]", unresolved("Fn::FindInMap Keys us-east-1 Arn")],
  ["!FindInMap [Keys, us-east-1, Arn, {DefaultValue: other}]", "other"],
  ["!Select [0, !FindInMap [Keys, eu-west-1, List]]", "x"],
  ["!Base64 trail", "dHJhaWw="],
  ["!GetAZs eu-west-1", unresolved("Fn::GetAZs")],
  ["!Cidr [10.0.0.0/16, 2, 8]", unresolved("Fn::Cidr")],
  ["!ImportValue key-arn", lookedUp("{{import:key-arn}}")],
  ["!Length [a, b]", "2"],
  ["!ToJsonString {a: [1, true]}", '{"a":[1,true]}'],
  [
    "!Transform {Name: AWS::Include, Parameters: {Location: s3://b/k}}",
    unresolved("Fn::Transform"),
  ],
  ["!Whatever x", unresolved("Fn::Whatever")],
  ["'{{resolve:ssm:/key:1}}'", lookedUp("{{resolve:ssm:/key:1}}")],
  ["'a-{{resolve:ssm:/key}}'", { $text: ["a-", lookedUp("{{resolve:ssm:/key}}")] }],
] as const)("%s gives %j", ([written, expected]) => {
  expect(keyIdOf(written, SECTIONS, options)).toEqual(expected);
});

test("A template's own keys that begin with $ are escaped, and __proto__ is a key like others", () => {
  const text = trailWith(
    'X: {$unknown: {reason: x}, $reference: 1, $text: [], "__proto__": {a: 1}}',
  );
  const value = at(only(read(text)), "Trail").values["X"];
  expect(JSON.stringify(value)).toBe(
    '{"$$unknown":{"reason":"x"},"$$reference":1,"$$text":[],"__proto__":{"a":1}}',
  );
});

test.for([
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
] as const)("In %s the partition is %s and services end in %s", ([region, partition, suffix]) => {
  expect(keyIdOf('!Sub "${AWS::Partition} ${AWS::URLSuffix}"', "", { region })).toBe(
    `${partition} ${suffix}`,
  );
});

test("Where the region is not known, the partition is not either, and nothing is tried for it", () => {
  expect(keyIdOf("!Ref AWS::Partition")).toEqual(unresolved("AWS::Partition"));
});

test.for([
  ["IsLogging: 'true'", { IsLogging: true }],
  ["IsLogging: 'False'", { IsLogging: false }],
  ["IsLogging: yes", { IsLogging: true }],
  ["IsLogging: Off", { IsLogging: false }],
  ["TrailName: 'true'", { TrailName: "true" }],
  ["TrailName: 123", { TrailName: "123" }],
  ["AccountX: 012345678901", { AccountX: "012345678901" }],
  ["AccountX: 111122223333", { AccountX: "111122223333" }],
  ["Version: 2012-10-17", { Version: "2012-10-17" }],
  ["RetentionInDays: '365'", { RetentionInDays: 365 }],
  ["Zone: 1:30", { Zone: "1:30" }],
  ["Nothing: ~", { Nothing: null }],
  ["KMSKeyId: !Ref 'AWS::NoValue'", {}],
] as const)("%s is %j", ([line, expected]) => {
  const { S3BucketName: _, ...values } = at(only(read(trailWith(line))), "Trail").values;
  expect(values).toEqual(expected);
});

test("A name given literally is what Ref gives; GetAtt stays a reference", () => {
  const text = `
Resources:
  Bucket: {Type: "AWS::S3::Bucket", Properties: {BucketName: !Sub "logs-\${AWS::Region}"}}
  Loop: {Type: "AWS::S3::Bucket", Properties: {BucketName: !Ref Loop}}
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: {S3BucketName: !Ref Bucket, SnsTopicName: !GetAtt Bucket.Arn}
`;
  const state = only(read(text, { region: "eu-west-1" }));
  expect(at(state, "Trail").values).toEqual({
    S3BucketName: "logs-eu-west-1",
    SnsTopicName: { $reference: { address: "Bucket", attribute: "Arn" } },
  });
  expect(at(state, "Loop").values).toEqual({
    BucketName: { $reference: { address: "Loop", attribute: "BucketName" } },
  });
});

test("What becomes of a removed resource is kept beside its properties", () => {
  const text = `
Resources:
  Key: {Type: "AWS::KMS::Key", DeletionPolicy: Retain, UpdateReplacePolicy: Delete}
`;
  expect(at(only(read(text)), "Key").values).toEqual({
    $deletionPolicy: "Retain",
    $updateReplacePolicy: "Delete",
  });
});

test("A key that is written twice has no certain value, and is told with its line", () => {
  const input = read(trailWith("IsLogging: false\nIsLogging: true"));
  expect(at(only(input), "Trail").values["IsLogging"]).toEqual(
    unresolved("IsLogging is written twice"),
  );
  expect(input.notes).toEqual(["t.yaml:8: IsLogging is written twice in one object."]);
});

test("Resources of other services are not read, so that nothing of them can be told", () => {
  const text = `${trailWith("IsLogging: true")}
  Database: {Type: "AWS::RDS::DBInstance", Properties: {MasterUserPassword: canary}}
`;
  expect(only(read(text)).resources.map(({ address }) => address)).toEqual(["Trail"]);
});
