import { standIn } from "../../snapshot/stand-in.ts";
import { given } from "./read.ts";
import { nameOf, textIn } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/** The ARN of a planned resource, with a stand-in for each part that is not known. */
export function arnOf(world: World, planned: Planned): string {
  const { partition, region, account, values } = planned;
  const known = given(values, "arn");
  if (typeof known === "string" && known.startsWith("arn:")) return known.replace(/:\*$/, "");
  const at = (service: string, resource: string, place = `${region}:${account}`) =>
    `arn:${partition}:${service}:${place}:${resource}`;
  const name = () => nameOf(world, planned);
  switch (planned.kind) {
    case "trail":
      return at("cloudtrail", `trail/${name()}`);
    case "bucket":
      return at("s3", name(), ":");
    case "key":
    case "replicaKey":
      return at("kms", `key/${keyId(planned)}`);
    case "alias":
      return at("kms", aliasName(name()));
    case "logGroup":
      return at("logs", `log-group:${name()}`);
    case "topic":
      return at("sns", name());
    case "role":
      return at("iam", `role${path(world, planned)}${name()}`, `:${account}`);
    case "alarm":
    case "compositeAlarm":
      return at("cloudwatch", `alarm:${name()}`);
    case "eventDataStore":
      return at("cloudtrail", `eventdatastore/${standIn(planned.id)}`);
    case "eventRule":
      return at("events", `rule/${name()}`);
    default:
      return standIn(planned.id);
  }
}

const keyId = ({ values, id }: Planned): string => {
  const known = given(values, "key_id");
  return typeof known === "string" ? known : standIn(id);
};

/** As in p-1234abcd, which a plan tells of a policy that is there. */
function policyId({ values, id }: Planned): string {
  const known = given(values, "id");
  return typeof known === "string" ? known : standIn(id);
}

const aliasName = (name: string): string => (name.startsWith("alias/") ? name : `alias/${name}`);

function path(world: World, planned: Planned): string {
  const text = textIn(world, planned, given(planned.values, "path", "Path"));
  return typeof text === "string" ? text : "/";
}

const ARNS = new Set(["arn", "Arn", "TopicArn", "EventDataStoreArn", "AlarmArn", "PolicyArn"]);
const NAMED = new Set([
  "name",
  "bucket",
  "BucketName",
  "TrailName",
  "LogGroupName",
  "TopicName",
  "RoleName",
  "AlarmName",
  "AliasName",
  "alarm_name",
]);

/** As CloudFormation spells what Terraform's `awscc` provider calls `log_group_name`. */
const propertyName = (attribute: string): string =>
  attribute.replace(/(?:^|_)([a-z])/g, (_, first: string) => first.toUpperCase());

/** What an attribute of a planned resource will be; null: something that only applying tells. */
export function targetText(world: World, target: Planned, written: string): string | null {
  const { kind, resource } = target;
  const isSpelledOut = resource.dialect === "cloudformation" && written.includes("_");
  const attribute = isSpelledOut ? propertyName(written) : written;
  if (attribute === "id") return targetText(world, target, identifier(kind));
  if (kind === "alias" && /^target_key_/.test(attribute)) return aliased(world, target);
  if ((kind === "key" || kind === "replicaKey") && /^(key_id|KeyId)$/.test(attribute)) {
    return keyId(target);
  }
  if (kind === "controlPolicy" && attribute === "Id") return policyId(target);
  if (ARNS.has(attribute)) {
    // CloudFormation gives a log group's ARN with the star.
    const star = kind === "logGroup" && resource.dialect === "cloudformation" ? ":*" : "";
    return `${arnOf(world, target)}${star}`;
  }
  return NAMED.has(attribute) ? nameOf(world, target) : null;
}

/** The key that an alias is for. */
function aliased(world: World, alias: Planned): string | null {
  const text = textIn(world, alias, given(alias.values, "target_key_id", "TargetKeyId"));
  return typeof text === "string" ? text : null;
}

/** What Terraform's `id` is. */
function identifier(kind: Planned["kind"]): string {
  if (kind === "key" || kind === "replicaKey") return "key_id";
  if (kind === "controlPolicy") return "Id";
  return kind === "trail" || kind === "topic" || kind === "eventDataStore" ? "arn" : "name";
}
