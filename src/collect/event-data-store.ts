import type { EventDataStoreRecord } from "../snapshot/resources/event-data-store.ts";
import { isUnknown, type Unknown, unknown, unknownMore } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import { type Arn, parseArn } from "./arn.ts";
import { type Place, toldOr } from "./call.ts";
import { type Notebook, openNotebook } from "./evidence.ts";
import { flag, list, text, textOrNull, wholeNumber } from "./given.ts";
import { everyPage } from "./pages.ts";
import type { Run } from "./run.ts";
import { readAdvanced } from "./selectors.ts";

/** The ARNs of a region's event data stores, each emitted as a record; open where they cannot be listed. */
export async function eventDataStores(
  run: Run,
  place: Place,
  tells: { notebook: Notebook; pointer: string },
): Promise<(string | Unknown)[]> {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) =>
      run.ask("cloudtrail:ListEventDataStores", place, { NextToken, MaxResults: 1000 }),
    (page) => page.NextToken,
  );
  for (const page of evidence) tells.notebook.tells([tells.pointer], page);
  const stores = pages.flatMap((page) => page.EventDataStores ?? []);
  const listed = [...new Set(stores.map(({ EventDataStoreArn: arn }) => arn ?? ""))].sort();
  const arns = listed.map((arn) => (storeArn(arn) === null ? unreadable() : arn));
  await Promise.all(
    arns.map((arn) => (isUnknown(arn) ? undefined : eventDataStoreRecord(run, arn, place))),
  );
  return cut === null ? arns : [...arns, unknownMore(cut)];
}

const unreadable = () =>
  unknown("unsupported", { detail: "an event data store without an ARN that can be read" });

function storeArn(arn: string): Arn | null {
  const parts = parseArn(arn);
  const isStore = parts?.service === "cloudtrail" && parts.resource.startsWith("eventdatastore/");
  return isStore ? parts : null;
}

/** Emits an event data store, once in a run, as its owner sees it, or else whoever listed it. */
function eventDataStoreRecord(run: Run, arn: string, lister: Place): Promise<void> {
  const parts = storeArn(arn);
  if (parts === null) return Promise.resolve();
  const { accountId, region } = parts;
  return run.once(arn, async () => {
    const notebook = openNotebook();
    const owner = await run.scope.access(accountId);
    const place = { caller: isUnknown(owner) ? lister.caller : owner, region };
    const facts = await storeFacts(run, arn, { place, notebook });
    const { observations, sources } = notebook;
    await run.emit({
      kind: "resource",
      type: "event-data-store",
      arn,
      accountId,
      region,
      ...facts,
      observations,
      sources,
    });
  });
}

type Facts = Omit<
  EventDataStoreRecord,
  "kind" | "type" | "arn" | "accountId" | "region" | "observations" | "sources"
>;

async function storeFacts(
  { ask }: Run,
  arn: string,
  { place, notebook }: { place: Place; notebook: Notebook },
): Promise<Facts> {
  const answer = await ask("cloudtrail:GetEventDataStore", place, { EventDataStore: arn });
  notebook.tells([""], answer.evidence);
  if (!answer.ok && answer.code === "EventDataStoreNotFoundException") {
    const absent = unknown("not-collected", { detail: "there is no such event data store" });
    return { ...nothingKnown(absent), exists: false };
  }
  const resourcePolicy = await ask("cloudtrail:GetResourcePolicy", place, { ResourceArn: arn });
  notebook.tells(["/policy"], resourcePolicy.evidence);
  const none = { code: "ResourcePolicyNotFoundException", means: null };
  const policy = toldOr(resourcePolicy, none, ({ ResourcePolicy }) =>
    textOrNull(ResourcePolicy, "ResourcePolicy"),
  );
  const base = answer.ok ? described(answer.value) : nothingKnown(answer.unknown);
  return { ...base, policy };
}

const nothingKnown = (why: Unknown): Facts => ({
  name: why,
  exists: why,
  status: why,
  isMultiRegion: why,
  isOrganization: why,
  retentionDays: why,
  terminationProtected: why,
  billingMode: why,
  kmsKeyArn: why,
  eventSelectors: why,
  policy: why,
});

function described(store: Output<"cloudtrail:GetEventDataStore">): Omit<Facts, "policy"> {
  const selectors = list(store.AdvancedEventSelectors, "AdvancedEventSelectors");
  return {
    name: textOrNull(store.Name, "Name"),
    exists: true,
    status: text(store.Status, "Status"),
    isMultiRegion: flag(store.MultiRegionEnabled, "MultiRegionEnabled"),
    isOrganization: flag(store.OrganizationEnabled, "OrganizationEnabled"),
    retentionDays: wholeNumber(store.RetentionPeriod, "RetentionPeriod"),
    terminationProtected: flag(store.TerminationProtectionEnabled, "TerminationProtectionEnabled"),
    billingMode: textOrNull(store.BillingMode, "BillingMode"),
    kmsKeyArn: textOrNull(store.KmsKeyId, "KmsKeyId"),
    // An event data store has advanced selectors alone.
    eventSelectors: isUnknown(selectors)
      ? selectors
      : { basic: [], advanced: selectors.map(readAdvanced) },
  };
}
