import { join } from "node:path";
import type { LiveWays, Way } from "../../../src/commands/check/live/overlays.ts";
import {
  compareLive,
  type LiveComparison,
  liveSnapshot,
} from "../../../src/commands/check/live.ts";
import type { Waiver } from "../../../src/evaluate/waiver.ts";
import { builtinPolicies } from "../../../src/policy/builtin.ts";
import { compilePolicy } from "../../../src/policy/compile.ts";
import type { SnapshotRecord } from "../../../src/snapshot/records.ts";
import { writeSnapshot } from "../../../src/snapshot/write.ts";
import type { TemplateResource } from "../../../src/templates/resource.ts";
import { CONTEXT } from "../../subjects/a-snapshot.ts";
import { sideOf } from "../../subjects/overlay/a-change.ts";
import { folder } from "../../whole-path/judged.ts";

const policies = builtinPolicies()
  .filter(({ parameters }) => Object.values(parameters ?? {}).every((each) => "default" in each))
  .map((policy) => compilePolicy(policy, {}));

/** Writes a snapshot file; gives its path. */
export async function snapshotFile(records: readonly SnapshotRecord[]): Promise<string> {
  const path = join(folder(), "snapshot.ndjson.gz");
  const writer = await writeSnapshot(path);
  for (const record of records) if (record.kind !== "end") await writer.append(record);
  await writer.end();
  return path;
}

/** One way in which what these resources are may turn out. */
export const way = (
  resources: readonly TemplateResource[],
  assuming: string | null = null,
): Way => ({ side: sideOf(resources), possibility: { assuming: () => assuming } });

export const NO_FATES: LiveWays["fates"] = {
  movedTo: new Map(),
  replaced: new Set(),
  forgotten: new Set(),
};

type Settings = { waivers?: readonly Waiver[]; today?: string };

/** Lays a change over a snapshot. */
export async function comparedWays(
  records: readonly SnapshotRecord[],
  ways: Omit<LiveWays, "fates"> & Partial<LiveWays>,
  { waivers = [], today = "2026-11-21" }: Settings = {},
): Promise<LiveComparison> {
  const context = { policies, subjects: CONTEXT, accepting: { waivers, today } };
  return compareLive(
    await liveSnapshot(await snapshotFile(records)),
    { fates: NO_FATES, ...ways },
    context,
  );
}

/** Lays the change of one plan over a snapshot. */
export const compared = (
  records: readonly SnapshotRecord[],
  [before, after]: readonly [readonly TemplateResource[], readonly TemplateResource[]],
  settings: Settings = {},
): Promise<LiveComparison> =>
  comparedWays(records, { before: [way(before)], after: [way(after)] }, settings);

/** Verdict, policy, subject and regions of each finding, as one line. */
export const lines = ({ findings }: Pick<LiveComparison, "findings">): string[] =>
  findings.map(({ verdict, policy, subject, regions }) =>
    [verdict, policy, subject.id, ...regions].join(" "),
  );
