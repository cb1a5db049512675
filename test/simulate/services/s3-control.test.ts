import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { expect, test } from "vitest";
import { refusal, simulated } from "../simulated.ts";

const command = (AccountId: string) => new GetPublicAccessBlockCommand({ AccountId });

test("an account is told its own public access block", async () => {
  const { s3control } = (await simulated("every-kind-of-resource")).as("222222222222");
  expect((await s3control.send(command("222222222222"))).PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
});

test.for([
  ["an account that has none", "111111111111", 404, "NoSuchPublicAccessBlockConfiguration"],
  ["another account", "222222222222", 403, "AccessDenied"],
] as const)("of %s there is an error", async ([, asked, status, name]) => {
  const { s3control } = (await simulated("every-kind-of-resource")).as("111111111111");
  expect(await refusal(s3control.send(command(asked)))).toMatchObject({ name, status });
});
