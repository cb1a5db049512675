import { alerts, gate, sources, templates } from "../gate.ts";

export const CALLS = ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"];
export const ALL = CALLS.join(", ");

export type Statement = Record<string, unknown>;

/** A statement that keeps everybody from tampering with any trail. */
export const deny = (changes: Statement = {}): Statement => ({
  Effect: "Deny",
  Action: CALLS.map((name) => `cloudtrail:${name}`),
  Resource: "*",
  ...changes,
});

export const exceptRole = (...roles: string[]): Statement => ({
  Condition: {
    ArnNotLike: { "aws:PrincipalArn": roles.map((each) => `arn:aws:iam::*:role/${each}`) },
  },
});

const document = (statements: readonly Statement[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A service control policy in Terraform; left out: that it is attached to a root. */
export const policy = (
  statements: readonly Statement[] | string,
  { address = "protect", name = "protect", rest = "" } = {},
): string => `
resource "aws_organizations_policy" "${address}" {
  name    = "${name}"
  content = ${typeof statements === "string" ? statements : heredoc(document(statements))}
  ${rest}
}
`;

const heredoc = (text: string) => `<<-EOT\n${text.replaceAll("${", () => "$${")}\nEOT\n`;

export const attached = (target: string, { address = "root", to = "protect", rest = "" } = {}) => `
resource "aws_organizations_policy_attachment" "${address}" {
  policy_id = aws_organizations_policy.${to}.id
  target_id = ${target}
  ${rest}
}
`;

export const ROOT = attached('"r-ab12"');

/** Guards in CloudFormation. */
export const guardTemplate = (
  properties: Record<string, unknown>,
  type = "AWS::Organizations::Policy",
) => JSON.stringify({ Resources: { Guard: { Type: type, Properties: properties } } });

export const policyTemplate = (
  statements: readonly Statement[],
  rest: Record<string, unknown> = {},
) =>
  guardTemplate({
    Name: "protect",
    Type: "SERVICE_CONTROL_POLICY",
    TargetIds: ["r-ab12"],
    Content: { Version: "2012-10-17", Statement: statements },
    ...rest,
  });

/** What gates, shortened to what is said of it. */
export async function told(stacks: Parameters<typeof gate>[0]): Promise<string[]> {
  const judged = await gate(stacks);
  return alerts(judged.findings).map((line) =>
    line
      .replace(" change-keeps-log-protection ", " ")
      .replace("The change takes away what trails need: ", "")
      .replace(/service control policy \S+?(?= on|:)/, "policy"),
  );
}

/** What a change of a stack of Terraform source breaks. */
export const changed = (before: string | null, after: string | null, others = {}) =>
  told(
    sources(
      { prod: [before, after], ...others },
      { accountId: "111122223333", region: "eu-west-1" },
    ),
  );

/** What a change of a template breaks. */
export const changedTemplate = (before: string | null, after: string | null) =>
  told(templates({ prod: [before, after] }));
