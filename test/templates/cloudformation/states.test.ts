import { expect, test } from "vitest";
import type { TemplateInput } from "../../../src/templates/resource.ts";
import { at, keyIdOf, only, read, trailWith } from "./a-checkout.ts";

const unresolved = (detail: string) => ({ $unknown: { reason: "unresolved", detail } });

/** What each state assumes, with an attribute of the trail there; null where there is no trail. */
function table(input: TemplateInput, attribute: string) {
  return input.after.map(({ assuming, resources }) => {
    const trail = resources.find(({ address }) => address === "Trail");
    return [assuming, trail === undefined ? null : trail.values[attribute]];
  });
}

const ENV = `
Parameters:
  Env: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Equals [dev, !Ref Env]
  IsRest: !And [!Not [!Condition IsProd], !Not [!Condition IsDev]]
`;

test("A branch that a condition leaves open makes two states, each of which says what it assumes", () => {
  const input = read(trailWith("IsLogging: !If [IsProd, true, false]", ENV));
  expect(table(input, "IsLogging")).toEqual([
    ["IsProd is true", true],
    ["IsProd is false", false],
  ]);
});

test("Conditions about one parameter are never true of two values at once", () => {
  const text = trailWith("X: !If [IsProd, !If [IsDev, never, prod], !If [IsDev, dev, other]]", ENV);
  expect(table(read(text), "X")).toEqual([
    ["IsDev is false and IsProd is true", "prod"],
    ["IsDev is true and IsProd is false", "dev"],
    ["IsDev is false and IsProd is false", "other"],
  ]);
});

test("A condition made of others is named where it alone tells the states apart", () => {
  expect(table(read(trailWith("X: !If [IsRest, 1, 2]", ENV)), "X")).toEqual([
    ["IsRest is false", 2],
    ["IsRest is true", 1],
  ]);
});

test("A resource whose condition is open is there in one state and not in the other", () => {
  const text = trailWith("X: 1", ENV).replace(
    "    Properties",
    "    Condition: IsProd\n    Properties",
  );
  expect(table(read(text), "X")).toEqual([
    ["IsProd is true", 1],
    ["IsProd is false", null],
  ]);
});

test("A condition that is false leaves no resource, one that is true leaves it for certain", () => {
  const text = trailWith("X: 1", ENV).replace(
    "    Properties",
    "    Condition: IsProd\n    Properties",
  );
  expect(table(read(text, { parameters: { Env: "dev" } }), "X")).toEqual([[null, null]]);
  const state = only(read(text, { parameters: { Env: "prod" } }));
  expect(at(state, "Trail").presence).toBe(true);
});

test("The values that a parameter allows are each tried", () => {
  const sections = 'Parameters: {Validate: {Type: String, AllowedValues: ["true", "false"]}}';
  const text = trailWith("EnableLogFileValidation: !Ref Validate", sections);
  expect(table(read(text), "EnableLogFileValidation")).toEqual([
    ['Validate is "true"', true],
    ['Validate is "false"', false],
  ]);
});

test("Branches that give the same are one state, which assumes nothing", () => {
  const input = read(trailWith("IsLogging: !If [IsProd, true, 'true']", ENV));
  expect(table(input, "IsLogging")).toEqual([[null, true]]);
});

test("A resource that is the same in several states is one object in all of them", () => {
  const text = `${trailWith("IsLogging: !If [IsProd, true, false]", ENV)}
  Key: {Type: "AWS::KMS::Key"}
  Topic: {Type: "AWS::SNS::Topic", Properties: {TopicName: !If [IsDev, a, b]}}
`;
  const [prod, dev, other] = read(text).after;
  expect(prod && dev && at(prod, "Key") === at(dev, "Key")).toBe(true);
  expect(prod && other && at(prod, "Topic") === at(other, "Topic")).toBe(true);
  expect(dev && other && at(dev, "Trail") === at(other, "Trail")).toBe(true);
});

test("What is open for another reason than a parameter is tried both ways", () => {
  const sections = "Conditions: {Same: !Equals [!ImportValue env, prod]}";
  const input = read(trailWith("X: !If [Same, 1, 2]", sections));
  expect(table(input, "X")).toEqual([
    ["Same is true", 1],
    ["Same is false", 2],
  ]);
});

test("The regions of a mapping are tried where the region is not known", () => {
  const sections = "Mappings: {Keys: {eu-west-1: {Arn: eu}, us-east-1: {Arn: us}}}";
  const text = trailWith("KMSKeyId: !FindInMap [Keys, !Ref AWS::Region, Arn]", sections);
  expect(table(read(text), "KMSKeyId")).toEqual([
    ['AWS::Region is "eu-west-1"', "eu"],
    ['AWS::Region is "us-east-1"', "us"],
    ['AWS::Region is other than "eu-west-1", "us-east-1"', unresolved("Fn::FindInMap Keys")],
  ]);
});

/** Parameters P1 to Pn of two values, each of which a property of the trail takes. */
function wide(count: number, type: string): string {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const parameters = numbers.map((n) => `  P${n}: {Type: String, AllowedValues: [a, b]}`);
  const properties = numbers.map((n) => `      X${n}: !Ref P${n}`);
  return `Parameters:\n${parameters.join("\n")}\nResources:
  Trail: {Type: "AWS::CloudTrail::Trail", Properties: {IsLogging: !Ref P1}}
  Wide:\n    Type: ${type}\n    Properties:\n${properties.join("\n")}\n`;
}

test("Sixty-four combinations are tried", () => {
  expect(read(wide(6, "AWS::KMS::Key")).after).toHaveLength(64);
});

test("Of more combinations, those that CloudTrail's own resources depend on are tried", () => {
  const input = read(wide(7, "AWS::KMS::Key"));
  expect(table(input, "IsLogging")).toEqual([
    ['P1 is "a"', "a"],
    ['P1 is "b"', "b"],
  ]);
  expect(at(input.after[0], "Wide").values["X7"]).toEqual(unresolved("parameter P7"));
  expect(input.notes).toContain("Left open, having too many combinations: P2, P3, P4, P5, P6, P7.");
});

test("Where those are too many too, everything open stays unknown and names what it depends on", () => {
  const input = read(wide(7, "AWS::CloudTrail::EventDataStore"));
  expect(input.after).toHaveLength(1);
  expect(at(only(input), "Trail").values["IsLogging"]).toEqual(unresolved("parameter P1"));
});

test("With too many combinations a condition stays open: of the resource, of a value, of a list's item", () => {
  const many = Array.from(
    { length: 7 },
    (_, index) => `  Q${index}: {Type: String, AllowedValues: [a, b]}`,
  );
  const uses = Array.from({ length: 7 }, (_, index) => `Q${index}: !Ref Q${index}`).join("\n");
  const sections = ENV.replace("Conditions", `${many.join("\n")}\nConditions`);
  const text = trailWith(
    `${uses}\nX: !If [IsProd, 1, 2]\nL: [1, !If [IsProd, 2, !Ref AWS::NoValue]]`,
    sections,
  );
  const trail = at(
    only(read(text.replace("    Properties", "    Condition: IsDev\n    Properties"))),
    "Trail",
  );
  expect(trail.presence).toEqual(unresolved("condition IsDev"));
  expect(trail.values["X"]).toEqual(unresolved("condition IsProd"));
  expect(trail.values["L"]).toEqual([
    1,
    { $unknown: { reason: "unresolved", detail: "condition IsProd", more: true } },
  ]);
});

test("Conditions that go in circles are unknown", () => {
  const sections = "Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}";
  const input = read(trailWith("X: !If [A, 1, 2]", sections));
  expect(at(only(input), "Trail").values["X"]).toEqual(unresolved("condition A"));
});

test("Parameters taken at their defaults are told; those that the template lacks are too", () => {
  const sections =
    "Parameters: {Multi: {Type: String, Default: 'true'}, Unused: {Type: String, Default: x}}";
  const input = read(trailWith("IsMultiRegionTrail: !Ref Multi", sections), {
    parameters: { Typo: "x" },
  });
  expect(input.notes).toEqual([
    "Taken at their defaults: Multi.",
    "The template has no parameter Typo.",
  ]);
});

// What other tools are known to get wrong.
test("KMSKeyId of AWS::NoValue is no key", () => {
  expect(keyIdOf("!Ref AWS::NoValue")).toBeUndefined();
});

test("A branch chosen by a condition whose default is true is the true one", () => {
  const sections = `
Parameters: {Encrypt: {Type: String, Default: "true"}}
Conditions: {DoEncrypt: !Equals [!Ref Encrypt, "true"]}`;
  const trail = at(
    only(read(trailWith("IsLogging: !If [DoEncrypt, true, false]", sections))),
    "Trail",
  );
  expect(trail.values["IsLogging"]).toBe(true);
});

test("A name that the template does not declare is unknown, not wrong", () => {
  const trail = at(only(read(trailWith("IsLogging: !Ref Nothing"))), "Trail");
  expect(trail.values["IsLogging"]).toEqual(
    unresolved("Nothing, which the template does not declare"),
  );
});

test("A parameter whose default is false is false, and one without default is unknown", () => {
  const sections = 'Parameters: {Off: {Type: String, Default: "false"}, Open: {Type: String}}';
  const { values } = at(
    only(read(trailWith("IsLogging: !Ref Off\nKMSKeyId: !Ref Open", sections))),
    "Trail",
  );
  expect(values).toMatchObject({ IsLogging: false, KMSKeyId: unresolved("parameter Open") });
});

test("The ARN of a key made in the same template is a reference to that key", () => {
  const text = `${trailWith("KMSKeyId: !GetAtt Key.Arn")}  Key: {Type: "AWS::KMS::Key"}\n`;
  expect(at(only(read(text)), "Trail").values["KMSKeyId"]).toEqual({
    $reference: { address: "Key", attribute: "Arn" },
  });
});

test("Values are compared as texts, however they are written", () => {
  const sections = 'Conditions: {Same: !And [!Equals ["true", true], !Equals [1, "1"]]}';
  expect(table(read(trailWith("X: !If [Same, 1, 2]", sections)), "X")).toEqual([[null, 1]]);
});

test("A reference to a resource that is not there is unknown, where it is there a reference", () => {
  const text = `${trailWith("KMSKeyId: !GetAtt Key.Arn", ENV)}
  Key: {Type: "AWS::KMS::Key", Condition: IsProd}
`;
  expect(table(read(text), "KMSKeyId")).toEqual([
    ["IsProd is true", { $reference: { address: "Key", attribute: "Arn" } }],
    ["IsProd is false", unresolved("Key, which is not there")],
  ]);
});
