import { expect, test } from "vitest";
import { at, read } from "./a-checkout.ts";

const YAML = `Parameters: {Env: {Type: String}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    DeletionPolicy: Retain
    Properties:
      IsLogging: true
      KMSKeyId: !If
        - IsProd
        - a
        - b
      EventSelectors: !If
        - IsProd
        - - ReadWriteType: All
        - - !Ref AWS::NoValue
          - ReadWriteType: ReadOnly
            DataResources: [{Type: x}]
`;

/** Line, column, last line and the column after the end of what is found. */
function place(text: string, pointer: string, state = 1) {
  const found = read(text).after[state];
  const location = found && at(found, "Trail").locate(pointer);
  return location && [location.line, location.column, location.endLine, location.endColumn];
}

test.for([
  ["", [5, 3, 5, 8]],
  ["/Absent", [5, 3, 5, 8]],
  ["/IsLogging", [9, 7, 9, 22]],
  ["/IsLogging/deeper", [9, 7, 9, 22]],
  ["/KMSKeyId", [10, 7, 10, 15]],
  ["/EventSelectors", [14, 7, 14, 21]],
  ["/EventSelectors/0/ReadWriteType", [18, 13, 18, 36]],
  ["/EventSelectors/0/DataResources/0/Type", [19, 30, 19, 37]],
  ["/$deletionPolicy", [7, 5, 7, 27]],
] as const)(
  "In YAML %s is found at %j, through the branch that the state takes",
  ([pointer, expected]) => {
    expect(place(YAML, pointer)).toEqual(expected);
  },
);

test("The other state's branch is found where that is written", () => {
  expect(place(YAML, "/EventSelectors/0/ReadWriteType", 0)).toEqual([16, 13, 16, 31]);
});

const JSON_TEXT = `{
  "Resources": {
    "Trail": {
      "Type": "AWS::CloudTrail::Trail",
      "Properties": {
        "IsLogging": "false",
        "EventSelectors": [
          { "ReadWriteType": "All" }
        ]
      }
    }
  }
}`;

test.for([
  ["", [3, 5, 3, 12]],
  ["/IsLogging", [6, 9, 6, 29]],
  ["/EventSelectors", [7, 9, 7, 25]],
  ["/EventSelectors/0", [8, 11, 8, 37]],
  ["/EventSelectors/0/ReadWriteType", [8, 13, 8, 35]],
] as const)("In JSON %s is found at %j", ([pointer, expected]) => {
  expect(place(JSON_TEXT, pointer, 0)).toEqual(expected);
});
