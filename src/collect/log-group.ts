import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";
import { type Unknown, unknown } from "../snapshot/unknown.ts";
import { parseArn } from "./arn.ts";
import type { Place } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import { flagOr, textOrNull } from "./given.ts";
import { groupWatch } from "./log-group-watch.ts";
import { ownedRecord } from "./owned.ts";
import { everyPage } from "./pages.ts";
import type { Run } from "./run.ts";

type Facts = Omit<
  LogGroupRecord,
  "kind" | "type" | "arn" | "name" | "accountId" | "region" | "observations" | "sources"
>;

/** A log group, where it is asked about, and what is noted of that. */
export type GroupAsked = { run: Run; name: string; place: Place; notebook: Notebook };

/**
 * Emits the log group that a trail names, once in a run, asked in its own account and region, after
 * the topics that its alarms notify.
 */
export function logGroupRecord(run: Run, arn: string): Promise<void> {
  const parts = parseArn(arn);
  // As in arn:…:log-group:<name>:* where the name holds no colon.
  const name = /^log-group:([^:]+)/.exec(parts?.resource ?? "")?.[1];
  if (parts === null || name === undefined) return Promise.resolve();
  return ownedRecord(
    run,
    { arn, parts },
    {
      nothingKnown,
      facts: (place, notebook) => groupFacts({ run, name, place, notebook }),
      record: (base, facts) => ({ ...base, type: "log-group", name, ...facts }),
    },
  );
}

const nothingKnown = (why: Unknown): Facts => ({
  exists: why,
  retentionDays: why,
  kmsKeyArn: why,
  logGroupClass: why,
  deletionProtected: why,
  metricFilters: why,
  alarms: why,
  resourcePolicies: why,
});

async function groupFacts(asked: GroupAsked): Promise<Facts> {
  const { run, name, place, notebook } = asked;
  let found: LogGroup | undefined;
  const { evidence, cut } = await everyPage(
    (nextToken) =>
      run.ask("logs:DescribeLogGroups", place, { logGroupNamePrefix: name, nextToken }),
    (page) => {
      // The prefix finds others too.
      found ??= page.logGroups?.find(({ logGroupName }) => logGroupName === name);
      return found === undefined ? page.nextToken : undefined;
    },
  );
  for (const page of evidence) notebook.tells([""], page);
  if (found !== undefined) return { ...settings(found), ...(await groupWatch(asked, found)) };
  if (cut !== null) return nothingKnown(cut);
  const absent = unknown("not-collected", { detail: "there is no such log group" });
  return { ...nothingKnown(absent), exists: false };
}

function settings(group: LogGroup) {
  return {
    exists: true,
    retentionDays: group.retentionInDays ?? null,
    kmsKeyArn: textOrNull(group.kmsKeyId, "kmsKeyId"),
    // Log groups had no class before there were two.
    logGroupClass: group.logGroupClass ?? "STANDARD",
    deletionProtected: flagOr(group.deletionProtectionEnabled, "deletionProtectionEnabled", false),
  };
}
