import { expect, test } from "vitest";
import type { World } from "../../src/simulate/world.ts";
import { worldFile } from "../simulate/world-files.ts";
import { reasonOf, scanned } from "./scanned.ts";

const kinds = worldFile("every-kind-of-resource");
const ROLE = "role/cloudtrail-to-logs";
const withIdentity = (change: Partial<NonNullable<World["identities"]>[number]>): World => ({
  ...kinds,
  identities: (kinds.identities ?? []).map((each) =>
    each.arn.endsWith(ROLE) ? { ...each, ...change } : each,
  ),
});

test("the role that writes to the log group is told with all its policies and its boundary", async () => {
  const { role, count } = await scanned(kinds);
  expect(role(ROLE)).toMatchObject({
    name: "cloudtrail-to-logs",
    accountId: "111111111111",
    exists: true,
    trustPolicy: expect.stringContaining('"cloudtrail.amazonaws.com"'),
    policies: [
      { name: "write-logs", document: expect.stringContaining("logs:PutLogEvents") },
      { name: "more-logs", document: expect.stringContaining("logs:Describe*") },
    ],
    boundary: expect.stringContaining('"Action":"*"'),
  });
  expect(count("iam:GetRole")).toBe(1);
});

test("a role without boundary or attached policies takes four calls", async () => {
  const world = withIdentity({});
  for (const each of world.identities ?? []) {
    delete each.attachedPolicies;
    delete each.permissionsBoundary;
  }
  const { role, count } = await scanned(world);
  expect(role(ROLE).boundary).toBeNull();
  expect(count("iam:*")).toBe(4);
});

test.for([
  { what: "gone", arn: "arn:aws:iam::111111111111:role/another" },
  {
    what: "of the same name under another path",
    arn: `arn:aws:iam::111111111111:role/x/${ROLE.slice(5)}`,
  },
])("a role that is $what does not exist, and nothing more is asked", async ({ arn }) => {
  const { role, count } = await scanned(withIdentity({ arn }));
  expect(role(ROLE).exists).toBe(false);
  expect(reasonOf(role(ROLE).policies)).toBe("not-collected");
  expect(count("iam:*")).toBe(1);
});

test("a role outside the scope is not known", async () => {
  const { role, count } = await scanned(kinds, { scope: "accounts" }, { entry: "333333333333" });
  expect(reasonOf(role(ROLE).exists)).toBe("outside-scope");
  expect(count("iam:*")).toBe(0);
});
