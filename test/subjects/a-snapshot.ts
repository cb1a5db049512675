import type {
  AccountRecord,
  RegionRecord,
  SeenTrail,
  TrailStatus,
} from "../../src/snapshot/account-record.ts";
import type { EventSelectors, FieldSelector } from "../../src/snapshot/event-selectors.ts";
import type { ListedAccount, OrganizationRecord } from "../../src/snapshot/organization-record.ts";
import type { HeaderRecord, SnapshotRecord } from "../../src/snapshot/records.ts";
import type { BucketRecord } from "../../src/snapshot/resources/bucket.ts";
import type { KeyRecord } from "../../src/snapshot/resources/key.ts";
import type { LogGroupRecord } from "../../src/snapshot/resources/log-group.ts";
import type { ResourceRecord } from "../../src/snapshot/resources/resource.ts";
import type { RoleRecord } from "../../src/snapshot/resources/role.ts";
import type { TopicRecord } from "../../src/snapshot/resources/topic.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { type Unknown, unknown } from "../../src/snapshot/unknown.ts";
import type { SubjectContext } from "../../src/subjects/join.ts";
import type { Subject, SubjectKind, SubjectOf } from "../../src/subjects/schema/kinds.ts";
import { subjects } from "../../src/subjects/subjects.ts";
import {
  alarmsIn,
  alertsIn,
  BOTH_INSIGHTS,
  bucketPolicyFor,
  GUARDED,
  KEPT,
  keyPolicyFor,
  rolePolicyFor,
  TAMPERING_RULE,
  TRUSTS_CLOUDTRAIL,
  topicPolicyFor,
} from "./well-kept.ts";

export const MANAGEMENT = "111111111111";
export const WORKLOAD = "222222222222";
export const ARCHIVE = "333333333333";
export const STRANGER = "999999999999";

export const ORG_TRAIL = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:trail/organization`;
export const LOCAL_TRAIL = `arn:aws:cloudtrail:eu-west-1:${WORKLOAD}:trail/local`;
export const KEY = `arn:aws:kms:us-east-1:${MANAGEMENT}:key/11111111-2222-3333-4444-555555555555`;
export const LOG_GROUP = `arn:aws:logs:us-east-1:${MANAGEMENT}:log-group:trail:*`;
export const BUCKET = "example-trail-logs";
export const ROLE = `arn:aws:iam::${MANAGEMENT}:role/trail-to-logs`;
export const TOPIC = `arn:aws:sns:us-east-1:${MANAGEMENT}:deliveries`;

const HOME = { account: MANAGEMENT, region: "us-east-1", trailArn: ORG_TRAIL };

/** When every region of these snapshots was asked. */
export const NOW = "2026-11-20T12:00:00.000Z";
export const hoursAgo = (hours: number) =>
  new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();

export const denied = unknown("access-denied", { action: "cloudtrail:GetTrailStatus" });

const provenance = { observations: [], sources: {} };

export const aHeader = (changes: Partial<HeaderRecord> = {}): HeaderRecord => ({
  kind: "header",
  format: 1,
  tool: "trailproof 0.1.0",
  partition: "aws",
  caller: { accountId: MANAGEMENT, arn: `arn:aws:sts::${MANAGEMENT}:assumed-role/auditor/a` },
  startedAt: NOW,
  scope: "organization",
  arguments: {},
  digests: { policies: null, config: null },
  ...changes,
});

export const aListed = (id: string, changes: Partial<ListedAccount> = {}): ListedAccount => ({
  id,
  name: `account ${id.slice(0, 3)}`,
  state: "ACTIVE",
  ouPath: "Root",
  parents: ["r-root"],
  skipped: null,
  ...changes,
});

export const anOrganization = (changes: Partial<OrganizationRecord> = {}): OrganizationRecord => ({
  kind: "organization",
  id: "o-exampleorgid",
  managementAccountId: MANAGEMENT,
  featureSet: "ALL",
  trustedAccess: true,
  delegatedAdministrators: [],
  delegationPolicy: null,
  serviceControlPolicies: GUARDED,
  accounts: [aListed(MANAGEMENT), aListed(WORKLOAD), aListed(ARCHIVE, { skipped: "--accounts" })],
  ...provenance,
  ...changes,
});

export const management = (
  changes: Partial<{ readWriteType: string; excludeManagementEventSources: string[] }> = {},
) => ({
  basic: [
    {
      readWriteType: "All",
      includeManagementEvents: true,
      excludeManagementEventSources: [] as string[],
      dataResources: [],
      ...changes,
    },
  ],
  advanced: [],
});

/** Selectors for every event that a policy asks for; `ofManagement` narrows those of management events. */
export const everything = (...ofManagement: FieldSelector[]): EventSelectors => ({
  basic: [],
  advanced: [
    [is("eventCategory", "Management"), ...ofManagement],
    ...DATA_TYPES.map((type) => [is("eventCategory", "Data"), is("resources.type", type)]),
    ...NETWORK_SOURCES.map((source) => [
      is("eventCategory", "NetworkActivity"),
      is("eventSource", source),
    ]),
  ].map((fieldSelectors) => ({ name: null, fieldSelectors })),
});

const is = (field: string, value: string): FieldSelector => ({ field, equals: [value] });

const DATA_TYPES = [
  "AWS::S3::Object",
  "AWS::Lambda::Function",
  "AWS::DynamoDB::Table",
  "AWS::Bedrock::AgentAlias",
  "AWS::Bedrock::AsyncInvoke",
  "AWS::Bedrock::FlowAlias",
  "AWS::Bedrock::Guardrail",
  "AWS::Bedrock::InlineAgent",
  "AWS::Bedrock::KnowledgeBase",
  "AWS::Bedrock::Model",
];
const NETWORK_SOURCES = ["cloudtrail", "ec2", "kms", "s3", "secretsmanager"].map(
  (service) => `${service}.amazonaws.com`,
);

/** The organization's trail, as it should be. */
export const aTrail = (changes: Partial<TrailRecord> = {}): TrailRecord => ({
  kind: "resource",
  type: "trail",
  arn: ORG_TRAIL,
  name: "organization",
  accountId: MANAGEMENT,
  homeRegion: "us-east-1",
  isMultiRegion: true,
  isOrganizationTrail: true,
  includeGlobalServiceEvents: true,
  logFileValidationEnabled: true,
  recursiveLogging: true,
  kmsKeyArn: KEY,
  bucketName: BUCKET,
  bucketPrefix: null,
  logGroupArn: LOG_GROUP,
  logsRoleArn: ROLE,
  topicArn: TOPIC,
  eventSelectors: everything(),
  insightSelectors: BOTH_INSIGHTS,
  aggregatedEvents: [],
  tags: [{ key: "owner", value: "security" }],
  eventRules: [TAMPERING_RULE],
  ...provenance,
  ...changes,
});

/** A second, single-region trail of a member account. */
export const aLocalTrail = (changes: Partial<TrailRecord> = {}): TrailRecord =>
  aTrail({
    arn: LOCAL_TRAIL,
    name: "local",
    accountId: WORKLOAD,
    homeRegion: "eu-west-1",
    isMultiRegion: false,
    isOrganizationTrail: false,
    ...changes,
  });

export const aBucket = (changes: Partial<BucketRecord> = {}): BucketRecord => ({
  kind: "resource",
  type: "bucket",
  arn: `arn:aws:s3:::${BUCKET}`,
  name: BUCKET,
  exists: true,
  accountId: ARCHIVE,
  region: "us-east-1",
  versioning: "Enabled",
  encryption: { algorithm: "aws:kms", kmsKeyArn: KEY, bucketKeyEnabled: true },
  accountPublicAccessBlock: null,
  policy: bucketPolicyFor(BUCKET, HOME),
  policyIsPublic: false,
  aclGrants: [],
  aclOwner: "canonical-id-of-the-owner",
  objectOwnership: "BucketOwnerEnforced",
  lifecycleRules: [],
  requesterPays: false,
  history: null,
  ...KEPT,
  ...provenance,
  ...changes,
});

export const aKey = (changes: Partial<KeyRecord> = {}): KeyRecord => ({
  kind: "resource",
  type: "key",
  arn: KEY,
  accountId: MANAGEMENT,
  region: "us-east-1",
  exists: true,
  enabled: true,
  state: "Enabled",
  deletionDate: null,
  manager: "CUSTOMER",
  origin: "AWS_KMS",
  spec: "SYMMETRIC_DEFAULT",
  isMultiRegion: false,
  rotationEnabled: true,
  policy: keyPolicyFor(HOME),
  ...provenance,
  ...changes,
});

export const aLogGroup = (changes: Partial<LogGroupRecord> = {}): LogGroupRecord => ({
  kind: "resource",
  type: "log-group",
  arn: LOG_GROUP.slice(0, -2),
  name: "trail",
  accountId: MANAGEMENT,
  region: "us-east-1",
  exists: true,
  retentionDays: null,
  kmsKeyArn: KEY,
  logGroupClass: "STANDARD",
  deletionProtected: false,
  ...ALARMS,
  resourcePolicies: [],
  ...provenance,
  ...changes,
});

const ALARMS = alarmsIn(HOME);

export const aRole = (changes: Partial<RoleRecord> = {}): RoleRecord => ({
  kind: "resource",
  type: "role",
  arn: ROLE,
  name: "trail-to-logs",
  accountId: MANAGEMENT,
  exists: true,
  trustPolicy: TRUSTS_CLOUDTRAIL,
  policies: [{ name: "write-logs", document: rolePolicyFor("trail", HOME) }],
  boundary: null,
  ...provenance,
  ...changes,
});

/** The topic that the trail notifies. */
export const aTrailTopic = (changes: Partial<TopicRecord> = {}): TopicRecord => ({
  kind: "resource",
  type: "topic",
  arn: TOPIC,
  accountId: MANAGEMENT,
  region: "us-east-1",
  exists: true,
  kmsKeyId: null,
  policy: topicPolicyFor(TOPIC, HOME),
  subscriptionsConfirmed: 1,
  ...provenance,
  ...changes,
});

/** The topic that the alarms notify. */
export const anAlertsTopic = (changes: Partial<TopicRecord> = {}): TopicRecord =>
  aTrailTopic({ arn: alertsIn(HOME), policy: null, ...changes });

/** All that the organization's trail uses. */
export const itsResources = (): ResourceRecord[] => [
  aBucket(),
  aKey(),
  aLogGroup(),
  aRole(),
  aTrailTopic(),
  anAlertsTopic(),
];

export const aStatus = (changes: Partial<TrailStatus> = {}): TrailStatus => ({
  observedAt: NOW,
  isLogging: true,
  startLoggingTime: hoursAgo(1000),
  stopLoggingTime: null,
  latestDeliveryTime: hoursAgo(0.1),
  latestDeliveryError: null,
  latestDigestDeliveryTime: hoursAgo(0.5),
  latestDigestDeliveryError: null,
  latestCloudWatchLogsDeliveryTime: hoursAgo(0.1),
  latestCloudWatchLogsDeliveryError: null,
  latestNotificationTime: null,
  latestNotificationError: null,
  ...changes,
});

export const sees = (arn = ORG_TRAIL, changes: Partial<TrailStatus> = {}): SeenTrail => ({
  arn,
  status: aStatus(changes),
});

export const aRegion = (
  name: string,
  trails: (SeenTrail | Unknown)[] = [sees()],
  changes: Partial<RegionRecord> = {},
): RegionRecord => ({
  name,
  optStatus: "ENABLED_BY_DEFAULT",
  trails,
  eventDataStores: [],
  channels: [],
  ...changes,
});

export const anAccount = (
  id: string,
  regions: AccountRecord["regions"] = [aRegion("us-east-1"), aRegion("eu-west-1")],
  changes: Partial<AccountRecord> = {},
): AccountRecord => ({
  kind: "account",
  id,
  unreachable: null,
  identityPolicies: null,
  regionsFrom: "account:ListRegions",
  regions,
  regionsOutsideScope: [],
  ...provenance,
  ...changes,
});

/** A whole snapshot of an organization without a flaw, but for what is given. */
export function aSnapshot(
  changes: {
    header?: Partial<HeaderRecord>;
    organization?: Partial<OrganizationRecord>;
    resources?: ResourceRecord[];
    accounts?: AccountRecord[];
  } = {},
): SnapshotRecord[] {
  const { resources = [aTrail(), ...itsResources()] } = changes;
  const { accounts = [anAccount(MANAGEMENT), anAccount(WORKLOAD)] } = changes;
  return [
    aHeader(changes.header),
    anOrganization(changes.organization),
    ...resources,
    ...accounts,
    {
      kind: "end",
      counts: { resources: resources.length, accounts: accounts.length },
      digest: "",
    },
  ];
}

export const CONTEXT: SubjectContext = {
  named: [],
  ours: [],
  limits: { digestMaxAgeHours: 3, cloudWatchLogsLagHours: 3 },
  wanted: {
    requiredTagKeys: [],
    dataEventResourceTypes: null,
    networkActivityEventSources: [],
    cloudTrailAdministrators: null,
  },
};

export async function subjectsOf(
  records: readonly SnapshotRecord[],
  context: Partial<SubjectContext> = {},
): Promise<Subject[]> {
  const all: Subject[] = [];
  for await (const subject of subjects(records, { ...CONTEXT, ...context })) all.push(subject);
  return all;
}

/** The fields of the subjects of one kind, by id. */
export function fieldsOf<K extends SubjectKind>(
  all: readonly Subject[],
  kind: K,
): Record<string, SubjectOf[K]> {
  const own = all.filter(
    (subject): subject is Extract<Subject, { kind: K }> => subject.kind === kind,
  );
  return Object.fromEntries(own.map(({ fields }) => [fields.id, fields])) as Record<
    string,
    SubjectOf[K]
  >;
}

/** The one subject of that kind and id. */
export function only<K extends SubjectKind>(
  all: readonly Subject[],
  kind: K,
  id?: string,
): SubjectOf[K] {
  const found = Object.values(fieldsOf(all, kind)).filter(
    (each) => id === undefined || each.id === id,
  );
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(
      `${found.length} subjects of kind ${kind}${id === undefined ? "" : ` and id ${id}`}`,
    );
  }
  return first;
}

/** A fact by its value, or `?` and the reason why it is not known. */
export function shown(fact: unknown): unknown {
  if (typeof fact !== "object" || fact === null || !("$unknown" in fact)) return fact;
  return `?${(fact as Unknown).$unknown.reason}`;
}
