import type { Trail } from "@aws-sdk/client-cloudtrail";
import type { RegionRecord, SeenTrail, TrailStatus } from "../snapshot/account-record.ts";
import { isUnknown, type Unknown, unknown, unknownMore } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import { type Arn, parseArn } from "./arn.ts";
import { type Place, told } from "./call.ts";
import { channelsOf } from "./channels.ts";
import { eventDataStores } from "./event-data-store.ts";
import type { Evidence, Notebook } from "./evidence.ts";
import { flag, list, text, textOrNull, timeOrNull } from "./given.ts";
import type { EnabledRegion } from "./regions.ts";
import type { Run } from "./run.ts";
import { trailRecord } from "./trail.ts";

/** A trail as one account's one region describes it. */
export type TrailSeen = {
  arn: string;
  parts: Arn;
  trail: Trail;
  place: Place;
  evidence: Evidence | null;
};

/** One region of one account: its trails, each with the status that this region reports, and what Lake has there. */
export async function regionRecord(
  run: Run,
  { name, optStatus }: EnabledRegion,
  { place, notebook, pointer }: { place: Place; notebook: Notebook; pointer: string },
): Promise<RegionRecord> {
  const [trails, stores, channels] = await Promise.all([
    regionTrails(run, place, { notebook, pointer }),
    eventDataStores(run, place, { notebook, pointer: `${pointer}/eventDataStores` }),
    channelsOf(run.ask, place, { notebook, pointer: `${pointer}/channels` }),
  ]);
  return { name, optStatus, trails, eventDataStores: stores, channels };
}

async function regionTrails(
  run: Run,
  place: Place,
  { notebook, pointer }: { notebook: Notebook; pointer: string },
): Promise<RegionRecord["trails"]> {
  const view = await run.views.of(place);
  notebook.tells([`${pointer}/trails`], view.evidence);
  const trails = told(view, ({ trailList }) => list(trailList, "trailList"));
  if (isUnknown(trails)) return [unknownMore(trails)];
  const seen = readTrails(trails, place, view.evidence);
  const [statuses] = await Promise.all([
    eachStatus(run, seen, { notebook, pointer }),
    Promise.all(seen.map((each) => (isUnknown(each) ? undefined : trailRecord(run, each)))),
  ]);
  return statuses;
}

function readTrails(
  trails: readonly Trail[],
  place: Place,
  evidence: Evidence | null,
): (TrailSeen | Unknown)[] {
  const seen = new Map<string, TrailSeen | Unknown>();
  for (const trail of trails) {
    const arn = trail.TrailARN ?? "";
    const parts = parseArn(arn);
    const detail = "a trail without an ARN that can be read";
    const readable = parts?.service === "cloudtrail" && parts.resource.startsWith("trail/");
    seen.set(
      arn,
      readable ? { arn, parts, trail, place, evidence } : unknown("unsupported", { detail }),
    );
  }
  return [...seen.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** One after the other: CloudTrail takes ten calls a second in one region of one account. */
async function eachStatus(
  run: Run,
  seen: readonly (TrailSeen | Unknown)[],
  { notebook, pointer }: { notebook: Notebook; pointer: string },
): Promise<(SeenTrail | Unknown)[]> {
  const trails: (SeenTrail | Unknown)[] = [];
  for (const [index, each] of seen.entries()) {
    if (isUnknown(each)) {
      trails.push(each);
      continue;
    }
    // By ARN: a bare name finds neither shadow trails nor the organization's.
    const answer = await run.ask("cloudtrail:GetTrailStatus", each.place, { Name: each.arn });
    notebook.tells([`${pointer}/trails/${index}/status`], answer.evidence);
    const { evidence } = answer;
    const status = answer.ok ? statusOf(answer.value, evidence) : answer.unknown;
    trails.push({ arn: each.arn, status });
  }
  return trails;
}

function statusOf(
  answer: Output<"cloudtrail:GetTrailStatus">,
  evidence: Evidence | null,
): TrailStatus {
  const time = (name: keyof typeof answer) => timeOrNull(answer[name], name);
  const error = (name: keyof typeof answer) => textOrNull(answer[name], name);
  return {
    observedAt: text(evidence?.observation.time ?? undefined, "Date header"),
    isLogging: flag(answer.IsLogging, "IsLogging"),
    startLoggingTime: time("StartLoggingTime"),
    stopLoggingTime: time("StopLoggingTime"),
    latestDeliveryTime: time("LatestDeliveryTime"),
    latestDeliveryError: error("LatestDeliveryError"),
    latestDigestDeliveryTime: time("LatestDigestDeliveryTime"),
    latestDigestDeliveryError: error("LatestDigestDeliveryError"),
    latestCloudWatchLogsDeliveryTime: time("LatestCloudWatchLogsDeliveryTime"),
    latestCloudWatchLogsDeliveryError: error("LatestCloudWatchLogsDeliveryError"),
    latestNotificationTime: time("LatestNotificationTime"),
    latestNotificationError: error("LatestNotificationError"),
  };
}
