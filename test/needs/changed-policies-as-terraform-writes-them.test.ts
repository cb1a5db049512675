import { describe, expect, test } from "vitest";
import { checked, lines } from "../commands/check/checked.ts";
import { scratch } from "../commands/check/repositories.ts";
import {
  files,
  LITERAL,
  NAMED,
  OTHER,
  POLICIES,
  REFERRED,
  TO_TRAIL,
  WAYS,
} from "./a-policy-in-terraform.ts";

// A pull request changes how a bucket policy names its bucket: what it says then decides.

const args = ["--policy", POLICIES.join(","), "--base-ref", "main"];

/** `check` of a branch that replaces the first by the second. */
async function gated(base: Record<string, string>, change: Record<string, string>) {
  const repository = scratch();
  repository.commit(base);
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit(change);
  const run = await checked(repository.path, args);
  return { code: run.code, err: run.err, lines: lines(run.results()) };
}

describe.each(Object.entries(WAYS))("%s", (_, way) => {
  test("a change that lets CloudTrail into another bucket instead gates", async () => {
    const bucket = `${NAMED}\n${OTHER}`;
    const found = await gated(
      files(way, { arn: REFERRED, bucket }),
      files(way, { arn: "${aws_s3_bucket.other.arn}", bucket }),
    );
    expect(found.lines, found.err).toContain(
      "regression fail log-bucket-admits-cloudtrail .#aws_s3_bucket.logs",
    );
    expect(found.code).toBe(1);
  });

  test("references in the place of literal ARNs are no regression, nor the other way round", async () => {
    const [literal, referred] = [{ arn: LITERAL }, { arn: REFERRED, trail: TO_TRAIL }];
    for (const [before, after] of [
      [literal, referred],
      [referred, literal],
    ] as const) {
      const found = await gated(files(way, before), files(way, after));
      expect(found.lines, found.err).toEqual([]);
      expect(found.code).toBe(0);
    }
  });
});
