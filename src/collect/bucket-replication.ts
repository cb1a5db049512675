import type { ReplicationRule } from "@aws-sdk/client-s3";
import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import { unknown } from "../snapshot/unknown.ts";
import type { BucketAsked } from "./bucket.ts";
import { toldOr } from "./call.ts";

type Rules = BucketRecord["replicationRules"];

/** S3 takes no more replication rules than these. */
const MOST_RULES = 1000;

/** Where a bucket's objects are copied to. */
export async function replication({ run, place, bucket, notebook }: BucketAsked): Promise<Rules> {
  const answer = await run.ask("s3:GetBucketReplication", place, bucket);
  notebook.tells(["/replicationRules"], answer.evidence);
  const none = { code: "ReplicationConfigurationNotFoundError", means: [] };
  return toldOr(answer, none, ({ ReplicationConfiguration: configuration }) => {
    const rules = configuration?.Rules ?? [];
    return rules.length > MOST_RULES
      ? unknown("unsupported", { detail: `more than ${MOST_RULES} replication rules` })
      : rules.map(readRule);
  });
}

function readRule(rule: ReplicationRule) {
  const { Filter: filter, Destination: destination, SourceSelectionCriteria: criteria } = rule;
  const prefix = filter?.And?.Prefix ?? filter?.Prefix ?? rule.Prefix ?? "";
  return {
    id: rule.ID ?? null,
    enabled: rule.Status === "Enabled",
    prefix: prefix === "" ? null : prefix,
    otherFilter: (filter?.Tag ?? filter?.And?.Tags) !== undefined,
    // Left out: S3 passes over objects that a KMS key encrypts.
    kmsEncrypted: criteria?.SseKmsEncryptedObjects?.Status === "Enabled",
    destinationBucket: destination?.Bucket ?? "",
    destinationAccountId: destination?.Account ?? null,
  };
}
