import { isUnknown } from "../snapshot/unknown.ts";
import { coerced } from "./cloudformation/coerce.ts";
import { CLOUDFORMATION_TYPES } from "./records/kinds.ts";
import type { TemplateResource } from "./resource.ts";
import { isReference, isText, type Value } from "./value.ts";

const PREFIX = "awscc_";

/** `AWS::Logs::LogGroup` and `awscc_logs_log_group` are one type: they have the same letters. */
const letters = (type: string): string => type.replace(/^AWS|[:_]/g, "").toLowerCase();

const byLetters = new Map(CLOUDFORMATION_TYPES.map((type) => [letters(type), type]));

/** CloudFormation's name of a type of the `awscc` provider; null: it is none of which records are made. */
export function cloudFormationType(type: string): string | null {
  if (!type.startsWith(PREFIX)) return null;
  return byLetters.get(letters(type.slice(PREFIX.length))) ?? null;
}

/**
 * A resource of the `awscc` provider as CloudFormation describes it: the provider has all types and
 * properties from there and spells them its own way. What has the value `leftOut` nobody wrote. Any
 * other resource as it is.
 */
export function asCloudFormation(
  resource: TemplateResource,
  leftOut: Value | undefined = undefined,
): TemplateResource {
  const type = cloudFormationType(resource.type);
  if (type === null) return resource;
  const spelled = new Map<string, string>();
  const values = renamed(resource.values, { type, spelled, leftOut });
  return {
    ...resource,
    type,
    dialect: "cloudformation",
    values: isProperties(values) ? { ...identifiers(resource.values), ...values } : {},
    locate: (pointer) =>
      resource.locate(
        pointer
          .split("/")
          .map((key) => spelled.get(key) ?? key)
          .join("/"),
      ),
  };
}

/** What AWS called it, which a plan tells of what is there: CloudFormation itself never does. */
function identifiers(values: TemplateResource["values"]): TemplateResource["values"] {
  const arn = ["arn", "topic_arn", "event_data_store_arn"].map((name) => values[name]);
  const known = { arn: arn.find(isString), id: values["id"], key_id: values["key_id"] };
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (isString(value) ? [[name, value]] : [])),
  );
}

const isString = (value: Value | undefined): value is string => typeof value === "string";

type Spelling = {
  type: string;
  /** By CloudFormation's name of a property, the provider's. */
  spelled: Map<string, string>;
  leftOut: Value | undefined;
};

function renamed(value: Value, spelling: Spelling): Value {
  if (isItems(value)) return value.map((each) => renamed(each, spelling));
  if (!isProperties(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const name = propertyName(key, spelling.type);
      spelling.spelled.set(name, key);
      const isLeftOut = inner === null || inner === spelling.leftOut;
      return isLeftOut ? [] : [[name, coerced(name, renamed(inner, spelling))]];
    }),
  );
}

const isItems = (value: Value): value is readonly Value[] => Array.isArray(value);

const isProperties = (value: Value): value is TemplateResource["values"] =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !isUnknown(value) &&
  !isReference(value) &&
  !isText(value);

/** Where CloudFormation writes abbreviations, and compounds, in a way of its own. */
const SPELLED: Readonly<Record<string, string>> = {
  CloudwatchLogsLogGroupArn: "CloudWatchLogsLogGroupArn",
  CloudwatchLogsRoleArn: "CloudWatchLogsRoleArn",
  SseAlgorithm: "SSEAlgorithm",
  "KmsKeyId of AWS::CloudTrail::Trail": "KMSKeyId",
  "KmsMasterKeyId of AWS::S3::Bucket": "KMSMasterKeyID",
};

function propertyName(key: string, type: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(key)) return key;
  const name = key.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
  return SPELLED[name] ?? SPELLED[`${name} of ${type}`] ?? name;
}
