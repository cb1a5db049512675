import { type Gated, gated } from "../../evaluate/gate/gated.ts";
import type { SubjectVerdict } from "../../evaluate/verdict.ts";
import type { CheckOptions } from "../../options.ts";
import type { HeaderRecord } from "../../snapshot/records.ts";
import type { Files } from "../../templates/files.ts";
import { VERSION } from "../../version.ts";
import { dayOfJudgement } from "../judge-and-report.ts";
import type { Rules } from "../rules.ts";
import { changeSides, type Inputs, statesAfter, statesBefore, type Worlds } from "./change.ts";
import { located, withoutRequests } from "./locate.ts";
import { plannedWorld } from "./planned-world.ts";

/** A change, judged. */
export type JudgedChange = Gated & {
  header: HeaderRecord;
  moves: readonly { from: string; to: string }[];
  /** Every verdict about what is there after the change, worked out where somebody asks for them. */
  all: () => SubjectVerdict[];
  notes: readonly string[];
};

/** Judges the inputs by these rules. */
export async function judgeChange(
  inputs: Inputs,
  rules: Rules,
  { options, files }: { options: CheckOptions; files: Files },
): Promise<JudgedChange> {
  const startedAt = new Date().toISOString();
  const told = { tool: `trailproof/${VERSION}`, startedAt, subjects: rules.subjects };
  const worlds: Worlds = {
    before: await plannedWorld(statesBefore(inputs), told),
    after: await plannedWorld(statesAfter(inputs), told),
  };
  const sides = changeSides(inputs, worlds, {
    policies: rules.compiled,
    coveredByOthers: () => false,
  });
  const accepting = { waivers: rules.waivers, today: dayOfJudgement(options.asOf) };
  const judged = located(gated(sides, { policies: rules.compiled, accepting }), worlds, files);
  const notes = [worlds.before.note, worlds.after.note].filter((note) => note !== null);
  return {
    ...judged,
    header: headerOf(worlds),
    moves: sides.moves,
    all: () => [...sides.after.verdicts.values()].map(({ verdict }) => withoutRequests(verdict)),
    notes: [...new Set(notes)],
  };
}

function headerOf({ after }: Worlds): HeaderRecord {
  const header = after.ways[0]?.side.records.find((record) => record.kind === "header");
  if (header?.kind !== "header") throw new Error("records begin with a header");
  return header;
}
