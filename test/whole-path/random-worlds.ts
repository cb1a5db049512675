import fc from "fast-check";
import type { Fault } from "../../src/simulate/schema/faults.ts";
import type { EventSelector, Status, Trail } from "../../src/simulate/schema/trails.ts";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { wellKept } from "../simulate/well-kept-world.ts";
import { parts, withParts } from "./random-parts.ts";

const MANAGEMENT = "111111111111";
export const MEMBERS = ["222222222222", "333333333333", "444444444444"] as const;
const STRANGER = "999999999999";
const OPT_IN = "me-south-1";
const REGIONS = ["us-east-1", "eu-west-1", OPT_IN] as const;

const rarely = <T>(value: T, otherwise: T) =>
  fc.constantFrom(otherwise, otherwise, otherwise, value);
const ago = (...minutes: number[]) =>
  fc.constantFrom(...minutes.map((each) => ({ minutesAgo: each })));

const management: EventSelector = { readWriteType: "All" };
const selectors: Pick<Trail, "eventSelectors" | "advancedEventSelectors">[] = [
  {},
  {},
  { eventSelectors: [management] },
  { eventSelectors: [{ readWriteType: "ReadOnly" }] },
  { eventSelectors: [{ readWriteType: "WriteOnly" }] },
  { eventSelectors: [{ ...management, excludeManagementEventSources: ["kms.amazonaws.com"] }] },
  {
    eventSelectors: [
      {
        readWriteType: "All",
        includeManagementEvents: false,
        dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
      },
    ],
  },
  {
    advancedEventSelectors: [
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Management"] },
          { field: "readOnly", notEquals: ["true"] },
        ],
      },
    ],
  },
  {
    advancedEventSelectors: [
      { fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
        ],
      },
    ],
  },
  {
    advancedEventSelectors: [
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Management"] },
          { field: "aFieldOfTomorrow", equals: ["x"] },
        ],
      },
    ],
  },
];

const places = (isUniform: boolean) =>
  isUniform
    ? fc.constant({})
    : fc.record(
        {
          accounts: fc.constantFrom([MANAGEMENT], ...MEMBERS.map((id) => [id])),
          regions: fc.constantFrom(...REGIONS.map((name) => [name])),
        },
        { requiredKeys: [] },
      );

const status = (isUniform: boolean): fc.Arbitrary<Status> =>
  fc
    .tuple(
      places(isUniform),
      fc.record(
        {
          isLogging: fc.boolean(),
          startLoggingTime: ago(5, 100_000),
          latestDeliveryTime: fc.oneof(fc.constant(null), ago(5, 300, 5000)),
          latestDeliveryError: fc.constantFrom("AccessDenied", "NoSuchBucket"),
          latestDigestDeliveryTime: fc.oneof(fc.constant(null), ago(5, 300, 5000)),
          latestDigestDeliveryError: fc.constant("AccessDenied"),
          latestCloudWatchLogsDeliveryTime: fc.oneof(fc.constant(null), ago(5, 300, 5000)),
          latestCloudWatchLogsDeliveryError: fc.constant("AccessDenied"),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([where, what]) => ({ ...where, ...what }));

const keyArn = (account: string, name: string) => `arn:aws:kms:us-east-1:${account}:key/${name}`;
const KEYS = [
  keyArn(MANAGEMENT, "own"),
  keyArn("222222222222", "members"),
  keyArn(STRANGER, "strangers"),
  keyArn(MANAGEMENT, "missing"),
];
const groupArn = (account: string, name: string) =>
  `arn:aws:logs:us-east-1:${account}:log-group:${name}:*`;

const absences = rarely<NonNullable<Trail["absentFrom"]>>([{ accounts: [MEMBERS[0]] }], []);

const trail = (isUniform: boolean): fc.Arbitrary<Trail> =>
  fc
    .record({
      account: fc.constantFrom(MANAGEMENT, MANAGEMENT, MEMBERS[0], MEMBERS[1]),
      homeRegion: fc.constantFrom("us-east-1", "us-east-1", "eu-west-1"),
      isMultiRegionTrail: rarely(false, true),
      isOrganizationTrail: rarely(false, true),
      includeGlobalServiceEvents: rarely(false, true),
      logFileValidationEnabled: rarely(false, true),
      s3BucketName: fc.constantFrom(
        "logs-a",
        "logs-a",
        "logs-b",
        "logs-of-a-stranger",
        "logs-missing",
      ),
      kmsKeyId: fc.constantFrom(KEYS[0], KEYS[0], ...KEYS, undefined),
      group: fc.constantFrom("there", "there", "missing", undefined),
      selectors: fc.constantFrom(...selectors),
      status: fc.array(status(isUniform), { maxLength: 2 }),
      absentFrom: isUniform ? fc.constant<NonNullable<Trail["absentFrom"]>>([]) : absences,
    })
    .map(
      ({ group, kmsKeyId, selectors: chosen, account, isOrganizationTrail, ...rest }): Trail => ({
        name: "",
        account,
        ...rest,
        isOrganizationTrail: isOrganizationTrail && account === MANAGEMENT,
        ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
        ...(group === undefined
          ? {}
          : {
              cloudWatchLogsLogGroupArn: groupArn(account, group),
              cloudWatchLogsRoleArn: `arn:aws:iam::${account}:role/x`,
            }),
        ...chosen,
      }),
    );

const buckets = fc
  .record({
    owner: fc.constantFrom(MANAGEMENT, ...MEMBERS.slice(0, 2)),
    otherOwner: fc.constantFrom(MANAGEMENT, ...MEMBERS.slice(0, 2)),
    region: fc.constantFrom("us-east-1", "eu-west-1"),
    versioning: fc.constantFrom("Enabled", "Enabled", "Suspended", "never"),
    policyIsPublic: rarely(true, false),
    publicAccessBlock: fc.constantFrom(undefined, undefined, null),
    grants: rarely(
      [{ grantee: "http://acs.amazonaws.com/groups/global/AllUsers", permission: "READ" }],
      [],
    ),
    objectOwnership: fc.constantFrom("BucketOwnerEnforced", "ObjectWriter", null),
  })
  .map(
    ({ owner, otherOwner, region, publicAccessBlock, ...rest }) =>
      [
        {
          name: "logs-a",
          account: owner,
          region,
          ...rest,
          ...(publicAccessBlock === undefined ? {} : { publicAccessBlock }),
        },
        { name: "logs-b", account: otherOwner, region: "us-east-1" },
        { name: "logs-of-a-stranger", account: STRANGER, region: "us-east-1" },
      ] satisfies OrganizationWorld["buckets"],
  );

const keys = fc
  .record({
    state: fc.constantFrom("Enabled", "Enabled", "Disabled", "PendingDeletion"),
    rotationEnabled: fc.boolean(),
    spec: fc.constantFrom("SYMMETRIC_DEFAULT", "SYMMETRIC_DEFAULT", "RSA_2048"),
  })
  .map((facts) => [
    { arn: keyArn(MANAGEMENT, "own"), ...facts },
    { arn: keyArn("222222222222", "members") },
    { arn: keyArn(STRANGER, "strangers") },
  ]);

/**
 * Small organizations with flaws of every kind. In a uniform one a trail's status is the same
 * everywhere, as what hides behind service control policies is presumed to be.
 */
export const worlds = (isUniform: boolean): fc.Arbitrary<OrganizationWorld> =>
  fc
    .record({
      members: fc.integer({ min: 1, max: 3 }),
      optIn: fc.array(fc.constantFrom("DISABLED", "DISABLED", "ENABLED", "ENABLING"), {
        minLength: 4,
        maxLength: 4,
      }),
      trustedAccess: fc.constantFrom(true, true, true, false),
      trails: fc.array(trail(isUniform), { maxLength: 3 }),
      buckets,
      keys,
      chosen: fc.option(parts, { freq: 4 }),
    })
    .map(({ members, optIn, trustedAccess, trails, chosen, ...rest }): OrganizationWorld => {
      const ids = [MANAGEMENT, ...MEMBERS.slice(0, members)];
      const world = {
        now: "2026-11-01T06:00:00Z",
        regions: {
          "us-east-1": "ENABLED_BY_DEFAULT",
          "eu-west-1": "ENABLED_BY_DEFAULT",
          [OPT_IN]: "DISABLED",
        },
        organization: {
          managementAccount: MANAGEMENT,
          trustedAccess: trustedAccess ? ["cloudtrail.amazonaws.com"] : [],
        },
        accounts: [
          ...ids.map((id, index) => ({
            id,
            regions: {
              [OPT_IN]:
                isUniform && optIn[index] === "ENABLING"
                  ? ("ENABLED" as const)
                  : (optIn[index] ?? "DISABLED"),
            },
          })),
          { id: STRANGER, outside: true },
        ],
        trails: trails
          .filter(({ account }) => ids.includes(account))
          .map((each, index) => ({ ...each, name: `trail-${index}` })),
        ...rest,
        buckets: rest.buckets.map((each) => ({
          ...each,
          account:
            ids.includes(each.account) || each.account === STRANGER ? each.account : MANAGEMENT,
        })),
        logGroups: ids.map((account) => ({ name: "there", account, region: "us-east-1" })),
      } satisfies OrganizationWorld;
      // With topics, alarms, rules, roles and documents, or without them.
      return chosen === null ? world : withParts(wellKept<OrganizationWorld>(world), chosen);
    });

/** Every operation that a scan can do without, and some families of them. */
const OPERATIONS = [
  ..."sts:AssumeRole organizations:DescribeOrganization organizations:ListRoots".split(" "),
  ..."organizations:ListAWSServiceAccessForOrganization organizations:ListDelegatedAdministrators".split(
    " ",
  ),
  ..."account:ListRegions ec2:DescribeRegions *:*Regions".split(" "),
  ..."cloudtrail:DescribeTrails cloudtrail:GetTrailStatus cloudtrail:GetEventSelectors".split(" "),
  ..."cloudtrail:DescribeTrails cloudtrail:GetTrailStatus cloudtrail:GetEventSelectors".split(" "),
  ..."cloudtrail:GetInsightSelectors cloudtrail:* kms:DescribeKey kms:GetKeyRotationStatus".split(
    " ",
  ),
  ..."kms:* logs:DescribeLogGroups s3:HeadBucket s3:ListBuckets s3:*Bucket* s3:GetBucket*".split(
    " ",
  ),
  ..."s3:GetBucketVersioning s3:GetPublicAccessBlock s3control:GetPublicAccessBlock".split(" "),
  ..."s3:GetBucketPolicyStatus s3:GetBucketAcl s3:GetBucketOwnershipControls".split(" "),
] as const;

/** Operations that tell of one thing each: what is hidden behind one of them hides nothing else. */
const DETAILS = [
  ..."s3:GetBucketPolicy s3:GetBucketLifecycleConfiguration s3:GetObjectLockConfiguration".split(
    " ",
  ),
  ..."s3:GetBucketLogging s3:GetBucketReplication s3:GetBucketRequestPayment s3:List*".split(" "),
  ..."kms:GetKeyPolicy sns:* sns:GetTopicAttributes iam:* iam:GetRole iam:GetRolePolicy".split(" "),
  ..."iam:ListRolePolicies iam:ListAttachedRolePolicies events:* events:ListRules".split(" "),
  ..."events:ListTargetsByRule logs:* logs:DescribeMetricFilters logs:DescribeResourcePolicies".split(
    " ",
  ),
  ..."cloudwatch:* cloudwatch:DescribeAlarms cloudtrail:ListTags".split(" "),
  ..."cloudtrail:ListEventDataStores cloudtrail:GetEventDataStore cloudtrail:GetEventConfiguration".split(
    " ",
  ),
  ..."cloudtrail:GetResourcePolicy organizations:ListPolicies organizations:DescribePolicy".split(
    " ",
  ),
  ..."organizations:ListTargetsForPolicy organizations:DescribeResourcePolicy".split(" "),
] as const;

const KINDS = [
  "access-denied",
  "access-denied",
  "error",
  "broken-reply",
  "dropped-connection",
] as const;

/** What hides a part of a world: calls that fail, everywhere or somewhere, at once or later. */
export const masks = (isUniform: boolean): fc.Arbitrary<Fault[]> =>
  fc.array(
    fc
      .record({
        operation: fc.oneof(fc.constantFrom(...OPERATIONS), fc.constantFrom(...DETAILS)),
        account: fc.constantFrom(undefined, undefined, MANAGEMENT, MEMBERS[0], MEMBERS[1]),
        region: fc.constantFrom(undefined, undefined, undefined, ...REGIONS),
        after: fc.constantFrom(undefined, undefined, 1),
        kind: fc.constantFrom<Fault["kind"]>(
          ...(isUniform ? ["denied-by-scp" as const] : []),
          ...KINDS,
        ),
      })
      .map(
        ({ operation, account, region, after, kind }): Fault => ({
          operation,
          // Organizations takes one call a second: what is tried again there would take long.
          kind: operation.startsWith("organizations:") ? "access-denied" : kind,
          ...(account === undefined ? {} : { account }),
          ...(region === undefined ? {} : { region }),
          ...(after === undefined ? {} : { after }),
        }),
      ),
    { minLength: 1, maxLength: 5 },
  );
