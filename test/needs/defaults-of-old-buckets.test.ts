import { expect, test } from "vitest";
import { checked, lines } from "../commands/check/checked.ts";
import { scratch } from "../commands/check/repositories.ts";
import { type Told, templateOf } from "../templates/judged-template.ts";

// Since April 2023 S3 blocks public access to a new bucket, and to no older one: silence proves nothing.

const ALL_FOUR =
  "PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}";
const BLOCKED = "log-bucket-public-access-blocked";
const NOT_PUBLIC = "log-bucket-not-public";

async function afterwards(before: Told, now: Told) {
  const repository = scratch();
  repository.commit({ "audit.yaml": templateOf(before) });
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit({ "audit.yaml": templateOf(now) });
  const policies = ["--policy", `${BLOCKED},${NOT_PUBLIC}`];
  const run = await checked(repository.path, ["--base-ref", "main", ...policies]);
  return { code: run.code, lines: lines(run.results()) };
}

test("to take the block of public access out of a template gates, whatever S3 gives new buckets", async () => {
  expect(await afterwards({ bucket: ALL_FOUR }, {})).toEqual({
    code: 1,
    lines: [`regression unknown ${BLOCKED} audit#Bucket`],
  });
});

test("to open a bucket that was not public gates, whatever S3 would do to a new one", async () => {
  const opened = { bucket: "AccessControl: PublicRead" };
  expect(await afterwards({}, opened)).toEqual({
    code: 1,
    lines: [`regression unknown ${NOT_PUBLIC} audit#Bucket`],
  });
});

test("an open policy on a bucket whose blocks are on opens nothing", async () => {
  const beside =
    "Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub '${Bucket.Arn}/*'}]}}}";
  const before = { bucket: ALL_FOUR };
  expect(await afterwards(before, { ...before, beside })).toEqual({ code: 0, lines: [] });
  expect((await afterwards(before, { beside })).lines).toContain(
    `regression unknown ${NOT_PUBLIC} audit#Bucket`,
  );
});
