import { expect, test } from "vitest";
import { edited } from "./a-kept-trail.ts";
import { alerts, gate, sources, templates } from "./gate.ts";

const GROUP = 'name              = "audit"\n  retention_in_days = 0';

const classed = (written: string) =>
  edited([GROUP, `${GROUP}\n  log_group_class = ${written}`]) +
  'variable "class" {\n  type = string\n}\n';

const told = async (before: string, after: string) =>
  alerts((await gate(sources({ prod: [before, after] }))).findings);

const ID = "prod#aws_cloudwatch_log_group.audit";
const anew = (was: string, is: string) => [
  `fail change-keeps-log-protection ${ID}: The change takes away what trails need: log group of audit: was there, is deleted and made anew: its class was ${was}, is ${is}`,
];

test.each<[string, string, string, string[]]>([
  [
    "one without metric filters",
    edited(),
    classed('"INFREQUENT_ACCESS"'),
    anew("STANDARD", "INFREQUENT_ACCESS"),
  ],
  [
    "the standard one",
    classed('"INFREQUENT_ACCESS"'),
    classed('"STANDARD"'),
    anew("INFREQUENT_ACCESS", "STANDARD"),
  ],
  ["one that is written out", edited(), classed('"STANDARD"'), []],
  ["the same that is not known", classed("var.class"), classed("var.class"), []],
  [
    "one that is not known",
    edited(),
    classed("var.class"),
    [`unknown change-keeps-log-protection ${ID}: audit: what held before can no longer be proven`],
  ],
])("a log group that a change gives another class: %s", async (_, before, after, wanted) => {
  expect(await told(before, after)).toEqual(wanted);
});

test("a template's log group has no class of another either", async () => {
  const template = (more: string) => `Resources:
  Group: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: audit${more} } }
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: { TrailName: audit, S3BucketName: logs, IsLogging: true, CloudWatchLogsLogGroupArn: !GetAtt Group.Arn }
`;
  const change = [template(""), template(", LogGroupClass: INFREQUENT_ACCESS")] as const;
  const { findings } = await gate(templates({ prod: change }));
  expect(alerts(findings)).toEqual([
    anew("STANDARD", "INFREQUENT_ACCESS")[0]?.replace(ID, "prod#Group"),
  ]);
});
