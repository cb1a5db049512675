import { inOrder } from "../../evaluate/finding.ts";
import { type Gated, gated } from "../../evaluate/gate/gated.ts";
import type { Side } from "../../evaluate/gate/sides.ts";
import type { SubjectVerdict } from "../../evaluate/verdict.ts";
import type { CheckOptions } from "../../options.ts";
import { templatePolicies } from "../../policy/on-templates.ts";
import type { HeaderRecord } from "../../snapshot/records.ts";
import type { Files } from "../../templates/files.ts";
import { VERSION } from "../../version.ts";
import type { Rules } from "../rules.ts";
import { dayOfJudgement } from "../waivers.ts";
import {
  changeSides,
  type Inputs,
  isUntouched,
  losesNothing,
  NO_LOSSES,
  statesAfter,
  statesBefore,
  type ToldFates,
  toldBy,
  type Worlds,
} from "./change.ts";
import type { LiveComparison, LiveSnapshot } from "./live.ts";
import { located, withoutRequests } from "./locate.ts";
import { plannedWorld } from "./planned-world.ts";
import { stayingNote } from "./staying.ts";

/** A change, judged. */
export type JudgedChange = Gated & {
  header: HeaderRecord;
  moves: readonly { from: string; to: string }[];
  /** Trails that go, by id, of which a snapshot shows that others record all that they did. */
  covered: readonly string[];
  /** Every verdict about what is there after the change, worked out where somebody asks for them. */
  all: () => SubjectVerdict[];
  /** What it makes of the snapshot that was given; null: none was. */
  live: LiveComparison | null;
  notes: readonly string[];
};

type Asked = {
  options: CheckOptions;
  files: Files;
  /** The snapshot that may be believed, and what is to be told of it. */
  live: { path: string | undefined; notes: readonly string[] };
};

/** Judges the inputs by these rules. */
export async function judgeChange(
  inputs: Inputs,
  rules: Rules,
  { options, files, live: saved }: Asked,
): Promise<JudgedChange> {
  const startedAt = new Date().toISOString();
  const told = { tool: `trailproof/${VERSION}`, startedAt, subjects: rules.subjects };
  const snapshot = await snapshotAt(saved.path);
  const users = snapshot?.users;
  const named = users?.named ?? new Set<string>();
  const losing = await losingOf(inputs, snapshot);
  const before = await plannedWorld(statesBefore(inputs), { ...told, named });
  const wanted = losing?.wantedAfter(before, users) ?? new Set<string>();
  const after = isUntouched(inputs)
    ? before
    : await plannedWorld(statesAfter(inputs), { ...told, named, wanted });
  const worlds: Worlds = { before, after };
  const asked = new Set(templatePolicies(rules.policies).map(({ id }) => id));
  const policies = rules.compiled.filter(({ policy }) => asked.has(policy.id));
  const accepting = { waivers: rules.waivers, today: dayOfJudgement(options.asOf) };
  const fates = losing?.fatesOf(inputs, worlds) ?? toldBy(inputs.head);
  const live = await liveComparison(snapshot, { worlds, fates, rules, accepting });
  const losses = losing?.lossesOf(worlds, {
    ...fates,
    ...(users === undefined
      ? {}
      : { liveUsersOf: users.usersOf, hasNoLiveTrail: users.hasNoTrail }),
    context: rules.subjects,
    coveredByOthers: live?.coveredByOthers ?? (() => false),
  });
  const sides = changeSides(worlds, { fates, losses: losses ?? NO_LOSSES, policies });
  const judged = located(gated(sides, { policies, accepting }), worlds, files);
  const noted = [worlds.before.note, worlds.after.note, stayingNote(sides.losses)];
  const notes = noted.filter((note) => note !== null);
  return {
    ...(live === null ? judged : withLive(judged, live)),
    header: headerOf(worlds),
    moves: sides.moves,
    covered: coveredAmong(sides.losses),
    all: () => [...sides.after.verdicts.values()].map(({ verdict }) => withoutRequests(verdict)),
    live,
    notes: [...new Set([...saved.notes, ...notes, ...(live?.notes ?? [])])],
  };
}

/** What tells losses; null: there are none. */
async function losingOf(inputs: Inputs, snapshot: LiveSnapshot | null) {
  const isAsked = snapshot !== null || !losesNothing(inputs);
  return isAsked ? import("./losses.ts") : null;
}

type Laid = {
  worlds: Worlds;
  fates: ToldFates;
  rules: Rules;
  accepting: Parameters<typeof gated>[1]["accepting"];
};

/** Few runs have a snapshot, and it brings the checking of its records along. */
async function snapshotAt(path: string | undefined): Promise<LiveSnapshot | null> {
  return path === undefined ? null : (await import("./live.ts")).liveSnapshot(path);
}

async function liveComparison(
  snapshot: LiveSnapshot | null,
  { worlds, fates, rules, accepting }: Laid,
): Promise<LiveComparison | null> {
  if (snapshot === null) return null;
  const { compareLive } = await import("./live.ts");
  const ways = { before: worlds.before.ways, after: worlds.after.ways, fates };
  return compareLive(snapshot, ways, {
    policies: rules.compiled,
    accepting,
    subjects: rules.subjects,
  });
}

function withLive(judged: Gated, live: LiveComparison): Gated {
  const mended = live.mended.map(({ policy, subject }) => ({
    policy,
    subject: subject.id,
    was: "fail" as const,
  }));
  return {
    ...judged,
    findings: [...judged.findings, ...live.findings].sort(inOrder),
    explained: [...judged.explained, ...live.explained].sort(inOrder),
    waived: [...judged.waived, ...live.waived].sort(inOrder),
    improvements: [...judged.improvements, ...mended],
  };
}

function coveredAmong({ verdicts }: Side): string[] {
  const ids = [...verdicts.values()].flatMap(({ subject, verdict }) =>
    subject.kind === "change" &&
    subject.fields.coveredByOthers === true &&
    verdict.policy === "change-keeps-trail" &&
    (subject.fields.fate === "deleted" || subject.fields.fate === "replaced")
      ? [subject.fields.id]
      : [],
  );
  return [...new Set(ids)];
}

function headerOf({ after }: Worlds): HeaderRecord {
  const header = after.ways[0]?.side.records.find((record) => record.kind === "header");
  if (header?.kind !== "header") throw new Error("records begin with a header");
  return header;
}
