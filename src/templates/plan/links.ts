import { type Json, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Reference } from "../value.ts";
import { type Address, blockName } from "./address.ts";
import { moduleAt, referencesIn } from "./configuration.ts";
import { at } from "./json.ts";
import { follow, type Plan } from "./references.ts";

/**
 * Attributes whose whole value names another resource. A plan does not tell what an expression does
 * with what it refers to; in these it can only put `:*` after the ARN of a log group. In others, as
 * in the name of a bucket, text is commonly added to it.
 */
const NAMING = new Set([
  "alarm_actions",
  "arn",
  "bucket",
  "cloudwatch_logs_log_group_arn",
  "cloudwatch_logs_role_arn",
  "cloud_watch_logs_group_arn",
  "cloud_watch_logs_role_arn",
  "key_id",
  "kms_key_id",
  "kms_master_key_id",
  "log_group_name",
  "policy_arn",
  "policy_id",
  "primary_key_arn",
  "role",
  "role_name",
  "rule",
  "s3_bucket_name",
  "sns_topic_arn",
  "sns_topic_arns",
  "sns_topic_name",
  "target_bucket",
  "target_key_id",
  "topic_arn",
]);

/** Documents: only a data source's is taken as a whole, a written one merely mentions resources. */
const DOCUMENTS = new Set(["assume_role_policy", "content", "policy"]);

/** What stands where the plan has no value, when nothing in the files is sure to name it. */
const LATER: Unknown = unknown("known-after-apply");

/** As much of a list of references as a reader takes in. */
const MAX_DETAIL = 200;

/** What a resource's attribute will be after the change: a reference where it is sure, or unknown. */
export function linkOf(address: Address, path: readonly string[], plan: Plan): Reference | Unknown {
  const block = moduleAt(plan.root, address.modules)?.resources.get(blockName(address));
  const references = referencesIn(expressionAt(block?.expressions, path));
  if (references.length === 0) return LATER;
  const found = mayName(address, path)
    ? follow({ references, modules: address.modules }, plan)
    : null;
  if (found !== null && suits(path, found)) return found;
  const detail = `it depends on ${references.join(", ")}`;
  return unknown("known-after-apply", {
    detail: detail.length > MAX_DETAIL ? `${detail.slice(0, MAX_DETAIL)}…` : detail,
  });
}

function mayName({ type }: Address, path: readonly string[]): boolean {
  const attribute = attributeOf(path);
  if (type === "aws_s3_bucket" && attribute === "bucket") return false;
  return NAMING.has(attribute) || DOCUMENTS.has(attribute);
}

function suits(path: readonly string[], { $reference: { attribute } }: Reference): boolean {
  return DOCUMENTS.has(attributeOf(path)) === (attribute === "json");
}

/** The attribute to which a value belongs: its last key that counts no items. */
function attributeOf(path: readonly string[]): string {
  return path.findLast((each) => !/^\d+$/.test(each)) ?? "";
}

/**
 * The expression of an attribute, of one within single blocks, or of a list's only item. Blocks that
 * are several, or made by `dynamic`, cannot be matched with what they became.
 */
export function expressionAt(
  expressions: Json | undefined,
  path: readonly string[],
): Json | undefined {
  let inner = expressions;
  for (const key of path) {
    const isItem = /^\d+$/.test(key);
    if (isItem && key !== "0") return undefined;
    if (isItem && Array.isArray(inner) && inner.length !== 1) return undefined;
    // A list attribute is one expression, the same for its only item.
    if (isItem && !Array.isArray(inner)) continue;
    inner = at(inner, key);
  }
  return inner;
}
