import { wholeAccount } from "../policy-document/principal.ts";

/**
 * The accounts from which CloudTrail delivered, one a region, before it had a service principal. No
 * region that came later has one, so a policy that lists them does not admit every region.
 */
const CLOUDTRAIL_ACCOUNTS = new Set([
  "034638983726",
  "035351147821",
  "086441151436",
  "113285607260",
  "119688915426",
  "193415116832",
  "216624486486",
  "262312530599",
  "282025262664",
  "284668455005",
  "388731089494",
  "475085895292",
  "492519147666",
  "608710470296",
  "669305197877",
  "681348832753",
  "765225791966",
  "814480443879",
  "819402241893",
  "829690693026",
  "859597730677",
  "903692715234",
  "977081816279",
]);

/** Whether a principal that a policy names is CloudTrail itself, as it was known before. */
export function isCloudTrail(value: string): boolean {
  return CLOUDTRAIL_ACCOUNTS.has(wholeAccount(value) ?? "");
}
