import { expect, test } from "vitest";
import { judgedTemplate, type Told } from "../templates/judged-template.ts";

// What is written in a template is not what it says: conditions, defaults and functions come between.

const LOGS = "trail-is-logging";
const VALIDATED = "trail-log-file-validation-enabled";
const WIDE = "trail-is-multi-region";
const ENCRYPTED = "trail-encrypted-with-kms";
const OWN_KEY = "trail-kms-key-owned-by-trail-account";
const WATCHED = "trail-cloudwatch-logs-integrated";
const BLOCKED = "log-bucket-public-access-blocked";
const VERSIONED = "log-bucket-versioning-enabled";
const TLS = "log-bucket-tls-only";
const ROTATED = "log-key-rotation-enabled";
const RETAINED = "log-group-retention-sufficient";

const ENV = "Parameters: {Env: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Env, prod]}";
const PROD = ENV.replace("String", "String, Default: prod");
const KEY = "Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}";
const OTHER_KEY = "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

type Row = [situation: string, policy: string, verdict: string, told: Told];

const FUNCTIONS: Row[] = [
  ["a flag as text", VALIDATED, "pass", { trail: 'EnableLogFileValidation: "true"' }],
  ["a flag as text, off", VALIDATED, "fail", { trail: 'EnableLogFileValidation: "false"' }],
  ["a flag in YAML's other words", VALIDATED, "pass", { trail: "EnableLogFileValidation: yes" }],
  ["a flag left out that is off by itself", VALIDATED, "fail", {}],
  ["a flag left out that is off by itself: regions", WIDE, "fail", {}],
  ["a flag left out that must be there", LOGS, "unknown", { logging: "" }],
  ["no value, by its name", ENCRYPTED, "fail", { trail: "KMSKeyId: !Ref AWS::NoValue" }],
  [
    "a key by the ARN of one in the template",
    OWN_KEY,
    "pass",
    { trail: "KMSKeyId: !GetAtt Key.Arn", beside: KEY },
  ],
  ["a key by Ref", OWN_KEY, "pass", { trail: "KMSKeyId: !Ref Key", beside: KEY }],
  ["a key by Sub", OWN_KEY, "pass", { trail: "KMSKeyId: !Sub '${Key.Arn}'", beside: KEY }],
  [
    "a key by the long form of GetAtt",
    OWN_KEY,
    "pass",
    { trail: "KMSKeyId: {Fn::GetAtt: [Key, Arn]}", beside: KEY },
  ],
  ["a key by an alias of the account", OWN_KEY, "pass", { trail: "KMSKeyId: alias/audit" }],
  [
    "a key of an account that is not known to be the trail's",
    OWN_KEY,
    "unknown",
    { trail: `KMSKeyId: ${OTHER_KEY}` },
  ],
  [
    "a key that another stack exports",
    OWN_KEY,
    "unknown",
    { trail: "KMSKeyId: !ImportValue audit-key" },
  ],
  [
    "a key that another stack exports, is one",
    ENCRYPTED,
    "pass",
    { trail: "KMSKeyId: !ImportValue audit-key" },
  ],
  [
    "a key of the parameter store, is one",
    ENCRYPTED,
    "pass",
    { trail: "KMSKeyId: '{{resolve:ssm:/audit/key}}'" },
  ],
  [
    "a name that the template does not declare",
    ENCRYPTED,
    "unknown",
    { trail: "KMSKeyId: !Ref Nobody" },
  ],
  [
    "a key of a mapping",
    ENCRYPTED,
    "pass",
    {
      sections: "Mappings: {Keys: {audit: {Arn: alias/audit}}}",
      trail: "KMSKeyId: !FindInMap [Keys, audit, Arn]",
    },
  ],
  [
    "a log group by its ARN in the template",
    WATCHED,
    "pass",
    {
      trail: "CloudWatchLogsLogGroupArn: !GetAtt Group.Arn",
      beside: "Group: {Type: AWS::Logs::LogGroup}",
    },
  ],
  [
    "a log group that is not in the template",
    WATCHED,
    "unknown",
    { trail: "CloudWatchLogsLogGroupArn: arn:aws:logs:eu-west-1:111122223333:log-group:audit:*" },
  ],
];

const PARAMETERS: Row[] = [
  [
    "a parameter without default",
    ENCRYPTED,
    "unknown",
    { sections: "Parameters: {Key: {Type: String}}", trail: "KMSKeyId: !Ref Key" },
  ],
  [
    "a parameter whose default is empty",
    ENCRYPTED,
    "fail",
    { sections: "Parameters: {Key: {Type: String, Default: ''}}", trail: "KMSKeyId: !Ref Key" },
  ],
  [
    "a parameter whose default is false",
    VALIDATED,
    "fail",
    {
      sections: "Parameters: {On: {Type: String, Default: 'false'}}",
      trail: "EnableLogFileValidation: !Ref On",
    },
  ],
  [
    "a parameter whose default is true",
    VALIDATED,
    "pass",
    {
      sections: "Parameters: {On: {Type: String, Default: 'true'}}",
      trail: "EnableLogFileValidation: !Ref On",
    },
  ],
  [
    "a parameter that may be false",
    VALIDATED,
    'fail When On is "false"',
    {
      sections: "Parameters: {On: {Type: String, AllowedValues: ['true', 'false']}}",
      trail: "EnableLogFileValidation: !Ref On",
    },
  ],
  [
    "a parameter that may be true alone",
    VALIDATED,
    "pass",
    {
      sections: "Parameters: {On: {Type: String, AllowedValues: ['true']}}",
      trail: "EnableLogFileValidation: !Ref On",
    },
  ],
  [
    "days as text",
    RETAINED,
    "fail",
    {
      trail: "CloudWatchLogsLogGroupArn: !GetAtt Group.Arn",
      beside: "Group: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: '30'}}",
    },
  ],
  [
    "days of a parameter without default",
    RETAINED,
    "unknown",
    {
      sections: "Parameters: {Days: {Type: Number}}",
      trail: "CloudWatchLogsLogGroupArn: !GetAtt Group.Arn",
      beside: "Group: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days}}",
    },
  ],
];

const CONDITIONS: Row[] = [
  [
    "a branch that the default takes",
    LOGS,
    "pass",
    { sections: PROD, logging: "IsLogging: !If [IsProd, true, false]" },
  ],
  [
    "a branch that the default does not take",
    LOGS,
    "fail",
    { sections: PROD, logging: "IsLogging: !If [IsProd, false, true]" },
  ],
  [
    "one bad branch of an open condition",
    LOGS,
    "fail When IsProd is false",
    { sections: ENV, logging: "IsLogging: !If [IsProd, true, false]" },
  ],
  [
    "the other branch is bad",
    VALIDATED,
    "fail When IsProd is true",
    { sections: ENV, trail: "EnableLogFileValidation: !If [IsProd, false, true]" },
  ],
  [
    "both branches good",
    VALIDATED,
    "pass",
    { sections: ENV, trail: "EnableLogFileValidation: !If [IsProd, true, 'true']" },
  ],
  [
    "both branches bad, which assumes nothing",
    VALIDATED,
    "fail",
    { sections: ENV, trail: "EnableLogFileValidation: !If [IsProd, false, 'false']" },
  ],
  [
    "a branch with no value",
    ENCRYPTED,
    "fail When IsProd is false",
    { sections: ENV, trail: "KMSKeyId: !If [IsProd, alias/audit, !Ref AWS::NoValue]" },
  ],
  [
    "a condition that is never declared",
    VALIDATED,
    "unknown",
    { trail: "EnableLogFileValidation: !If [Nobody, true, false]" },
  ],
  [
    "a whole block in a branch",
    BLOCKED,
    "unknown",
    {
      sections: ENV,
      bucket:
        "PublicAccessBlockConfiguration: !If [IsProd, {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}, !Ref AWS::NoValue]",
    },
  ],
  [
    "versions in one branch",
    VERSIONED,
    "fail When IsProd is false",
    {
      sections: ENV,
      bucket: "VersioningConfiguration: {Status: !If [IsProd, Enabled, Suspended]}",
    },
  ],
  [
    "rotation in one branch",
    ROTATED,
    "fail When IsProd is false",
    {
      sections: ENV,
      trail: "KMSKeyId: !GetAtt Key.Arn",
      beside:
        "Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: !If [IsProd, true, false]}}",
    },
  ],
  [
    "a trail whose condition is false",
    LOGS,
    "none",
    {
      sections: PROD.replace("prod]", "dev]"),
      trailBeside: "Condition: IsProd",
      logging: "IsLogging: false",
    },
  ],
  [
    "a trail whose condition is open",
    LOGS,
    "fail",
    { sections: ENV, trailBeside: "Condition: IsProd", logging: "IsLogging: false" },
  ],
];

const BUCKETS: Row[] = [
  [
    "all four blocks",
    BLOCKED,
    "pass",
    {
      bucket:
        "PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: 'true', IgnorePublicAcls: yes, RestrictPublicBuckets: true}",
    },
  ],
  [
    "a policy that denies plain HTTP",
    TLS,
    "pass",
    {
      beside:
        "Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Bucket.Arn, !Sub '${Bucket.Arn}/*'], Condition: {Bool: {'aws:SecureTransport': false}}}]}}}",
    },
  ],
  [
    "a policy that allows plain HTTP",
    TLS,
    "fail",
    {
      beside:
        "Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: 's3:*', Resource: !Sub '${Bucket.Arn}/*', Condition: {Bool: {'aws:SecureTransport': false}}}]}}}",
    },
  ],
];

const MANAGEMENT = "trail-management-events-read-write";
const NOT_EXCLUDED = "trail-management-events-not-excluded";

const SELECTORS: Row[] = [
  ["no selectors", MANAGEMENT, "pass", {}],
  [
    "one selector without management events beside one with them",
    MANAGEMENT,
    "pass",
    {
      trail: `EventSelectors:
        - {IncludeManagementEvents: false, DataResources: [{Type: AWS::S3::Object, Values: ["arn:aws:s3"]}]}
        - {ReadWriteType: All}`,
    },
  ],
  ["reads alone", MANAGEMENT, "fail", { trail: "EventSelectors: [{ReadWriteType: ReadOnly}]" }],
  [
    "reads in one selector and writes in another",
    MANAGEMENT,
    "pass",
    { trail: "EventSelectors: [{ReadWriteType: ReadOnly}, {ReadWriteType: WriteOnly}]" },
  ],
  [
    "an advanced selector without a name",
    MANAGEMENT,
    "pass",
    {
      trail:
        "AdvancedEventSelectors: [{FieldSelectors: [{Field: eventCategory, Equals: [Management]}]}]",
    },
  ],
  [
    "an advanced selector of that name for data events",
    MANAGEMENT,
    "none",
    {
      trail: `AdvancedEventSelectors:
        - Name: Management events selector
          FieldSelectors:
            - {Field: eventCategory, Equals: [Data]}
            - {Field: resources.type, Equals: ["AWS::S3::Object"]}`,
    },
  ],
  [
    "an advanced selector that leaves a service out",
    NOT_EXCLUDED,
    "fail",
    {
      trail: `AdvancedEventSelectors:
        - FieldSelectors:
            - {Field: eventCategory, Equals: [Management]}
            - {Field: eventSource, NotEquals: [kms.amazonaws.com]}`,
    },
  ],
  [
    "a selector that leaves a service out",
    NOT_EXCLUDED,
    "fail",
    { trail: "EventSelectors: [{ExcludeManagementEventSources: [kms.amazonaws.com]}]" },
  ],
  [
    "a trail of one region for data events",
    WIDE,
    "none",
    {
      trail: `EventSelectors:
        - {IncludeManagementEvents: false, DataResources: [{Type: AWS::S3::Object, Values: ["arn:aws:s3"]}]}`,
    },
  ],
  [
    "all regions without global services",
    "trail-global-service-events-recorded",
    "fail",
    { trail: "IsMultiRegionTrail: true\n      IncludeGlobalServiceEvents: false" },
  ],
];

test.for([...FUNCTIONS, ...PARAMETERS, ...CONDITIONS, ...BUCKETS, ...SELECTORS])(
  "%s: %s is %s",
  async ([, policy, expected, told]) => {
    const { verdicts } = await judgedTemplate(told);
    const found = verdicts.filter((each) => each.policy === policy);
    const said = found.map(({ verdict, message }) => {
      const [when = ""] = /^When [^:]+/.exec(message) ?? [];
      return `${verdict} ${when}`.trim();
    });
    expect(said).toEqual(expected === "none" ? [] : [expected]);
  },
);

test("there are forty templates and more", () => {
  const rows = [...FUNCTIONS, ...PARAMETERS, ...CONDITIONS, ...BUCKETS, ...SELECTORS];
  expect(new Set(rows.map(([situation]) => situation)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThanOrEqual(40);
});
