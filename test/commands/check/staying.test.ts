import { expect, test } from "vitest";
import { checked } from "./checked.ts";
import { scratch } from "./repositories.ts";

const template = (name: string, policy: string) => `
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    UpdateReplacePolicy: ${policy}
    Properties: { TrailName: ${name}, S3BucketName: elsewhere, IsLogging: true }
`;

/** What a check says of a template that renames its trail. */
async function renamed(policy: string) {
  const repository = scratch();
  repository.commit({ "audit.yaml": template("one", policy) });
  repository.commit({ "audit.yaml": template("two", policy) });
  const { code, results } = await checked(repository.path, ["--base-ref", "HEAD~1"]);
  return { code, notes: results().gate.passedOver };
}

const STAYS = "After the change nothing manages what stays in AWS as it is: trail audit Trail.";

test("a check says which trail stays where a template keeps the old one", async () => {
  const { code, notes } = await renamed("Retain");
  expect(code).toBe(0);
  expect(notes).toContain(STAYS);
});

test("a check says nothing of the kind where a template deletes the old one", async () => {
  const { code, notes } = await renamed("Delete");
  expect(code).toBe(1);
  expect(notes).not.toContain(STAYS);
});
