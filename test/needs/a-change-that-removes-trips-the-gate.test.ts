import { expect, test } from "vitest";
import { edited, KEPT, without } from "../subjects/change/a-kept-trail.ts";
import { alerts, gate, planned, sources, templates } from "../subjects/change/gate.ts";
import { aChange, aPlan, type Loose, read } from "../templates/plan/a-plan.ts";

const TRAIL = "aws_cloudtrail.audit";
const KEY = "aws_kms_key.logs";
const GROUP_OF_TRAIL = `  cloud_watch_logs_group_arn    = "\${aws_cloudwatch_log_group.audit.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.deliver.arn
`;
const S3 = `    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
`;
const NOTHING = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const other = KEPT.replace('"aws_cloudtrail" "audit"', '"aws_cloudtrail" "other"');
const moved = (from: string, to: string) => `\nmoved {\n  from = ${from}\n  to   = ${to}\n}\n`;
const removed = (from: string, destroy: boolean) =>
  `\nremoved {\n  from = ${from}\n  lifecycle {\n    destroy = ${destroy}\n  }\n}\n`;

const KEEPS = "change-keeps-trail";
const LOCK = "aws_s3_bucket_object_lock_configuration.logs";
const ALARM = "aws_cloudwatch_metric_alarm.root";
const ACTIONS = 'alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]';
const RECORDING = "change-keeps-trail-recording";
const PROTECTION = "change-keeps-log-protection";

/** What a change makes of the configuration, and the only alert: its policy, what it is about, and what it says. */
const REMOVALS: Record<string, [after: string, policy: string, about: string, says: string]> = {
  "the trail is deleted": [
    without(TRAIL),
    KEEPS,
    TRAIL,
    "was there before the change and is deleted",
  ],
  "the trail is deleted with all that served it": [
    NOTHING,
    KEEPS,
    TRAIL,
    "was there before the change and is deleted",
  ],
  "the trail's count becomes 0": [
    edited(["s3_bucket_name ", "count = 0\n  s3_bucket_name "]),
    KEEPS,
    TRAIL,
    "is deleted",
  ],
  "a removed block destroys the trail": [
    without(TRAIL) + removed(TRAIL, true),
    KEEPS,
    TRAIL,
    "is deleted",
  ],
  "the trail is stopped": [
    edited(["enable_logging                = true", "enable_logging = false"]),
    RECORDING,
    TRAIL,
    "logging: was on, is off",
  ],
  "the trail becomes one of a single region": [
    edited(["is_multi_region_trail         = true", ""]),
    RECORDING,
    TRAIL,
    "multi-region: was on, is off",
  ],
  "the trail is no longer the organization's": [
    edited(["is_organization_trail         = true", ""]),
    RECORDING,
    TRAIL,
    "organization trail: was on, is off",
  ],
  "the trail leaves data events out": [
    edited([S3, ""]),
    RECORDING,
    TRAIL,
    "AWS::S3::Object data events (resources.ARN begins with arn:aws:s3): were recorded, are not all recorded",
  ],
  "the trail leaves reads out": [
    edited(['"All"', '"WriteOnly"'], [S3, ""]),
    RECORDING,
    TRAIL,
    "management events: were recorded, are not all recorded",
  ],
  "an Insight is turned off": [
    edited(['  insight_selector {\n    insight_type = "ApiErrorRateInsight"\n  }\n', ""]),
    RECORDING,
    TRAIL,
    "ApiErrorRateInsight of Management events: was on, is off",
  ],
  "a trail that moves is stopped on the way": [
    other.replace("enable_logging                = true", "enable_logging = false") +
      moved(TRAIL, "aws_cloudtrail.other"),
    RECORDING,
    TRAIL,
    "logging: was on, is off",
  ],
  "log file validation is turned off, which its own policy tells": [
    edited(["enable_log_file_validation    = true", ""]),
    "trail-log-file-validation-enabled",
    TRAIL,
    "Log file validation is off for audit",
  ],
  "the trail's key is taken from it": [
    edited(["kms_key_id                    = aws_kms_key.logs.arn", ""]),
    PROTECTION,
    TRAIL,
    "KMS key of audit: was aws_kms_key.logs, is none",
  ],
  "the key is deleted": [
    without(KEY)
      .replace("kms_key_id                    = aws_kms_key.logs.arn", "")
      .replace(
        "kms_key_id        = aws_kms_key.logs.arn",
        'kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/other"',
      ),
    PROTECTION,
    KEY,
    "KMS key of audit: was there, is deleted",
  ],
  "the trail's log group is taken from it": [
    edited([GROUP_OF_TRAIL, ""]),
    PROTECTION,
    TRAIL,
    "log group of audit: was arn:aws:logs:eu-west-1:111122223333:log-group:audit, is none",
  ],
  "the log group is deleted with its filter and alarm": [
    without(
      "aws_cloudwatch_log_group.audit",
      "aws_cloudwatch_log_metric_filter.root",
      "aws_cloudwatch_metric_alarm.root",
    ).replace(GROUP_OF_TRAIL, ""),
    PROTECTION,
    "aws_cloudwatch_log_group.audit",
    "log group of audit: was there, is deleted",
  ],
  "the bucket is deleted": [
    without(
      "aws_s3_bucket.logs",
      "aws_s3_bucket_policy.logs",
      "aws_s3_bucket_object_lock_configuration.logs",
    ).replace("aws_s3_bucket.logs.id", '"audit-logs"'),
    PROTECTION,
    "aws_s3_bucket.logs",
    "bucket of audit: was there, is deleted",
  ],
  "the bucket policy is deleted": [
    without("aws_s3_bucket_policy.logs"),
    PROTECTION,
    "aws_s3_bucket_policy.logs",
    "bucket policy of audit: was there, is deleted",
  ],
  "the bucket policy is renamed without a moved block": [
    KEPT.replace('"aws_s3_bucket_policy" "logs"', '"aws_s3_bucket_policy" "other"'),
    PROTECTION,
    "aws_s3_bucket_policy.logs",
    "bucket policy of audit: was there, is deleted and made anew",
  ],
  "Object Lock's retention is deleted": [
    without("aws_s3_bucket_object_lock_configuration.logs"),
    PROTECTION,
    "aws_s3_bucket_object_lock_configuration.logs",
    "Object Lock retention of audit: was there, is deleted",
  ],
  "the alarm is deleted": [
    without("aws_cloudwatch_metric_alarm.root"),
    PROTECTION,
    "aws_cloudwatch_metric_alarm.root",
    "alarm of audit: was there, is deleted",
  ],
  "the metric filter is deleted with its alarm": [
    without("aws_cloudwatch_log_metric_filter.root", "aws_cloudwatch_metric_alarm.root"),
    PROTECTION,
    "aws_cloudwatch_log_metric_filter.root",
    "metric filter of audit: was there, is deleted",
  ],
  "Object Lock keeps files for less long": [
    edited(["days = 400", "days = 30"]),
    PROTECTION,
    LOCK,
    "Object Lock retention of audit: was COMPLIANCE for 400 days, is COMPLIANCE for 30 days",
  ],
  "Object Lock can be bypassed": [
    edited(['"COMPLIANCE"', '"GOVERNANCE"']),
    PROTECTION,
    LOCK,
    "Object Lock retention of audit: was COMPLIANCE for 400 days, is GOVERNANCE for 400 days",
  ],
  "the alarm's actions are taken out": [
    edited([ACTIONS, "alarm_actions = []"]),
    PROTECTION,
    ALARM,
    "alarm of audit: actions were 1, are none",
  ],
  "the alarm's actions are turned off": [
    edited([ACTIONS, `actions_enabled = false\n  ${ACTIONS}`]),
    PROTECTION,
    ALARM,
    "alarm of audit: actions were enabled, are not",
  ],
  "the alarm's threshold is out of reach": [
    edited(["threshold           = 1", "threshold = 100000"]),
    PROTECTION,
    ALARM,
    "alarm of audit: threshold was 1, is 100000",
  ],
  "the metric filter's pattern matches nothing": [
    edited(['\\"Root\\" &&', '\\"Nobody\\" &&']),
    PROTECTION,
    "aws_cloudwatch_log_metric_filter.root",
    "metric filter of audit: pattern caught use of the root user, does not",
  ],
};

test.each(Object.entries(REMOVALS))(
  "%s: one alert, with what was and what is",
  async (_, [after, policy, about, says]) => {
    const { findings } = await gate(sources({ audit: [KEPT, after] }));
    const told = alerts(findings);
    expect(told).toEqual([expect.stringContaining(`fail ${policy} audit#${about}: `)]);
    expect(told[0]).toContain(says);
  },
);

const PATTERN =
  '$.userIdentity.type = \\"Root\\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \\"AwsServiceEvent\\"';

/** What leaves everything as it was in AWS. */
const HARMLESS: Record<string, string> = {
  "nothing changes": KEPT,
  "Object Lock keeps files for longer": edited(["days = 400", "days = 500"]),
  "the alarm's action is another": edited([":alarms", ":others"]),
  "the metric filter's pattern is spelled otherwise": edited([
    PATTERN,
    `($.userIdentity.type = \\"Root\\") && ($.eventType != \\"AwsServiceEvent\\") && ($.userIdentity.invokedBy NOT EXISTS)`,
  ]),
  "a tag changes": edited(['"security"', '"platform"']),
  "a moved block renames the trail": other + moved(TRAIL, "aws_cloudtrail.other"),
  "the trail gets a count of 1": edited(["s3_bucket_name ", "count = 1\n  s3_bucket_name "]),
  "a removed block forgets the trail": without(TRAIL) + removed(TRAIL, false),
};

test.each(Object.entries(HARMLESS))("%s: no alert", async (_, after) => {
  const { findings } = await gate(sources({ audit: [KEPT, after] }));
  expect(alerts(findings)).toEqual([]);
});

test("a trail that was stopped before it moved is old debt", async () => {
  const stop = (text: string) =>
    text.replace("enable_logging                = true", "enable_logging = false");
  const after = stop(other) + moved(TRAIL, "aws_cloudtrail.other");
  const { findings } = await gate(sources({ audit: [stop(KEPT), after] }));
  expect(alerts(findings)).toEqual([]);
  expect(findings.map(({ policy }) => policy)).toContain("trail-is-logging");
});

test("a moved block that was applied long ago makes no old debt new", async () => {
  const text = other + moved(TRAIL, "aws_cloudtrail.other");
  const after = text.replace('"security"', '"platform"');
  const { findings } = await gate(sources({ audit: [text, after] }));
  expect(alerts(findings)).toEqual([]);
  expect(findings.length).toBeGreaterThan(0);
});

test("the trail and all that serves it leave one stack and enter another: no alert", async () => {
  const told = await gate(sources({ old: [KEPT, NOTHING], new: [NOTHING, KEPT] }));
  expect(alerts(told.findings)).toEqual([]);
  const fates = told.losses.map(({ fields }) => [fields.id, "fate" in fields && fields.fate]);
  expect(fates).toContainEqual(["old#aws_cloudtrail.audit", "moved"]);
});

test("the trail leaves one stack and enters none: an alert", async () => {
  const { findings } = await gate(sources({ old: [KEPT, NOTHING], new: [NOTHING, NOTHING] }));
  expect(alerts(findings)).toEqual([expect.stringContaining(`fail ${KEEPS} old#${TRAIL}`)]);
});

const before = {
  arn: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit",
  name: "audit",
  s3_bucket_name: "logs",
  enable_logging: true,
  is_multi_region_trail: true,
  enable_log_file_validation: true,
};
const plan = (change: Loose) => [planned(read(aPlan([aChange(TRAIL, { before, ...change })])))];

test.each([
  ["deletes", { actions: ["delete"], after: null }, KEEPS, "is deleted"],
  [
    "replaces",
    {
      actions: ["delete", "create"],
      after: { ...before, arn: null },
      after_unknown: { arn: true },
    },
    KEEPS,
    "is replaced",
  ],
  [
    "stops",
    { actions: ["update"], after: { ...before, enable_logging: false } },
    RECORDING,
    "logging: was on, is off",
  ],
])("a plan that %s the trail: one alert", async (_, change, policy, says) => {
  const { findings } = await gate(plan(change));
  expect(alerts(findings)).toEqual([expect.stringContaining(`fail ${policy} prod#${TRAIL}`)]);
  expect(alerts(findings)[0]).toContain(says);
});

test.each([
  ["forgets the trail", { actions: ["forget"], after: null }],
  ["does nothing", { actions: ["no-op"], after: before }],
])("a plan that %s: no alert", async (_, change) => {
  const { findings } = await gate(plan(change));
  expect(alerts(findings)).toEqual([]);
});

test.each([
  [true, []],
  [false, [expect.stringContaining(`fail ${KEEPS} prod#${TRAIL}`)]],
])(
  "a plan deletes the trail, and that others record all of it is %s",
  async (isCovered, wanted) => {
    const covered = { coveredByOthers: () => isCovered };
    const told = await gate(plan({ actions: ["delete"], after: null }), covered);
    expect(alerts(told.findings)).toEqual(wanted);
    expect(told.losses).toHaveLength(1);
  },
);

const template = (policy: string, resources = "Trail") => `
Resources:
  Other:
    Type: AWS::SNS::Topic
  ${resources}:
    Type: AWS::CloudTrail::Trail
${policy}
    Properties:
      TrailName: audit
      S3BucketName: logs
      IsLogging: true
`;
const WITHOUT = "\nResources:\n  Other:\n    Type: AWS::SNS::Topic\n";

test.each([
  ["Retain", []],
  ["RetainExceptOnCreate", []],
  ["Delete", [expect.stringContaining(`fail ${KEEPS} audit#Trail`)]],
])("a template no longer has a trail whose DeletionPolicy was %s", async (policy, wanted) => {
  const text = template(`    DeletionPolicy: ${policy}`);
  const { findings } = await gate(templates({ audit: [text, WITHOUT] }));
  expect(alerts(findings)).toEqual(wanted);
});

const NARROW = "      EventSelectors: [{ ReadWriteType: WriteOnly }]\n";

test.each(["Retain", "Delete"])(
  "a trail that stays in its template loses recording, whatever its DeletionPolicy: %s",
  async (policy) => {
    const text = template(`    DeletionPolicy: ${policy}`);
    const { findings } = await gate(templates({ audit: [text, text + NARROW] }));
    expect(alerts(findings)).toEqual([expect.stringContaining("recording audit#Trail")]);
  },
);

const replacing = (policy: string) => `    UpdateReplacePolicy: ${policy}`;

test.each<[string, string, string, number]>([
  ["keeps the old one", "Retain", "Retain", 0],
  ["deletes the old one", "Delete", "Delete", 1],
  ["kept the old one, and does not now", "Retain", "Delete", 1],
  ["keeps the old one from now on", "Delete", "Retain", 1],
])("a template that renames the trail and %s", async (_, was, now, count) => {
  const [before, after] = [replacing(was), replacing(now)].map((each) => template(each));
  const renamed = after?.replace("TrailName: audit", "TrailName: other") ?? "";
  const { findings, losses } = await gate(templates({ audit: [before ?? "", renamed] }));
  expect(alerts(findings).filter((each) => each.includes(KEEPS))).toHaveLength(count);
  expect(losses.map(({ fields }) => fields)).toEqual([
    expect.objectContaining({ id: "audit#Trail", fate: count === 0 ? "forgotten" : "replaced" }),
  ]);
});

test("a template that renames the trail replaces it", async () => {
  const renamed = template("").replace("audit", "other");
  const { findings } = await gate(templates({ audit: [template(""), renamed] }));
  expect(alerts(findings)).toEqual([
    expect.stringContaining("The trail audit was there before the change and is replaced"),
  ]);
});
