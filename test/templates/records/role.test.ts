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
