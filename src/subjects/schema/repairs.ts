/** What can be repaired elsewhere so that a failing subject changes. */
export const REPAIRS = [
  "logging",
  "delivery",
  "multi-region",
  "management-events",
  "data-events",
  "global-service-events",
  "account-trail",
  "organization-trail",
  "trusted-access",
  "service-control-policies",
  "bucket",
  "key",
  "log-group",
] as const;
export type Repair = (typeof REPAIRS)[number];
