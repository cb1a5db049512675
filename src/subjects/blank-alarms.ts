import { type Unknown, unknownMore } from "../snapshot/unknown.ts";
import type { Alarms } from "./schema/alarms.ts";

/** The fifteen alarms, with the marker in the place of every fact. */
export function blankAlarms(marker: Unknown): Alarms {
  const alarm = {
    raised: marker,
    filter: marker,
    alarm: marker,
    insensitive: [unknownMore(marker)],
    missing: [unknownMore(marker)],
    wider: marker,
  };
  return {
    unauthorizedApiCalls: alarm,
    consoleSignInWithoutMfa: alarm,
    rootUsage: alarm,
    iamPolicyChanges: alarm,
    cloudTrailChanges: alarm,
    consoleSignInFailures: alarm,
    keyDisablingOrDeletion: alarm,
    bucketPolicyChanges: alarm,
    configChanges: alarm,
    securityGroupChanges: alarm,
    networkAclChanges: alarm,
    networkGatewayChanges: alarm,
    routeTableChanges: alarm,
    vpcChanges: alarm,
    organizationsChanges: alarm,
  };
}
