import { describe, expect, test } from "vitest";
import { checked, lines } from "../../commands/check/checked.ts";
import { scratch } from "../../commands/check/repositories.ts";
import { edited } from "./a-kept-trail.ts";
import { alerts, gate, sources } from "./gate.ts";

const STRANGER = "999999999999";
const OTHER = "888888888888";
const BUCKET = "prod#aws_s3_bucket_policy.logs";
const KEY = "prod#aws_kms_key.logs";

type Who = { who: string; may: string; condition?: string };

const statement = ({ who, may, condition }: Who, on: string) => `{
        Effect    = "Allow"
        Principal = ${who === "*" ? '"*"' : `{ AWS = "${who}" }`}
        Action    = ["${may}"]
        Resource  = "${on}"
        ${condition === undefined ? "" : `Condition = { StringEquals = { "aws:PrincipalAccount" = "${condition}" } }`}
      },
      {
        Effect    = "Allow"`;

const FIRST_OF_BUCKET = `{
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:GetBucketAcl"`;
const FIRST_OF_KEY = `{
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }`;

const added = (first: string, all: readonly Who[], on: string): readonly [string, string] => [
  first,
  all.reduce(
    (text, each) => text.replace('{\n        Effect    = "Allow"', statement(each, on)),
    first,
  ),
];
const bucketOpen = (...all: Who[]) =>
  edited(added(FIRST_OF_BUCKET, all, "arn:aws:s3:::audit-logs/*"));
const keyOpen = (...all: Who[]) => edited(added(FIRST_OF_KEY, all, "*"));

const reads = (who: string, condition?: string): Who => ({
  who,
  may: "s3:GetObject",
  ...(condition === undefined ? {} : { condition }),
});
const root = (id: string) => `arn:aws:iam::${id}:root`;

/** What is told of the change of one stack. */
async function told(before: string, after: string, place?: Parameters<typeof sources>[1]) {
  const { findings } = await gate(sources({ prod: [before, after] }, place));
  return alerts(findings);
}

const lost = (what: string, id: string, does: string) => [
  `fail change-keeps-log-protection ${id}: The change takes away what trails need: ${what} of audit: lets ${does}, did not`,
];
const ofBucket = (does: string) => lost("bucket policy", BUCKET, does);

describe("a policy that a change lets somebody into", () => {
  test.each<[string, string, string, string[]]>([
    [
      "an account",
      edited(),
      bucketOpen(reads(root(STRANGER))),
      ofBucket(`${STRANGER} do s3:GetObject`),
    ],
    [
      "an account by its id",
      edited(),
      bucketOpen(reads(STRANGER)),
      ofBucket(`${STRANGER} do s3:GetObject`),
    ],
    [
      "a role",
      edited(),
      bucketOpen(reads(`arn:aws:iam::${STRANGER}:role/reader`)),
      ofBucket(`${STRANGER} do s3:GetObject`),
    ],
    [
      "everybody of an account",
      edited(),
      bucketOpen(reads("*", STRANGER)),
      ofBucket(`${STRANGER} do s3:GetObject`),
    ],
    [
      "a further account",
      bucketOpen(reads(root(STRANGER))),
      bucketOpen(reads(root(STRANGER)), reads(root(OTHER))),
      ofBucket(`${OTHER} do s3:GetObject`),
    ],
    [
      "an account for more than it was",
      bucketOpen(reads(root(STRANGER))),
      bucketOpen({ who: root(STRANGER), may: "s3:*Object" }),
      ofBucket(`${STRANGER} do s3:PutObject, s3:DeleteObject`),
    ],
    ["an account of the owner's", edited(), bucketOpen(reads(root("111122223333"))), []],
    ["nobody new", bucketOpen(reads(root(STRANGER))), bucketOpen(reads(STRANGER)), []],
    [
      "fewer",
      bucketOpen(reads(root(STRANGER)), reads(root(OTHER))),
      bucketOpen(reads(root(OTHER))),
      [],
    ],
    [
      "one role in the place of its whole account",
      bucketOpen(reads(root(STRANGER))),
      bucketOpen(reads(`arn:aws:iam::${STRANGER}:role/reader`)),
      [],
    ],
    [
      "an account for what harms nobody",
      edited(),
      bucketOpen({ who: STRANGER, may: "s3:ListBucket" }),
      [],
    ],
    [
      "an account, to a key",
      edited(),
      keyOpen({ who: STRANGER, may: "kms:Decrypt" }),
      lost("KMS key", KEY, `${STRANGER} do kms:Decrypt`),
    ],
    [
      "an account, to all that a key does",
      keyOpen({ who: STRANGER, may: "kms:Decrypt" }),
      keyOpen({ who: STRANGER, may: "kms:*" }),
      lost(
        "KMS key",
        KEY,
        `${STRANGER} do kms:Encrypt, kms:GenerateDataKey, kms:ReEncryptFrom and 7 more`,
      ),
    ],
  ])("%s", async (_, before, after, wanted) => {
    expect(await told(before, after)).toEqual(wanted);
  });

  test("is one alert, though it is not known whether the account is the owner's", async () => {
    expect(await told(edited(), bucketOpen(reads(STRANGER)), {})).toEqual([
      `unknown change-keeps-log-protection ${BUCKET}: aws_s3_bucket_policy.logs: what held before can no longer be proven`,
    ]);
  });

  test("is told even where the policy already named one that nobody can tell from the owner", async () => {
    const [before, after] = [bucketOpen(reads(OTHER)), bucketOpen(reads(OTHER), reads(STRANGER))];
    expect(await told(before, after, {})).toHaveLength(1);
    expect(await told(before, before, {})).toEqual([]);
  });
});

test("accounts of the config's stacks, and named ones, are no strangers to a policy", async () => {
  const repository = scratch();
  const config = (accounts: string) =>
    `stacks: [{ name: prod, path: ., account: "111122223333", region: eu-west-1 }${accounts}`;
  const ways = {
    neither: config("]\n"),
    stacks: config(`, { name: other, path: other, account: "${STRANGER}" }]\n`),
    named: config(`]\nnamed: [{ account: "${STRANGER}", name: readers }]\n`),
  };
  const exits: Record<string, string[]> = {};
  for (const [name, text] of Object.entries(ways)) {
    repository.commit({ "trailproof.yaml": text, "main.tf": edited(), "other/main.tf": "" });
    repository.commit({ "main.tf": bucketOpen(reads(STRANGER)) });
    const { results } = await checked(repository.path, ["--base-ref", "HEAD~1"]);
    exits[name] = lines(results()).filter((line) => line.startsWith("regression"));
  }
  const loss = `regression fail change-keeps-log-protection ${BUCKET}`;
  expect(exits).toEqual({ neither: [loss], stacks: [], named: [] });
});
