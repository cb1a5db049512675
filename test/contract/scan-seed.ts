import {
  CreateTrailCommand,
  PutEventSelectorsCommand,
  type PutEventSelectorsCommandInput,
  StartLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateKeyCommand,
  EnableKeyRotationCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  EnableAWSServiceAccessCommand,
} from "@aws-sdk/client-organizations";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { clients } from "../simulate/clients.ts";
import { MOTO_ACCOUNT } from "./moto-seed.ts";

export const REGIONS = ["us-east-1", "eu-west-1"] as const;

type Account = Record<(typeof REGIONS)[number], ReturnType<typeof clients>>;

/** What names moto made up: ids of the accounts, and ARNs of the keys, by what is to be found there. */
export type Seeded = { accounts: Record<"management" | "covered" | "bare", string>; keys: Keys };

/** Makes in moto an organization of three accounts, whose trails each have a flaw of their own. */
export async function seedForScan(endpoint: string): Promise<Seeded> {
  const management = clientsOf(endpoint);
  const members = await seedOrganization(management);
  const covered = await member(endpoint, management, members.covered);
  const keys = await seedKeys(management, covered);
  await seedBuckets(management);
  await seedTrails(management, keys);
  await seedCovered(covered);
  return { accounts: { management: MOTO_ACCOUNT, ...members }, keys };
}

function clientsOf(
  endpoint: string,
  credentials = { accessKeyId: "AKIDSEED", secretAccessKey: "s" },
): Account {
  const at = (region: string) => clients(endpoint, { account: MOTO_ACCOUNT, region, credentials });
  return { "us-east-1": at("us-east-1"), "eu-west-1": at("eu-west-1") };
}

async function member(
  endpoint: string,
  { "us-east-1": { sts } }: Account,
  id: string,
): Promise<Account> {
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${id}:role/Seed`, RoleSessionName: "seed" }),
  );
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = given ?? {};
  return clientsOf(endpoint, {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...{ sessionToken: SessionToken },
  });
}

async function seedOrganization({ "us-east-1": { organizations } }: Account) {
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  await organizations.send(
    new EnableAWSServiceAccessCommand({ ServicePrincipal: "cloudtrail.amazonaws.com" }),
  );
  const made = async (name: string) => {
    const { CreateAccountStatus: status } = await organizations.send(
      new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }),
    );
    return status?.AccountId ?? "";
  };
  return { covered: await made("covered"), bare: await made("bare") };
}

type Keys = { rotated: string; unrotated: string; dying: string; foreign: string };

async function seedKeys(management: Account, covered: Account): Promise<Keys> {
  const made = async ({ "us-east-1": { kms } }: Account) =>
    (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
  const keys = {
    rotated: await made(management),
    unrotated: await made(management),
    dying: await made(management),
    foreign: await made(covered),
  };
  const { kms } = management["us-east-1"];
  await kms.send(new EnableKeyRotationCommand({ KeyId: keys.rotated }));
  await kms.send(
    new ScheduleKeyDeletionCommand({ KeyId: keys.dying.split("/")[1], PendingWindowInDays: 7 }),
  );
  return keys;
}

async function seedBuckets({ "us-east-1": { s3 } }: Account): Promise<void> {
  for (const Bucket of ["kept-logs", "blocked-logs", "gone-logs"]) {
    await s3.send(new CreateBucketCommand({ Bucket }));
  }
  await s3.send(new CreateBucketCommand({ Bucket: "open-logs", ACL: "public-read" }));
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: "kept-logs",
      VersioningConfiguration: { Status: "Enabled" },
    }),
  );
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket: "blocked-logs",
      PublicAccessBlockConfiguration: { IgnorePublicAcls: true, RestrictPublicBuckets: true },
    }),
  );
}

async function seedTrails(
  { "us-east-1": { cloudtrail, logs, s3 }, "eu-west-1": west }: Account,
  { rotated, unrotated, dying, foreign }: Keys,
): Promise<void> {
  const group = `arn:aws:logs:us-east-1:${MOTO_ACCOUNT}:log-group`;
  const role = `arn:aws:iam::${MOTO_ACCOUNT}:role/logs`;
  await logs.send(new CreateLogGroupCommand({ logGroupName: "trail-logs" }));
  const whole = { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true };
  const made = [
    {
      Name: "sound",
      S3BucketName: "kept-logs",
      ...whole,
      IsOrganizationTrail: true,
      EnableLogFileValidation: true,
      KmsKeyId: rotated,
      CloudWatchLogsLogGroupArn: `${group}:trail-logs:*`,
      CloudWatchLogsRoleArn: role,
    },
    { Name: "writes", S3BucketName: "blocked-logs", ...whole, KmsKeyId: unrotated },
    {
      Name: "stopped",
      S3BucketName: "gone-logs",
      IncludeGlobalServiceEvents: false,
      EnableLogFileValidation: true,
      KmsKeyId: foreign,
    },
    { Name: "data", S3BucketName: "kept-logs", ...whole, KmsKeyId: dying },
  ];
  for (const input of made) await cloudtrail.send(new CreateTrailCommand(input));
  await s3.send(new DeleteBucketCommand({ Bucket: "gone-logs" }));
  for (const Name of ["sound", "writes", "data"])
    await cloudtrail.send(new StartLoggingCommand({ Name }));
  await cloudtrail.send(new PutEventSelectorsCommand(writesOf("writes")));
  await cloudtrail.send(
    new PutEventSelectorsCommand({
      TrailName: "data",
      AdvancedEventSelectors: [
        {
          Name: "objects",
          FieldSelectors: [
            { Field: "eventCategory", Equals: ["Data"] },
            { Field: "resources.type", Equals: ["AWS::S3::Object"] },
          ],
        },
      ],
    }),
  );
  await west.cloudtrail.send(
    new CreateTrailCommand({
      Name: "single",
      S3BucketName: "open-logs",
      IncludeGlobalServiceEvents: false,
    }),
  );
  await west.cloudtrail.send(new StartLoggingCommand({ Name: "single" }));
}

/** A trail of its own account: no key, no validation, no log group, writes alone and without KMS's. */
async function seedCovered({ "us-east-1": { cloudtrail, s3 } }: Account): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: "covered-logs" }));
  await cloudtrail.send(
    new CreateTrailCommand({
      Name: "own",
      S3BucketName: "covered-logs",
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
    }),
  );
  await cloudtrail.send(new PutEventSelectorsCommand(writesOf("own")));
  await cloudtrail.send(new StartLoggingCommand({ Name: "own" }));
}

const writesOf = (TrailName: string): PutEventSelectorsCommandInput => ({
  TrailName,
  EventSelectors: [
    {
      ReadWriteType: "WriteOnly",
      IncludeManagementEvents: true,
      ExcludeManagementEventSources: ["kms.amazonaws.com"],
    },
  ],
});
