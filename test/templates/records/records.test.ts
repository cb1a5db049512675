import { describe, expect, test } from "vitest";
import { builtinPolicies } from "../../../src/policy/builtin.ts";
import { notOnTemplates } from "../../../src/policy/on-templates.ts";
import type { Value } from "../../../src/templates/value.ts";
import { cloudformation, terraform } from "./compliant.ts";
import { a, judgedStacks, later, policyIds, ref, stack } from "./planned.ts";

/** What only alarms, rules and accounts outside of the plan tell. */
const NEEDS_MORE = /^(log-group-alarm-|trail-tampering-|event-data-store-covers-)/;

type Changes = Record<string, Record<string, Value> | null>;

describe.each([
  { dialect: "Terraform", resources: terraform },
  { dialect: "CloudFormation, without account and region", resources: cloudformation },
])("$dialect", ({ resources }) => {
  test("a trail with all that it needs in one input passes whatever one input can tell", async () => {
    const judged = await judgedStacks(stack(resources()));
    expect(judged.those("fail")).toEqual([]);
    expect(judged.those("unknown").filter((id) => !NEEDS_MORE.test(id))).toEqual([]);
    expect(judged.those("pass").length).toBeGreaterThan(45);
    expect(judged.kinds.map((each) => each.split(" ")[0])).toEqual([
      "replica",
      "trail",
      "bucket",
      "key",
      "log-group",
      "event-data-store",
    ]);
  });

  test("planned subjects are called by stack and address, and every failing fact has a place", async () => {
    const bare = resources()
      .filter(({ address }) => ["trail", "bucket"].includes(address))
      .map((each) => ({
        ...each,
        values: {
          s3_bucket_name: ref("bucket", "bucket"),
          S3BucketName: ref("bucket", "BucketName"),
        },
      }));
    const judged = await judgedStacks(stack(bare));
    const ids = judged.found.map(({ fields }) => judged.resourceOf(fields.id)?.id);
    expect(ids).toEqual(["prod#trail", "prod#trail", "prod#bucket"]);
    const failing = judged.all.filter(({ verdict }) => verdict === "fail");
    expect(failing.length).toBeGreaterThan(3);
    for (const { because } of failing)
      for (const { where } of because) expect(where).not.toBeNull();
  });
});

/** What a plan lists of a bucket that was there before. */
const OWNER = { id: "75aa57f0", type: "CanonicalUser", permissions: ["FULL_CONTROL"], uri: "" };
const OPEN = {
  policy: '{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}}',
};

test.for<[string, Changes, string]>([
  ["trail-is-logging", { trail: { enable_logging: false } }, "fail"],
  ["trail-is-logging", { trail: { enable_logging: later } }, "unknown"],
  ["trail-log-file-validation-enabled", { trail: { enable_log_file_validation: null } }, "fail"],
  ["trail-is-multi-region", { trail: { is_multi_region_trail: null } }, "fail"],
  ["trail-encrypted-with-kms", { trail: { kms_key_id: null } }, "fail"],
  ["trail-encrypted-with-kms", { trail: { kms_key_id: later } }, "unknown"],
  ["trail-encrypted-with-kms", { key: null }, "pass"],
  ["trail-kms-key-owned-by-trail-account", { key: null }, "unknown"],
  [
    "trail-kms-key-owned-by-trail-account",
    { trail: { kms_key_id: "arn:aws:kms:eu-west-1:999999999999:key/1" } },
    "fail",
  ],
  [
    "trail-kms-key-owned-by-trail-account",
    { trail: { kms_key_id: "arn:aws:kms:eu-west-1:111122223333:key/1" } },
    "pass",
  ],
  ["trail-kms-key-exists", { trail: { kms_key_id: "alias/logs" } }, "unknown"],
  ["trail-cloudwatch-logs-integrated", { trail: { cloud_watch_logs_group_arn: null } }, "fail"],
  ["trail-notifies-topic", { trail: { sns_topic_name: null } }, "fail"],
  ["trail-topic-admits-cloudtrail", { "topic policy": null }, "fail"],
  ["trail-topic-exists", { topic: null }, "unknown"],
  ["trail-logs-role-can-deliver", { "role policy": null }, "fail"],
  ["trail-logs-role-can-deliver", { "role policy": { policy: later } }, "unknown"],
  ["trail-logs-role-exists", { role: null }, "unknown"],
  ["trail-insights-enabled", { trail: { insight_selector: null } }, "fail"],
  ["trail-tagged", { trail: { tags: null } }, "fail"],
  [
    "trail-management-events-read-write",
    { trail: { event_selector: [{ read_write_type: "WriteOnly" }] } },
    "fail",
  ],
  ["trail-management-events-read-write", { trail: { event_selector: later } }, "unknown"],
  [
    "trail-management-events-not-excluded",
    { trail: { event_selector: [{ exclude_management_event_sources: ["kms.amazonaws.com"] }] } },
    "fail",
  ],
  [
    "trail-global-service-events-recorded",
    { trail: { include_global_service_events: false } },
    "fail",
  ],
  ["trail-bucket-exists", { bucket: null }, "unknown"],
  ["log-bucket-admits-cloudtrail", { "bucket policy": null }, "fail"],
  ["log-bucket-admits-cloudtrail", { "bucket policy": { policy: later } }, "unknown"],
  ["log-bucket-admits-cloudtrail", { "bucket policy": { bucket: later } }, "unknown"],
  ["log-bucket-tls-only", { "bucket policy": null }, "fail"],
  [
    "log-bucket-versioning-enabled",
    { versioning: null, lock: null, bucket: { object_lock_enabled: false } },
    "fail",
  ],
  [
    "log-bucket-versioning-enabled",
    { versioning: { versioning_configuration: [{ status: "Suspended" }] } },
    "fail",
  ],
  ["log-bucket-versioning-enabled", { versioning: { bucket: later } }, "unknown"],
  [
    "log-bucket-versioning-enabled",
    { versioning: { bucket: "another" }, lock: null, bucket: { object_lock_enabled: false } },
    "fail",
  ],
  [
    "log-bucket-mfa-delete-enabled",
    { versioning: { versioning_configuration: [{ status: "Enabled" }] } },
    "fail",
  ],
  ["log-bucket-access-logging-enabled", { logging: null }, "fail"],
  ["log-bucket-object-lock-enabled", { lock: null }, "fail"],
  ["log-bucket-replicated", { replication: null }, "fail"],
  // On by default since April 2023, and not in buckets made before.
  ["log-bucket-public-access-blocked", { block: null }, "unknown"],
  ["log-bucket-public-access-blocked", { block: null, bucket: { id: later } }, "pass"],
  ["log-bucket-not-public", { block: null }, "pass"],
  ["log-bucket-acls-disabled", { ownership: null }, "unknown"],
  ["log-bucket-acls-disabled", { ownership: null, bucket: { id: later } }, "pass"],
  // Where an ACL counts, the bucket is older than the default that forbids it.
  ["log-bucket-acls-disabled", { ownership: null, bucket: { acl: "public-read" } }, "fail"],
  [
    "log-bucket-not-public",
    { block: null, ownership: null, bucket: { acl: "public-read" } },
    "unknown",
  ],
  ["log-bucket-not-public", { block: null, bucket: { acl: "public-read" } }, "pass"],
  ["log-bucket-not-public", { block: null, ownership: null, bucket: { grant: [OWNER] } }, "pass"],
  ["log-bucket-not-public", { block: null, ownership: null, bucket: { grant: [{}] } }, "unknown"],
  ["log-bucket-not-public", { block: null, "bucket policy": OPEN }, "unknown"],
  // The account may block what the bucket does not.
  ["log-bucket-public-access-blocked", { block: { block_public_acls: null } }, "unknown"],
  [
    "log-bucket-retention-sufficient",
    {
      lock: null,
      lifecycle: { rule: [{ status: "Enabled", expiration: [{ days: 30 }], filter: [{}] }] },
      versioning: { versioning_configuration: [{ status: "Suspended" }] },
      bucket: { object_lock_enabled: false },
    },
    "fail",
  ],
  [
    "log-bucket-logs-immediately-available",
    {
      lifecycle: {
        rule: [{ status: "Enabled", transition: [{ days: 1, storage_class: "GLACIER" }] }],
      },
    },
    "fail",
  ],
  ["log-key-rotation-enabled", { key: { enable_key_rotation: null } }, "fail"],
  ["log-key-admits-cloudtrail", { key: { policy: null } }, "fail"],
  ["log-key-admits-cloudtrail", { key: { policy: later } }, "unknown"],
  ["log-key-enabled", { key: { is_enabled: false } }, "fail"],
  ["log-group-retention-sufficient", { group: { retention_in_days: 30 } }, "fail"],
  ["log-group-retention-sufficient", { group: { retention_in_days: 0 } }, "pass"],
  ["log-group-retention-sufficient", { group: { retention_in_days: 3653 } }, "pass"],
  // CloudWatch Logs refuses these.
  ["log-group-retention-sufficient", { group: { retention_in_days: 3654 } }, "unknown"],
  ["log-group-retention-sufficient", { group: { retention_in_days: -1 } }, "unknown"],
  ["log-group-encrypted-with-kms", { group: { kms_key_id: null } }, "fail"],
  ["event-data-store-encrypted-with-kms", { store: { kms_key_id: null } }, "fail"],
  ["event-data-store-is-multi-region", { store: { multi_region_enabled: false } }, "fail"],
  [
    "event-data-store-termination-protected",
    { store: { termination_protection_enabled: false } },
    "fail",
  ],
  ["event-data-store-is-ingesting", { store: { suspend: true } }, "fail"],
])("Terraform: %s with %j is %s", async ([policy, changes, verdict]) => {
  const judged = await judgedStacks(stack(terraform(changes)));
  expect(judged.one(policy)).toBe(verdict);
});

test.for<[string, Changes, string]>([
  ["trail-is-logging", { trail: { IsLogging: "false" } }, "fail"],
  // CloudFormation refuses a trail that leaves it out.
  ["trail-is-logging", { trail: { IsLogging: null } }, "unknown"],
  ["trail-is-multi-region", { trail: { IsMultiRegionTrail: null } }, "fail"],
  ["trail-log-file-validation-enabled", { trail: { EnableLogFileValidation: null } }, "fail"],
  // As `AWS::NoValue` leaves it.
  ["trail-encrypted-with-kms", { trail: { KMSKeyId: null } }, "fail"],
  ["trail-kms-key-owned-by-trail-account", { trail: { KMSKeyId: ref("key", "KeyId") } }, "pass"],
  [
    "trail-kms-key-owned-by-trail-account",
    { trail: { KMSKeyId: "arn:aws:kms:eu-west-1:999999999999:key/1" } },
    "unknown",
  ],
  ["trail-global-service-events-recorded", { trail: { IsMultiRegionTrail: false } }, "unknown"],
  [
    "log-bucket-versioning-enabled",
    {
      bucket: {
        VersioningConfiguration: null,
        ObjectLockEnabled: null,
        ObjectLockConfiguration: null,
      },
    },
    "fail",
  ],
  [
    "log-bucket-public-access-blocked",
    { bucket: { PublicAccessBlockConfiguration: null } },
    "unknown",
  ],
  ["log-bucket-not-public", { bucket: { PublicAccessBlockConfiguration: null } }, "pass"],
  ["log-bucket-admits-cloudtrail", { "bucket policy": null }, "fail"],
  ["log-key-rotation-enabled", { key: { EnableKeyRotation: null } }, "fail"],
  ["log-group-retention-sufficient", { group: { RetentionInDays: 30 } }, "fail"],
  ["event-data-store-retention-sufficient", { store: { RetentionPeriod: 30 } }, "fail"],
  ["trail-logs-role-can-deliver", { role: { Policies: null } }, "fail"],
])("CloudFormation: %s with %j is %s", async ([policy, changes, verdict]) => {
  const judged = await judgedStacks(stack(cloudformation(changes)));
  expect(judged.one(policy)).toBe(verdict);
});

test("every built-in policy is either asked of templates or says why it is not", () => {
  const asked = builtinPolicies().filter((each) => notOnTemplates(each) === null);
  const ids = new Set(asked.map(({ id }) => id));
  expect(ids.has("trail-is-logging")).toBe(true);
  expect([...ids].filter((id) => /^(account|region|organization)-/.test(id))).toEqual([]);
  expect(policyIds().filter((id) => ids.has(id)).length).toBe(ids.size);
  expect(asked.length).toBeGreaterThan(50);
});

const trail = (
  address: string,
  values: Record<string, Value>,
  presence: true | typeof later = true,
) =>
  a(
    "aws_cloudtrail",
    address,
    { name: address, s3_bucket_name: "elsewhere", ...values },
    { presence },
  );
const half = (type: string) => ({ event_selector: [{ read_write_type: type }] });

describe("several trails in one input", () => {
  const policy = "trail-management-events-read-write";
  const wide = { is_multi_region_trail: true };

  test("reads in one and writes in the other complete each other", async () => {
    const both = [
      trail("reads", { ...wide, ...half("ReadOnly") }),
      trail("writes", { ...wide, ...half("WriteOnly") }),
    ];
    const judged = await judgedStacks(stack(both));
    expect(judged.of(policy)).toEqual({ reads: "pass", writes: "pass" });
  });

  test("a trail of one region does not complete one of all regions", async () => {
    const both = [
      trail("reads", { ...wide, ...half("ReadOnly") }),
      trail("writes", half("WriteOnly")),
    ];
    const judged = await judgedStacks(stack(both));
    expect(judged.of(policy)).toEqual({ reads: "fail", writes: "pass" });
  });

  test("a trail that may not be there completes another one perhaps", async () => {
    const both = [
      trail("reads", { ...wide, ...half("ReadOnly") }),
      trail("writes", { ...wide, ...half("WriteOnly") }, later),
    ];
    const judged = await judgedStacks(stack(both));
    expect(judged.of(policy)).toEqual({ reads: "unknown", writes: "pass" });
  });

  test("where a module is not at hand, a trail in it may complete what this one leaves out", async () => {
    const judged = await judgedStacks(stack([trail("reads", half("ReadOnly"))], { open: later }));
    expect(judged.of(policy)).toEqual({ reads: "unknown" });
  });

  test("trails of one name, whose accounts are not known, are two subjects", async () => {
    const unnamed = (address: string) =>
      a("aws_cloudtrail", address, { name: "main", s3_bucket_name: "b" }, { accountId: later });
    const judged = await judgedStacks(stack([unnamed("one"), unnamed("two")]));
    expect(judged.of("trail-is-multi-region")).toEqual({ one: "fail", two: "fail" });
  });
});

test("a bucket that no input's trail uses is judged where its policy lets CloudTrail in, and no other is", async () => {
  const buckets = terraform({ trail: null }).concat(
    a("aws_s3_bucket", "other", { bucket: "other" }),
  );
  const judged = await judgedStacks(stack(buckets));
  expect(judged.of("log-bucket-tls-only")).toEqual({ bucket: "pass" });
  expect(judged.of("log-bucket-owner-trusted")).toEqual({ bucket: "unknown" });
  expect(judged.of("log-bucket-admits-cloudtrail")).toEqual({ bucket: "unknown" });
});

test("a bucket of one stack is joined by its name to the trail of another", async () => {
  const all = terraform({ trail: { s3_bucket_name: "main-logs" } });
  const isTrail = ({ address }: { address: string }) => address === "trail";
  const judged = await judgedStacks(
    stack(all.filter(isTrail), { name: "trails" }),
    stack(all.filter((each) => !isTrail(each))),
  );
  expect(judged.of("trail-bucket-exists")).toEqual({ "trails#trail": "pass" });
  expect(judged.of("log-bucket-admits-cloudtrail")).toEqual({ bucket: "pass" });
});

test("a companion that may not be there leaves open what it says", async () => {
  const all = terraform().map((each) =>
    each.address === "versioning" ? { ...each, presence: later } : each,
  );
  const judged = await judgedStacks(stack(all));
  expect(judged.one("log-bucket-versioning-enabled")).toBe("unknown");
});

test("an alarm in the same input that tells somebody else than a topic is proof", async () => {
  const names = ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"];
  const pattern = `{ ${names.map((name) => `($.eventName = ${name})`).join(" || ")} }`;
  const metric = { namespace: "trail", name: "changes" };
  const judged = await judgedStacks(
    stack([
      ...terraform(),
      a("aws_cloudwatch_log_metric_filter", "filter", {
        name: "changes",
        log_group_name: ref("group", "name"),
        pattern,
        metric_transformation: [{ ...metric, value: "1" }],
      }),
      a("aws_cloudwatch_metric_alarm", "alarm", {
        alarm_name: "changes",
        namespace: metric.namespace,
        metric_name: metric.name,
        statistic: "Sum",
        period: 300,
        evaluation_periods: 1,
        threshold: 1,
        comparison_operator: "GreaterThanOrEqualToThreshold",
        alarm_actions: ["arn:aws:lambda:eu-west-1:111122223333:function:tell"],
      }),
    ]),
  );
  expect(judged.one("log-group-alarm-cloudtrail-changes")).toBe("pass");
  expect(judged.one("log-group-alarm-root-usage")).toBe("unknown");
});

describe("hostile inputs", () => {
  test("names that lead to one another in a circle end, and stay unknown", async () => {
    const circle = [
      a("aws_s3_bucket", "x", { bucket: ref("y", "bucket") }),
      a("aws_s3_bucket", "y", { bucket: ref("x", "bucket") }),
      trail("trail", { s3_bucket_name: ref("x", "bucket") }),
    ];
    const judged = await judgedStacks(stack(circle));
    expect(judged.one("trail-is-multi-region")).toBe("fail");
  });

  test("names that are twice the next one, forty times, are worked out at once", async () => {
    const named = (index: number) => ref(`b${index}`, "bucket");
    const chain = Array.from({ length: 40 }, (_, index) =>
      a("aws_s3_bucket", `b${index}`, {
        bucket: { $text: [named(index + 1), "-", named(index + 1)] } as Value,
      }),
    );
    const judged = await judgedStacks(
      stack([...chain, trail("trail", { s3_bucket_name: named(0) })]),
    );
    expect(judged.one("trail-bucket-exists")).toBe("pass");
  });

  test("marks of our own in a policy's text make nothing out of it", async () => {
    const own = "\u{E004}the account of prod\u{E005}";
    const policy = {
      "bucket policy": {
        policy: JSON.stringify({
          Statement: [{ Effect: "Allow", Principal: { AWS: own }, Action: "s3:*", Resource: "*" }],
        }),
      },
    };
    const judged = await judgedStacks(stack(terraform(policy)));
    expect(judged.one("log-bucket-readers-trusted")).not.toBe("pass");
  });

  test("a principal that is not known may be a stranger", async () => {
    const policy = (principal: Value) => ({
      "bucket policy": {
        PolicyDocument: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: principal },
              Action: "s3:GetObject",
              Resource: "*",
            },
          ],
        },
      },
    });
    for (const principal of [later, { $text: ["arn:aws:iam::", later, ":root"] }]) {
      const judged = await judgedStacks(stack(cloudformation(policy(principal))));
      expect(judged.one("log-bucket-readers-trusted")).toBe("unknown");
    }
  });
});
