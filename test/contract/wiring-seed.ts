import { PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { PutResourcePolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AttachPolicyCommand,
  CreatePolicyCommand as CreateControlPolicyCommand,
  ListRootsCommand,
} from "@aws-sdk/client-organizations";
import { PutBucketReplicationCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Bucket } from "../../src/simulate/schema/buckets.ts";
import type { World } from "../../src/simulate/world.ts";
import type { clients } from "../simulate/clients.ts";

type Moto = ReturnType<typeof clients>;
type Place = { account: string; topic: string };

const POLICY = '{"Version": "2012-10-17", "Statement": []}';
const GRANT =
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"}]}';
const CONTROL =
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "cloudtrail:StopLogging", "Resource": "*"}]}';
const ROLE = "cloudtrail-to-logs";
const PATTERN = '{"source": ["aws.cloudtrail"]}';
const COPIES = "arn:aws:s3:::fresh-bucket";

/** What a log bucket has besides its configuration: replication, and an object. */
export const keptIn: Pick<Bucket, "replication" | "objects" | "logFiles"> = {
  replication: [{ id: "copy", prefix: "AWSLogs/", destinationBucket: COPIES }],
  objects: ["AWSLogs/one.json.gz"],
  logFiles: [],
};

/** Makes in moto the role, rules, policies and alarm on maths that the world part describes. */
export async function seedWiring(moto: Moto, { account, topic }: Place): Promise<Partial<World>> {
  await seedRole(moto, account);
  await seedControlPolicy(moto);
  await seedBucket(moto, account);
  const rule = { Name: "tampering", EventPattern: PATTERN };
  await moto.events.send(new PutRuleCommand({ ...rule, State: "ENABLED" }));
  const Targets = [{ Id: "target-0", Arn: topic }];
  await moto.events.send(new PutTargetsCommand({ Rule: "tampering", Targets }));
  const policyName = "route53";
  await moto.logs.send(new PutResourcePolicyCommand({ policyName, policyDocument: POLICY }));
  await seedMaths(moto, topic);
  const place = { account, region: "us-east-1" };
  const policyArn = `arn:aws:iam::${account}:policy/audit/more`;
  return {
    identities: [
      {
        arn: `arn:aws:iam::${account}:role/service/${ROLE}`,
        assumeRolePolicy: POLICY,
        inlinePolicies: { own: GRANT },
        attachedPolicies: [policyArn],
      },
    ],
    managedPolicies: [{ arn: policyArn, policy: GRANT }],
    eventRules: [{ ...place, name: "tampering", eventPattern: PATTERN, targets: [topic] }],
    logResourcePolicies: [{ ...place, name: policyName, policy: POLICY }],
    alarms: [
      {
        ...place,
        name: "maths",
        metrics: [
          { id: "m", metricName: "Changes", namespace: "Audit", returnData: false },
          { id: "e", expression: "m * 2" },
        ],
        alarmActions: [topic],
      },
    ],
  };
}

/** The service control policy, as the world's organization has it. */
export const controlPolicies = [{ name: "protect", policy: CONTROL, targets: ["root"] }];

async function seedRole({ iam }: Moto, account: string): Promise<void> {
  await iam.send(
    new CreateRoleCommand({ RoleName: ROLE, Path: "/service/", AssumeRolePolicyDocument: POLICY }),
  );
  const own = { RoleName: ROLE, PolicyName: "own", PolicyDocument: GRANT };
  await iam.send(new PutRolePolicyCommand(own));
  await iam.send(
    new CreatePolicyCommand({ PolicyName: "more", Path: "/audit/", PolicyDocument: GRANT }),
  );
  const PolicyArn = `arn:aws:iam::${account}:policy/audit/more`;
  await iam.send(new AttachRolePolicyCommand({ RoleName: ROLE, PolicyArn }));
}

async function seedMaths({ cloudwatch }: Moto, topic: string): Promise<void> {
  const Metric = { Namespace: "Audit", MetricName: "Changes", Dimensions: [] };
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: "maths",
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
      AlarmActions: [topic],
      ActionsEnabled: true,
      Metrics: [
        { Id: "m", MetricStat: { Metric, Period: 300, Stat: "Sum" }, ReturnData: false },
        { Id: "e", Expression: "m * 2", ReturnData: true },
      ],
    }),
  );
}

async function seedControlPolicy({ organizations }: Moto): Promise<void> {
  const { Roots } = await organizations.send(new ListRootsCommand());
  const { Policy } = await organizations.send(
    new CreateControlPolicyCommand({
      Name: "protect",
      Description: "",
      Type: "SERVICE_CONTROL_POLICY",
      Content: CONTROL,
    }),
  );
  const PolicyId = Policy?.PolicySummary?.Id;
  await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: Roots?.[0]?.Id }));
}

async function seedBucket({ s3 }: Moto, account: string): Promise<void> {
  const Bucket = "full-bucket";
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket,
      ReplicationConfiguration: {
        Role: `arn:aws:iam::${account}:role/replication`,
        Rules: [
          {
            ID: "copy",
            Priority: 0,
            Filter: { Prefix: "AWSLogs/" },
            Status: "Enabled",
            DeleteMarkerReplication: { Status: "Disabled" },
            Destination: { Bucket: COPIES },
          },
        ],
      },
    }),
  );
  await s3.send(new PutObjectCommand({ Bucket, Key: "AWSLogs/one.json.gz", Body: "x" }));
}
