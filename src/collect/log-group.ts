import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";

import { isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import { type Arn, parseArn } from "./arn.ts";
import type { Caller } from "./call.ts";
import { type Notebook, openNotebook } from "./evidence.ts";
import { textOrNull } from "./given.ts";
import { everyPage } from "./pages.ts";
import type { Run } from "./run.ts";

type Facts = Omit<
  LogGroupRecord,
  "kind" | "type" | "arn" | "name" | "accountId" | "region" | "observations" | "sources"
>;

/** Emits the log group that a trail names, once in a run, asked in its own account and region. */
export function logGroupRecord(run: Run, arn: string): Promise<void> {
  const parts = parseArn(arn);
  // As in arn:…:log-group:<name>:* where the name holds no colon.
  const name = /^log-group:([^:]+)/.exec(parts?.resource ?? "")?.[1];
  if (parts === null || name === undefined) return Promise.resolve();
  return run.once(arn, async () => {
    const notebook = openNotebook();
    const owner = await run.scope.access(parts.accountId);
    const facts = isUnknown(owner)
      ? nothingKnown(owner)
      : await groupFacts(run, { parts, name, owner, notebook });
    const { accountId, region } = parts;
    const { observations, sources } = notebook;
    await run.emit({
      kind: "resource",
      type: "log-group",
      arn,
      name,
      accountId,
      region,
      ...facts,
      observations,
      sources,
    });
  });
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

async function groupFacts(
  run: Run,
  about: { parts: Arn; name: string; owner: Caller; notebook: Notebook },
): Promise<Facts> {
  const { name, owner, parts, notebook } = about;
  const place = { caller: owner, region: parts.region };
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
  if (found !== undefined) return factsOf(found);
  if (cut !== null) return nothingKnown(cut);
  const absent = unknown("not-collected", { detail: "there is no such log group" });
  return { ...nothingKnown(absent), exists: false };
}

function factsOf({ retentionInDays, kmsKeyId, logGroupClass }: LogGroup): Facts {
  return {
    exists: true,
    retentionDays: retentionInDays ?? null,
    kmsKeyArn: textOrNull(kmsKeyId, "kmsKeyId"),
    // Log groups had no class before there were two.
    logGroupClass: logGroupClass ?? "STANDARD",
    deletionProtected: unknown("not-collected"),
    metricFilters: unknown("not-collected"),
    alarms: unknown("not-collected"),
    resourcePolicies: unknown("not-collected"),
  };
}
