import { ListEventDataStoresCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeResourcePoliciesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { ListPoliciesCommand } from "@aws-sdk/client-organizations";
import { GetBucketReplicationCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import type { Fault } from "../../src/simulate/schema/faults.ts";
import type { clients } from "./clients.ts";
import { refusal, simulated } from "./simulated.ts";
import { worldFile } from "./world-files.ts";

const OWNER = "111111111111";
const Bucket = "organization-logs";
type Send = (as: ReturnType<typeof clients>) => Promise<unknown>;
type Row = { operation: string; action?: string; send: Send; denied: string; throttled: string };

const JSON_ERRORS = { denied: "AccessDeniedException", throttled: "ThrottlingException" };
const S3_ERRORS = { denied: "AccessDenied", throttled: "SlowDown" };

const rows: Row[] = [
  {
    operation: "s3:GetBucketReplication",
    action: "s3:GetReplicationConfiguration",
    send: ({ s3 }) => s3.send(new GetBucketReplicationCommand({ Bucket })),
    ...S3_ERRORS,
  },
  {
    operation: "s3:ListObjectsV2",
    action: "s3:ListBucket",
    send: ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket })),
    ...S3_ERRORS,
  },
  {
    operation: "logs:DescribeResourcePolicies",
    send: ({ logs }) => logs.send(new DescribeResourcePoliciesCommand()),
    ...JSON_ERRORS,
  },
  {
    operation: "cloudtrail:ListEventDataStores",
    send: ({ cloudtrail }) => cloudtrail.send(new ListEventDataStoresCommand()),
    ...JSON_ERRORS,
  },
  {
    operation: "events:ListRules",
    send: ({ events }) => events.send(new ListRulesCommand()),
    ...JSON_ERRORS,
  },
  {
    operation: "iam:GetRole",
    send: ({ iam }) => iam.send(new GetRoleCommand({ RoleName: "cloudtrail-to-logs" })),
    denied: "AccessDenied",
    throttled: "Throttling",
  },
  {
    operation: "organizations:ListPolicies",
    send: (as) =>
      as.organizations.send(new ListPoliciesCommand({ Filter: "SERVICE_CONTROL_POLICY" })),
    denied: "AccessDeniedException",
    throttled: "TooManyRequestsException",
  },
];

async function failing(operation: string, kind: Fault["kind"], send: Send) {
  const world = { ...worldFile("every-kind-of-resource"), faults: [{ operation, kind }] };
  return await refusal(send((await simulated(world)).as(OWNER)));
}

test.for(rows)(
  "$operation is denied and throttled in the words of its service",
  async ({ operation, action = operation, send, denied, throttled }) => {
    const { name, message } = await failing(operation, "denied-by-scp", send);
    expect(name).toBe(denied);
    expect(message).toContain(`is not authorized to perform: ${action}`);
    expect(message).toContain("with an explicit deny in a service control policy");
    expect((await failing(operation, "throttled", send)).name).toBe(throttled);
  },
);
