import { inOrder } from "../../evaluate/finding.ts";
import { type Gated, gated } from "../../evaluate/gate/gated.ts";
import type { Side } from "../../evaluate/gate/sides.ts";
import type { SubjectVerdict } from "../../evaluate/verdict.ts";
import type { CheckOptions } from "../../options.ts";
import { templatePolicies } from "../../policy/on-templates.ts";
import type { HeaderRecord } from "../../snapshot/records.ts";
import { lettingIn } from "../../subjects/change/let-in.ts";
import type { Files } from "../../templates/files.ts";
import { VERSION } from "../../version.ts";
import type { Rules } from "../rules.ts";
import { dayOfJudgement } from "../waivers.ts";
import {
  changeSides,
  fatesOf,
  type Inputs,
  statesAfter,
  statesBefore,
  type Worlds,
} from "./change.ts";
import type { LiveComparison } from "./live.ts";
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
  const before = await plannedWorld(statesBefore(inputs), told);
  // What let CloudTrail in and no longer names it has to be looked at all the same.
  const wanted = lettingIn(before.ways.flatMap(({ side }) => side.records));
  const after = await plannedWorld(statesAfter(inputs), { ...told, wanted });
  const worlds: Worlds = { before, after };
  const asked = new Set(templatePolicies(rules.policies).map(({ id }) => id));
  const policies = rules.compiled.filter(({ policy }) => asked.has(policy.id));
  const accepting = { waivers: rules.waivers, today: dayOfJudgement(options.asOf) };
  const fates = fatesOf(inputs, worlds);
  const live = await liveComparison(saved.path, { worlds, fates, rules, accepting });
  const coveredByOthers = live?.coveredByOthers ?? (() => false);
  const sides = changeSides(worlds, {
    fates,
    policies,
    context: rules.subjects,
    coveredByOthers,
  });
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

type Laid = {
  worlds: Worlds;
  fates: ReturnType<typeof fatesOf>;
  rules: Rules;
  accepting: Parameters<typeof gated>[1]["accepting"];
};

async function liveComparison(
  path: string | undefined,
  { worlds, fates, rules, accepting }: Laid,
): Promise<LiveComparison | null> {
  if (path === undefined) return null;
  // Few runs have a snapshot, and it brings the checking of its records along.
  const { compareLive } = await import("./live.ts");
  const ways = { before: worlds.before.ways, after: worlds.after.ways, fates };
  return compareLive(path, ways, { policies: rules.compiled, accepting, subjects: rules.subjects });
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
