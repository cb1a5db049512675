import { type Static, Type } from "typebox";
import { CIS_ALARMS } from "./cis-alarms.ts";
import { closed, flag, textOrNull, texts } from "./fields.ts";

const alarm = (what: string) =>
  Type.Object(
    {
      raised: flag(
        "Whether each of these events is caught by a metric filter and sets off an alarm: refused calls and failed sign-ins by the tenth, all others by the first.",
      ),
      filter: textOrNull("The metric filter that comes closest; null: none is about them."),
      alarm: textOrNull("The alarm on that filter's metric; null: none."),
      insensitive: texts(
        "Of those alarms the ones that do not go off so soon, each with why, as in `changes: wants events in 3 periods`.",
      ),
      missing: texts("The events of these that the filter does not catch."),
      wider: flag("Whether the filter catches other events too."),
    },
    { ...closed, description: `An alarm on ${what}.` },
  );

/** The fifteen alarms, matched by what a filter pattern catches and not by how it is spelled. */
export const AlarmsSchema = Type.Object(
  {
    unauthorizedApiCalls: alarm(CIS_ALARMS.unauthorizedApiCalls),
    consoleSignInWithoutMfa: alarm(CIS_ALARMS.consoleSignInWithoutMfa),
    rootUsage: alarm(CIS_ALARMS.rootUsage),
    iamPolicyChanges: alarm(CIS_ALARMS.iamPolicyChanges),
    cloudTrailChanges: alarm(CIS_ALARMS.cloudTrailChanges),
    consoleSignInFailures: alarm(CIS_ALARMS.consoleSignInFailures),
    keyDisablingOrDeletion: alarm(CIS_ALARMS.keyDisablingOrDeletion),
    bucketPolicyChanges: alarm(CIS_ALARMS.bucketPolicyChanges),
    configChanges: alarm(CIS_ALARMS.configChanges),
    securityGroupChanges: alarm(CIS_ALARMS.securityGroupChanges),
    networkAclChanges: alarm(CIS_ALARMS.networkAclChanges),
    networkGatewayChanges: alarm(CIS_ALARMS.networkGatewayChanges),
    routeTableChanges: alarm(CIS_ALARMS.routeTableChanges),
    vpcChanges: alarm(CIS_ALARMS.vpcChanges),
    organizationsChanges: alarm(CIS_ALARMS.organizationsChanges),
  },
  closed,
);
export type Alarms = Static<typeof AlarmsSchema>;

const raised = (name: string) => ({
  raised: true,
  filter: name,
  alarm: name,
  insensitive: [],
  missing: [],
  wider: false,
});

export const compliantAlarms: Alarms = {
  unauthorizedApiCalls: raised("unauthorizedApiCalls"),
  consoleSignInWithoutMfa: raised("consoleSignInWithoutMfa"),
  rootUsage: raised("rootUsage"),
  iamPolicyChanges: raised("iamPolicyChanges"),
  cloudTrailChanges: raised("cloudTrailChanges"),
  consoleSignInFailures: raised("consoleSignInFailures"),
  keyDisablingOrDeletion: raised("keyDisablingOrDeletion"),
  bucketPolicyChanges: raised("bucketPolicyChanges"),
  configChanges: raised("configChanges"),
  securityGroupChanges: raised("securityGroupChanges"),
  networkAclChanges: raised("networkAclChanges"),
  networkGatewayChanges: raised("networkGatewayChanges"),
  routeTableChanges: raised("routeTableChanges"),
  vpcChanges: raised("vpcChanges"),
  organizationsChanges: raised("organizationsChanges"),
};
