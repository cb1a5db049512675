import { expect, test } from "vitest";
import type { BucketRecord } from "../../src/snapshot/resources/bucket.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { type Unknown, unknown } from "../../src/snapshot/unknown.ts";
import type { LogFiles } from "../../src/subjects/log-files.ts";
import { replicatesLogs } from "../../src/subjects/replication.ts";
import { aBucket, aLocalTrail, aTrail, denied, shown, WORKLOAD } from "./a-snapshot.ts";

type Rule = Extract<BucketRecord["replicationRules"], readonly unknown[]>[number];

const copies = (changes: Partial<Rule> = {}): Rule => ({
  id: null,
  enabled: true,
  prefix: null,
  otherFilter: false,
  kmsEncrypted: true,
  destinationBucket: "arn:aws:s3:::copies",
  destinationAccountId: null,
  ...changes,
});

const files = (records: TrailRecord[], open: Unknown | null = null): LogFiles => ({
  records,
  open,
  organizationId: "o-exampleorgid",
});
const own = files([aLocalTrail()]);
const both = files([aTrail(), aLocalTrail()]);
const folder = `AWSLogs/${WORKLOAD}/`;

test.each<[string, BucketRecord["replicationRules"], LogFiles, unknown]>([
  ["without a rule", [], own, false],
  ["by a rule for everything", [copies()], both, true],
  ["by a rule for all log files", [copies({ prefix: "AWSLogs/" })], both, true],
  ["by a rule for the trail's folder", [copies({ prefix: folder })], own, true],
  ["by a rule that is off", [copies({ enabled: false })], own, false],
  [
    "by a rule for tagged objects, which log files are not",
    [copies({ otherFilter: true })],
    own,
    false,
  ],
  ["by a rule for another folder", [copies({ prefix: "elb/" })], own, false],
  ["by a rule for one of two trails", [copies({ prefix: folder })], both, false],
  [
    "by a rule for each of two trails",
    [copies({ prefix: folder }), copies({ prefix: "AWSLogs/o-exampleorgid/" })],
    both,
    true,
  ],
  [
    "by a rule for one region of it",
    [copies({ prefix: `${folder}CloudTrail/eu-west-1/` })],
    own,
    "?unresolved",
  ],
  ["encrypted, by a rule that passes over those", [copies({ kmsEncrypted: false })], own, false],
  [
    "not encrypted with a key, by such a rule",
    [copies({ kmsEncrypted: false })],
    files([aLocalTrail({ kmsKeyArn: null })]),
    true,
  ],
  [
    "perhaps encrypted, by such a rule",
    [copies({ kmsEncrypted: false })],
    files([aLocalTrail({ kmsKeyArn: denied })]),
    "?access-denied",
  ],
  ["by rules that were denied", denied, own, "?access-denied"],
  ["of trails that were not seen, by a rule for everything", [copies()], files([], denied), true],
  [
    "of trails that were not seen, by a rule for a folder",
    [copies({ prefix: "AWSLogs/" })],
    files([aLocalTrail()], denied),
    "?access-denied",
  ],
  [
    "under a prefix that is not known, by a rule for a folder",
    [copies({ prefix: "AWSLogs/" })],
    files([aLocalTrail({ bucketPrefix: denied })]),
    "?access-denied",
  ],
  [
    "of an organization whose id is not known, by a rule for all log files",
    [copies({ prefix: "AWSLogs/" })],
    { ...files([aTrail()]), organizationId: unknown("outside-scope") },
    true,
  ],
  [
    "of an organization whose id is not known, by a rule for one organization",
    [copies({ prefix: "AWSLogs/o-exampleorgid/" })],
    { ...files([aTrail()]), organizationId: unknown("outside-scope") },
    "?outside-scope",
  ],
  [
    "of an organization, by a rule for what would be an account's folder",
    [copies({ prefix: "AWSLogs/o-exampleorgid/CloudTrail" })],
    files([aTrail()]),
    false,
  ],
])("log files are copied %s", (_, replicationRules, where, copied) => {
  expect(shown(replicatesLogs(aBucket({ replicationRules }), where))).toEqual(copied);
});
