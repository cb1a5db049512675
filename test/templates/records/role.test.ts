import { expect, test } from "vitest";
import { unknown } from "../../../src/snapshot/unknown.ts";
import type { Value } from "../../../src/templates/value.ts";
import { terraform } from "./compliant.ts";
import { a, judgedStacks, later, ref, stack } from "./planned.ts";

const DENY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "logs:*", Resource: "*" }],
});
const withRole = (values: Record<string, Value>, unwritten: string[] = []) =>
  stack([
    ...terraform({ role: null }),
    a(
      "aws_iam_role",
      "role",
      {
        ...terraform().find(({ address }) => address === "role")?.values,
        inline_policy: null,
        managed_policy_arns: null,
        ...values,
      },
      { unwritten },
    ),
  ]);

test.for<[string, Record<string, Value>, string[], string]>([
  ["inline policies that nobody wrote", { inline_policy: later }, ["inline_policy"], "pass"],
  ["inline policies that blocks may make", { inline_policy: later }, [], "unknown"],
  [
    "inline policies that cannot be computed",
    { inline_policy: unknown("unresolved", { detail: "var.policies" }) },
    ["inline_policy"],
    "unknown",
  ],
  ["attached policies that nobody wrote", { managed_policy_arns: later }, [], "pass"],
  [
    "attached policies that depend on others",
    { managed_policy_arns: unknown("known-after-apply", { detail: "it depends on module.x" }) },
    [],
    "unknown",
  ],
])(
  "of a role with %s it is told whether it can deliver",
  async ([, values, unwritten, verdict]) => {
    const judged = await judgedStacks(withRole(values, unwritten));
    expect(judged.one("trail-logs-role-can-deliver")).toBe(verdict);
  },
);

test("a policy that an attachment to several roles gives the role counts", async () => {
  const attached = [
    a("aws_iam_policy", "deny", { name: "deny", policy: DENY }),
    a("aws_iam_policy_attachment", "attachment", {
      roles: [ref("role", "name")],
      policy_arn: ref("deny", "arn"),
    }),
  ];
  const judged = await judgedStacks(stack([...terraform(), ...attached]));
  expect(judged.one("trail-logs-role-can-deliver")).toBe("fail");
});

const anyRole = unknown("unresolved", { detail: "var.role has no value here" });
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";

test.for<[string, string, Record<string, Value>, string]>([
  ["another role", "aws_iam_role_policy_attachment", { role: "web", policy_arn: READ }, "pass"],
  [
    "a role with another end",
    "aws_iam_role_policy_attachment",
    { role: { $text: [anyRole, "-web"] }, policy_arn: READ },
    "pass",
  ],
  [
    "a role that nobody knows",
    "aws_iam_role_policy_attachment",
    { role: anyRole, policy_arn: READ },
    "pass",
  ],
  [
    "what nobody knows that denies",
    "aws_iam_role_policy",
    { role: anyRole, policy: DENY },
    "unknown",
  ],
  ["another role that denies", "aws_iam_role_policy", { role: "web", policy: DENY }, "pass"],
])(
  "a policy on %s, where no account is known, leaves the trail's role as it is",
  async ([, type, values, verdict]) => {
    const all = terraform().map((each) =>
      each.type === "aws_iam_role" ? { ...each, accountId: later } : each,
    );
    const more = a(type, "more", values, { accountId: later });
    const judged = await judgedStacks(stack([...all, more]));
    expect(judged.one("trail-logs-role-can-deliver")).toBe(verdict);
  },
);

const EXCLUSIVE = "aws_iam_role_policy_attachments_exclusive";
const ATTACHMENT = "aws_iam_role_policy_attachment";

test.for<[string, string, Record<string, Value>, string]>([
  ["no policy beside its own", EXCLUSIVE, { policy_arns: [] }, "pass"],
  ["one of AWS's", EXCLUSIVE, { policy_arns: [READ] }, "pass"],
  ["one of AWS's by an attachment", ATTACHMENT, { policy_arn: READ }, "pass"],
  ["one that denies", ATTACHMENT, { policy_arn: "arn:aws:iam::aws:policy/AWSDenyAll" }, "unknown"],
  [
    "somebody's that is not at hand",
    EXCLUSIVE,
    { policy_arns: [READ, "arn:aws:iam::111122223333:policy/x"] },
    "unknown",
  ],
  ["nobody knows which", EXCLUSIVE, { policy_arns: anyRole }, "unknown"],
])("a trail's role that is given %s is told about", async ([, type, values, verdict]) => {
  const on =
    type === EXCLUSIVE ? { role_name: ref("role", "name") } : { role: ref("role", "name") };
  const more = a(type, "more", { ...on, ...values });
  const judged = await judgedStacks(stack([...terraform(), more]));
  expect(judged.one("trail-logs-role-can-deliver")).toBe(verdict);
});

test("what AWS's policy allows nobody knows here", async () => {
  const bare = terraform().filter(({ type }) => type !== "aws_iam_role_policy");
  const more = a(ATTACHMENT, "more", { role: ref("role", "name"), policy_arn: READ });
  const judged = await judgedStacks(stack([...bare, more]));
  expect(judged.one("trail-logs-role-can-deliver")).toBe("unknown");
});

test("a role without policies of its own may have those that are on a role that nobody knows", async () => {
  const bare = terraform().filter(({ type }) => type !== "aws_iam_role_policy");
  const more = a("aws_iam_role_policy_attachment", "more", { role: anyRole, policy_arn: READ });
  const judged = await judgedStacks(stack([...bare, more]));
  expect(judged.one("trail-logs-role-can-deliver")).toBe("unknown");
});

test.for<[string, Record<string, Value>, boolean, string]>([
  ["nobody knows which, beside a key's own policy", { key_id: anyRole }, true, "pass"],
  ["nobody knows which, and a key has none", { key_id: anyRole }, false, "unknown"],
  ["that key, in the place of its own policy", { key_id: ref("key", "key_id") }, true, "fail"],
])("a policy of a key: %s", async ([, values, isWritten, verdict]) => {
  const all = terraform(isWritten ? {} : { key: { policy: null } });
  const more = a("aws_kms_key_policy", "more", { ...values, policy: '{"Statement":[]}' });
  const judged = await judgedStacks(stack([...all, more]));
  expect(judged.one("log-key-admits-cloudtrail")).toBe(verdict);
});
