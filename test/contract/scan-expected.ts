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
];
const KEY_POLICIES = ["log-key-enabled", "log-key-rotation-enabled"];
const ORGANIZATION_POLICIES = [
  "organization-trusted-access-enabled",
  "organization-trail-covers-every-account",
];

const trails = (rows: Record<string, string>) => table(TRAIL_POLICIES, rows);
const replicas = (rows: Record<string, string>) => table(REPLICA_POLICIES, rows);
const buckets = (rows: Record<string, string>) => table(BUCKET_POLICIES, rows);
const keys = (rows: Record<string, string>) => table(KEY_POLICIES, rows);
const regions = (rows: Record<string, string>) =>
  table(["region-management-events-recorded"], rows);
const accounts = (rows: Record<string, string>) =>
  table(["account-has-multi-region-trail-logging"], rows);

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
    //              owner public versions
    "kept-logs": "   pass pass   pass",
    // Its ACL is moto's default, private, and both of its flags against strangers are on.
    "blocked-logs": "pass pass   FAIL",
    // Readable by everybody. AWS would not have let it: since 2023 new buckets block this.
    "open-logs": "   pass FAIL   FAIL",
    // Deleted after the trail was made: anyone may take the name.
    "gone-logs": "   FAIL -      -",
  }),
  keys({
    //           enabled rotation
    rotated: "   pass    pass",
    unrotated: " pass    FAIL",
    // Rotation is not asked of a key that goes away.
    dying: "     FAIL    -",
  }),
  regions({ "management us-east-1": "pass", "management eu-west-1": "pass" }),
  accounts({ management: "pass" }),
);

/** The management account without `--organization`: it cannot look into the member that owns a key. */
export const ACCOUNT_ALONE = merged(management, keys({ foreign: "out out" }));

/** With `--organization`. */
export const WHOLE_ORGANIZATION = merged(
  management,
  keys({ foreign: "pass FAIL" }),
  // moto does not show an organization's trail to its members, where on AWS `sound` would log; and
  // it names regions that were not to be asked, where a trail might.
  table(ORGANIZATION_POLICIES, { organization: "pass out" }),
  accounts({ covered: "pass", bare: "FAIL" }),
  regions({
    // Recorded by writes of `own` alone.
    "covered us-east-1": "FAIL",
    "covered eu-west-1": "FAIL",
    "bare us-east-1": "FAIL",
    "bare eu-west-1": "FAIL",
  }),
  trails({
    //   multi validation key  owner logs  rw   excl global home
    own: "pass  FAIL      FAIL  -     FAIL  FAIL FAIL pass   -",
  }),
  replicas({ "own us-east-1": "pass pass - -", "own eu-west-1": "pass pass - -" }),
  buckets({ "covered-logs": "pass pass FAIL" }),
);
