import { expect, test } from "vitest";
import { mayAllow, mayConcern } from "../../src/collect/statements.ts";

const allow = (Action: unknown) => JSON.stringify({ Statement: { Effect: "Allow", Action } });

test.for([
  "*",
  "cloudtrail:*",
  "CloudTrail:StopLogging",
  "cloud*",
  "?loudtrail:Stop*",
  "c*:*",
  "*:*",
])("an action %s may be CloudTrail's", (action) => {
  expect(mayConcern(allow(action), "cloudtrail")).toBe(true);
  expect(mayConcern(allow(["ec2:*", action]), "cloudtrail")).toBe(true);
});

test.for(["ec2:*", "cloudwatch:*", "cloudtrail-data:PutAuditEvents", "s3:Get*", "cloudtrail"])(
  "an action %s is none of CloudTrail's",
  (action) => {
    expect(mayConcern(allow(action), "cloudtrail")).toBe(false);
  },
);

test.for([
  "no JSON",
  "{}",
  '{"Statement":"Allow"}',
  '{"Statement":[{"Effect":"Allow","NotAction":"ec2:*"}]}',
  allow(7),
])("what is not understood may concern CloudTrail: %s", (document) => {
  expect(mayConcern(document, "cloudtrail")).toBe(true);
});

test.for([
  { document: '{"Statement":[{"Effect":"Deny"},{"Effect":"Deny"}]}', may: false },
  { document: '{"Statement":[{"Effect":"Deny"},{"Effect":"\\u0041llow"}]}', may: true },
  { document: '{"Statement":{"Effect":"allow"}}', may: true },
  { document: "no JSON", may: true },
])("$document may allow something: $may", ({ document, may }) => {
  expect(mayAllow(document)).toBe(may);
});
