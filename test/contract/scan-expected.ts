/** Verdicts by policy and subject; an unknown says its reason. */
export type Expected = Record<string, Record<string, string>>;

/** A row of a table: what each policy says of one subject; `-` where it does not ask. */
function table(policies: readonly string[], rows: Record<string, string>): Expected {
  const expected: Expected = {};
  for (const [subject, cells] of Object.entries(rows)) {
    cells
      .trim()
      .split(/\s+/)
      .forEach((cell, column) => {
        const policy = policies[column] ?? "";
        const said = MARKS[cell];
        if (said !== undefined) expected[policy] = { ...expected[policy], [subject]: said };
      });
  }
  return expected;
}

const MARKS: Record<string, string> = {
  pass: "pass",
  FAIL: "fail",
  // Where the owner is not within what was asked.
  out: "unknown: outside-scope",
  // moto tells neither of digests nor of CloudWatch Logs; a trail that began a moment ago need not
  // have delivered any, so this is no fault. AWS would tell times after the first hour.
  young: "unknown: too-young",
  // Operations that moto does not implement; it answers 501 to one and 500 to another.
  unsup: "unknown: unsupported",
  time: "unknown: timeout",
};

const merged = (...parts: Expected[]): Expected => {
  const all: Expected = {};
  for (const part of parts) {
    for (const [policy, rows] of Object.entries(part)) all[policy] = { ...all[policy], ...rows };
  }
  return all;
};

const TRAIL_POLICIES = [
  "trail-is-multi-region",
  "trail-log-file-validation-enabled",
  "trail-encrypted-with-kms",
  "trail-kms-key-owned-by-trail-account",
  "trail-cloudwatch-logs-integrated",
  "trail-management-events-read-write",
  "trail-management-events-not-excluded",
  "trail-global-service-events-recorded",
  "organization-trail-home-region-not-opt-in",
];
const TRAIL_WIRING_POLICIES = [
  "trail-bucket-exists",
  "trail-kms-key-exists",
  "trail-log-group-exists",
  "trail-logs-role-exists",
  "trail-notifies-topic",
  "trail-tagged",
  "trail-insights-enabled",
  "trail-tampering-raises-alarm",
];
const REPLICA_POLICIES = [
  "trail-is-logging",
  "trail-s3-delivery-working",
  "trail-digest-delivery-recent",
  "trail-cloudwatch-logs-delivery-recent",
];
const BUCKET_POLICIES = [
  "log-bucket-owner-trusted",
  "log-bucket-not-public",
  "log-bucket-versioning-enabled",
  "log-bucket-policy-bound-to-trails",
];
const KEY_POLICIES = [
  "log-key-enabled",
  "log-key-rotation-enabled",
  "log-key-admits-cloudtrail",
  "log-key-not-public",
  "log-key-policy-bound-to-trails",
  "log-key-users-trusted",
];
const REGION_POLICIES = [
  "region-management-events-recorded",
  "region-s3-object-reads-recorded",
  "region-s3-object-writes-recorded",
  "region-lambda-invocations-recorded",
  "region-dynamodb-item-events-recorded",
  "region-bedrock-activity-recorded",
  "region-network-activity-events-recorded",
];
const ACCOUNT_POLICIES = [
  "account-has-multi-region-trail-logging",
  "account-global-service-events-not-duplicated",
];
const ORGANIZATION_POLICIES = [
  "organization-trusted-access-enabled",
  "organization-trail-covers-every-account",
  "organization-service-control-policies-enabled",
  "organization-leaving-denied",
  "organization-delegation-policy-spares-cloudtrail",
  "organization-delegated-administrators-named",
];

/** What nobody set up in any bucket, and what no bucket has without being set up. */
const BUCKETS_ALIKE: Record<string, string> = {
  "log-bucket-access-logging-enabled": "FAIL",
  "log-bucket-acls-disabled": "FAIL",
  // There is no bucket policy: nobody is let in, CloudTrail neither. moto lets it deliver.
  "log-bucket-admits-cloudtrail": "FAIL",
  "log-bucket-logs-immediately-available": "pass",
  "log-bucket-mfa-delete-enabled": "FAIL",
  "log-bucket-not-requester-pays": "unsup",
  "log-bucket-object-lock-enabled": "FAIL",
  "log-bucket-public-access-blocked": "FAIL",
  "log-bucket-readers-trusted": "pass",
  "log-bucket-replicated": "FAIL",
  // Without a lifecycle nothing ever goes.
  "log-bucket-retention-sufficient": "pass",
  "log-bucket-tls-only": "FAIL",
  "log-bucket-writers-trusted": "pass",
};

const ALARMS = [
  ...["bucket-policy-changes", "cloudtrail-changes", "config-changes", "iam-policy-changes"],
  ...["console-sign-in-failures", "console-sign-in-without-mfa", "key-disabling-or-deletion"],
  ...["network-acl-changes", "network-gateway-changes", "organizations-changes"],
  ...["root-usage", "route-table-changes", "security-group-changes", "vpc-changes"],
  "unauthorized-api-calls",
];

/** The log group as it is made: for ever kept, without a key, and nobody watches it. */
const LOG_GROUP: Record<string, string> = {
  "log-group-encrypted-with-kms": "FAIL",
  "log-group-readers-trusted": "pass",
  "log-group-retention-sufficient": "pass",
  // Of no alarms none is silent.
  "log-group-alarms-notify": "pass",
  ...Object.fromEntries(ALARMS.map((alarm) => [`log-group-alarm-${alarm}`, "FAIL"])),
};

/** moto knows no event data stores, and so nobody knows whether there are any. */
const EVENT_DATA_STORE: Record<string, string> = {
  "event-data-store-covers-organization": "time",
  "event-data-store-encrypted-with-kms": "time",
  "event-data-store-is-ingesting": "time",
  "event-data-store-is-multi-region": "time",
  "event-data-store-management-events-recorded": "time",
  "event-data-store-readers-trusted": "time",
  "event-data-store-retention-sufficient": "time",
  "event-data-store-termination-protected": "time",
};

const trails = (rows: Record<string, string>) => table(TRAIL_POLICIES, rows);
const wiring = (rows: Record<string, string>) => table(TRAIL_WIRING_POLICIES, rows);
const guards = (rows: Record<string, string>) => table(["trail-guarded-against-tampering"], rows);
const history = (rows: Record<string, string>) => table(["log-bucket-history-present"], rows);
const replicas = (rows: Record<string, string>) => table(REPLICA_POLICIES, rows);
const buckets = (rows: Record<string, string>) => table(BUCKET_POLICIES, rows);
const keys = (rows: Record<string, string>) => table(KEY_POLICIES, rows);
const regions = (rows: Record<string, string>) => table(REGION_POLICIES, rows);
const accounts = (rows: Record<string, string>) => table(ACCOUNT_POLICIES, rows);

/** The same of each of these subjects. */
const alike = (subjects: readonly string[], said: Record<string, string>): Expected =>
  table(
    Object.keys(said),
    Object.fromEntries(subjects.map((subject) => [subject, Object.values(said).join(" ")])),
  );

const management = merged(
  trails({
    //         multi validation key  owner logs  rw   excl global home
    sound: "   pass  pass  pass  pass  pass  pass pass pass pass",
    // Writes alone, without KMS's. Others may complete it, but not all regions were to be asked.
    writes: "  pass  FAIL  pass  pass  FAIL  out  out  pass -",
    // Never started; its key is a member's, and only the trail's own account counts for keys.
    stopped: " FAIL  pass  pass  FAIL  FAIL  pass pass FAIL -",
    // Records data events alone: nothing about management events is asked of it.
    data: "    -     FAIL  pass  pass  FAIL  -    -    -    -",
    single: "  FAIL  FAIL  FAIL  -     FAIL  pass pass FAIL -",
  }),
  wiring({
    //         bucket key  group role topic tags insights alarm
    // Its role was never made.
    sound: "   pass   pass pass  FAIL FAIL  FAIL FAIL     FAIL",
    writes: "  pass   pass -     -    FAIL  FAIL FAIL     FAIL",
    stopped: " FAIL   -    -     -    FAIL  FAIL FAIL     FAIL",
    // Insights need management events.
    data: "    pass   pass -     -    FAIL  FAIL -        FAIL",
    single: "  pass   -    -     -    FAIL  FAIL FAIL     FAIL",
  }),
  replicas({
    //                    logging  S3   digest logs
    "sound us-east-1": "  pass     pass young  young",
    // moto has one status for all regions; AWS has one in each.
    "sound eu-west-1": "  pass     pass young  young",
    "writes us-east-1": " pass     pass -      -",
    "writes eu-west-1": " pass     pass -      -",
    // On AWS a key that is pending deletion stops delivery, with an error; moto delivers.
    "data us-east-1": "   pass     pass -      -",
    "data eu-west-1": "   pass     pass -      -",
    "single eu-west-1": " pass     pass -      -",
    "stopped us-east-1": "FAIL     -    -      -",
  }),
  buckets({
    //              owner public versions bound
    "kept-logs": "   pass pass   pass     pass",
    // Its ACL is moto's default, private, and both of its flags against strangers are on.
    "blocked-logs": "pass pass   FAIL     pass",
    // Readable by everybody. AWS would not have let it: since 2023 new buckets block this.
    "open-logs": "   pass FAIL   FAIL     -",
    // Deleted after the trail was made: anyone may take the name.
    "gone-logs": "   FAIL -      -        -",
  }),
  alike(["kept-logs", "blocked-logs", "open-logs"], BUCKETS_ALIKE),
  alike(["trail-logs"], LOG_GROUP),
  alike(["every event-data-store that was not listed"], EVENT_DATA_STORE),
  keys({
    //           enabled rotation admits public bound users
    // A key's first policy lets in its own account alone.
    rotated: "   pass    pass     FAIL   pass   pass  pass",
    unrotated: " pass    FAIL     FAIL   pass   pass  pass",
    // Rotation is not asked of a key that goes away.
    dying: "     FAIL    -        FAIL   pass   pass  pass",
  }),
  regions({
    //                       management reads writes lambda dynamodb bedrock network
    "management us-east-1": "pass       pass  pass   FAIL   FAIL     FAIL    FAIL",
    "management eu-west-1": "pass       pass  pass   FAIL   FAIL     FAIL    FAIL",
  }),
  // Trails in regions that were not to be asked may record global events once more.
  accounts({ management: "pass out" }),
);

/**
 * The management account without `--organization`: it can look neither into the member that owns a
 * key nor at what the organization denies its accounts.
 */
export const ACCOUNT_ALONE = merged(
  management,
  keys({ foreign: "out out out out out out" }),
  wiring({ stopped: "- out - - - - - -" }),
  guards({ sound: "out", writes: "out", stopped: "out", data: "out", single: "out" }),
);

/** With `--organization`. */
export const WHOLE_ORGANIZATION = merged(
  management,
  keys({ foreign: "pass FAIL FAIL pass pass pass" }),
  wiring({ stopped: "- pass - - - - - -" }),
  // No policy binds the management account; whether a delegated administrator may change the
  // organization's trail moto does not tell.
  guards({ sound: "unsup", writes: "pass", stopped: "pass", data: "pass", single: "pass" }),
  guards({ own: "FAIL" }),
  // The trails began a moment ago: there can be no log files of a year ago.
  history({ "kept-logs": "young", "blocked-logs": "young" }),
  history({ "open-logs": "young", "covered-logs": "young" }),
  // moto does not show an organization's trail to its members, where on AWS `sound` would log; and
  // it names regions that were not to be asked, where a trail might.
  table(ORGANIZATION_POLICIES, { organization: "pass out FAIL FAIL time unsup" }),
  accounts({ covered: "pass pass", bare: "FAIL pass" }),
  regions({
    // Recorded by writes of `own` alone.
    "covered us-east-1": "FAIL FAIL FAIL FAIL FAIL FAIL FAIL",
    "covered eu-west-1": "FAIL FAIL FAIL FAIL FAIL FAIL FAIL",
    "bare us-east-1": "   FAIL FAIL FAIL FAIL FAIL FAIL FAIL",
    "bare eu-west-1": "   FAIL FAIL FAIL FAIL FAIL FAIL FAIL",
  }),
  trails({
    //   multi validation key  owner logs  rw   excl global home
    own: "pass  FAIL      FAIL  -     FAIL  FAIL FAIL pass   -",
  }),
  wiring({ own: "pass - - - FAIL FAIL FAIL FAIL" }),
  replicas({ "own us-east-1": "pass pass - -", "own eu-west-1": "pass pass - -" }),
  buckets({ "covered-logs": "pass pass FAIL pass" }),
  alike(["covered-logs"], BUCKETS_ALIKE),
);
