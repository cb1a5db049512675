import { expect, test } from "vitest";
import { redactionOf, redactionOfAnything } from "../../src/report/redact.ts";
import { summary } from "../../src/report/summary.ts";
import { auditOf, reportOf } from "./reports.ts";

const account = (id: string, name: string | null) =>
  ({ id, name, ouPath: "Root", state: "audited", why: null }) as const;

const accounts = [
  account("111111111111", "management"),
  account("222222222222", "shop"),
  account("333333333333", "shop"),
  account("444444444444", null),
  account("555555555555", "logs of 111111111111"),
  account("666666666666", "account-1"),
];
const report = reportOf({ audit: auditOf({ accounts }), redact: true });
const redact = redactionOf(report);

test.for([
  ["an account with a name of its own", "in 111111111111.", "in management."],
  ["accounts that share a name", "222222222222 333333333333", "account-1 account-2"],
  ["an account without a name", "444444444444/eu-west-1", "account-3/eu-west-1"],
  ["a name with an id in it", "555555555555", "account-4"],
  ["a name that is one of ours", "666666666666", "account-5"],
  ["an account that is nowhere in the report", "999999999999", "account-?"],
  ["an ARN", "arn:aws:iam::111111111111:role/hub", "iam:management:role/hub"],
  ["an ARN of another partition", "arn:aws-us-gov:s3:::logs", "s3:logs"],
  ["an id within a name", "logs-111111111111-eu", "logs-management-eu"],
  ["an id within more digits", "logs11111111111120261101", "logsmanagement20261101"],
  ["digits that are no id", "1764072000000 and 12345678901", "1764072000000 and 12345678901"],
  [
    "a request's id that ends in digits",
    "0a000000-0000-4000-8000-000000000302",
    "0a000000-0000-4000-8000-…",
  ],
  [
    "an account at the end of such an id",
    "0a000000-0000-4000-8000-111111111111",
    "0a000000-0000-4000-8000-management",
  ],
  ["an id that was cut off", "role 11111111…", "role …"],
] as const)("%s", ([, text, redacted]) => {
  expect(redact(text)).toBe(redacted);
});

test("before there is a report an id is somebody's", () => {
  expect(redactionOfAnything("User: arn:aws:iam::111111111111:user/x")).toBe(
    "User: iam:account-?:user/x",
  );
});

test("a redacted summary names accounts, and holds no id and no ARN", () => {
  const markdown = summary(report);
  expect(markdown).not.toMatch(/(?<!\d)\d{12}(?!\d)|arn:aws/);
  expect(markdown).toContain("- management, us-east-1: audit records in one region only");
  expect(summary({ ...report, redact: false })).toContain("management (`111111111111`)");
});
