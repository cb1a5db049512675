import type { Value } from "../value.ts";

/** Properties that CloudFormation takes as booleans however they are written. */
const BOOLEANS = new Set(
  `ActionsEnabled BlockPublicAcls BlockPublicPolicy BucketKeyEnabled BypassPolicyLockoutSafetyCheck
   ContentBasedDeduplication DeletionProtectionEnabled Enabled EnableKeyRotation
   EnableLogFileValidation ExpiredObjectDeleteMarker FederationEnabled FifoTopic IgnorePublicAcls
   IncludeGlobalServiceEvents IncludeManagementEvents IngestionEnabled IsLogging
   IsMultiRegionTrail IsOrganizationTrail MultiRegion MultiRegionEnabled ObjectLockEnabled
   OrganizationEnabled RawMessageDelivery RestrictPublicBuckets ReturnData
   TerminationProtectionEnabled`.split(/\s+/),
);

/** Properties that it takes as numbers. */
const NUMBERS = new Set(
  `DatapointsToAlarm Days DefaultValue EvaluationPeriods ExpirationInDays NewerNoncurrentVersions
   NoncurrentDays NoncurrentVersionExpirationInDays PendingWindowInDays Period RetentionInDays
   RetentionPeriod RotationPeriodInDays Threshold TransitionInDays Years`.split(/\s+/),
);

/** Properties that it takes as text; of the others a number may be either. */
const TEXTS = /(?:Name|Arn|ARN|Prefix|KeyId|KMSKeyId|Id|Bucket)$/;

/** A property's value in the type that CloudFormation gives it: `"true"` is true for `IsLogging`. */
export function coerced(property: string, value: Value): Value {
  if (typeof value === "string" && BOOLEANS.has(property)) return asBoolean(value);
  if (typeof value === "string" && NUMBERS.has(property)) return asNumber(value);
  const isBare = typeof value === "number" || typeof value === "boolean";
  return isBare && TEXTS.test(property) ? String(value) : value;
}

function asBoolean(text: string): Value {
  const word = text.toLowerCase();
  return word === "true" ? true : word === "false" ? false : text;
}

function asNumber(text: string): Value {
  return /^[-+]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : text;
}
