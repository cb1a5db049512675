import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { BucketParts } from "./bucket.ts";
import { bucketsNamed } from "./companions.ts";
import { allKnown, block, given, objects, type Values } from "./read.ts";
import { each } from "./selectors.ts";
import { textIn } from "./texts.ts";
import type { Planned, World } from "./world.ts";

type Rules = Exclude<BucketRecord["replicationRules"], Unknown>;
type At = { world: World; planned: Planned };

/** Where a bucket's objects are copied to; a new bucket's nowhere. */
export function replicationRules({ world, planned, companion }: BucketParts): Fact<Rules> {
  const other = companion("replication");
  if (isUnknown(other)) return other;
  const own = block(planned.values, "replication_configuration", "ReplicationConfiguration");
  const configuration = other?.values ?? own;
  if (isUnknown(configuration)) return configuration;
  const at = { world, planned: other ?? planned };
  const found = objects(configuration ?? {}, "rule", "rules", "Rules");
  return each(found, (rule) => readRule(at, rule));
}

function readRule(at: At, rule: Values): Fact<Rules[number]> {
  const filter = block(rule, "filter", "Filter");
  const destination = block(rule, "destination", "Destination");
  const criteria = block(rule, "source_selection_criteria", "SourceSelectionCriteria");
  const parts = allKnown({ filter, destination, criteria });
  if (isUnknown(parts)) return parts;
  const and = block(parts.filter ?? {}, "and", "And");
  const kms = block(parts.criteria ?? {}, "sse_kms_encrypted_objects", "SseKmsEncryptedObjects");
  const inner = allKnown({ and, kms });
  if (isUnknown(inner)) return inner;
  const text = (values: Values | null, ...names: string[]) =>
    textIn(at.world, at.planned, given(values ?? {}, ...names));
  const prefixes = [inner.and, parts.filter, rule].map((each) => text(each, "prefix", "Prefix"));
  const tags = [parts.filter, inner.and].map((each) =>
    given(each ?? {}, "tag", "tags", "TagFilter", "TagFilters"),
  );
  return allKnown({
    id: text(rule, "id", "Id"),
    enabled: mapFact(text(rule, "status", "Status"), (status) => status === "Enabled"),
    prefix: prefixIn(prefixes),
    otherFilter: tags.some((tag) => tag !== null && Object.keys(tag).length > 0),
    kmsEncrypted: mapFact(text(inner.kms, "status", "Status"), (status) => status === "Enabled"),
    destinationBucket: mapFact(text(parts.destination, "bucket", "Bucket"), (arn) => arn ?? ""),
    destinationAccountId: mapFact(
      text(parts.destination, "account", "account_id", "Account"),
      (account) => account ?? accountOf(at.world, text(parts.destination, "bucket", "Bucket")),
    ),
  });
}

/** Of a bucket that is planned as well, the account is known as far as its own is. */
function accountOf(world: World, arn: Fact<string | null>): string | null {
  const [only, ...others] = typeof arn === "string" ? bucketsNamed(world, arn) : [];
  return only === undefined || others.length > 0 ? null : only.account;
}

function prefixIn(prefixes: readonly Fact<string | null>[]): Fact<string | null> {
  const prefix = prefixes.find((each) => each !== null) ?? null;
  if (isUnknown(prefix) || prefix === null) return prefix;
  return hasStandIn(prefix) ? unknown("unresolved", { detail: "a rule's prefix" }) : prefix;
}
