import type { Observation, Provenance } from "../snapshot/observation.ts";
import { type Json, plain } from "../snapshot/unknown.ts";

/** One call that was made, and its answer as JSON text; null where nothing of it is kept. */
export type Evidence = { observation: Observation; answer: string | null };

/** Longer answers are cut. */
const ANSWER_LIMIT = 16 * 1024;

/** Where a record's facts come from, gathered while the record is made. */
export type Notebook = Provenance & {
  /** Keeps a call, once; returns its index. */
  note(evidence: Evidence): number;
  /** Says that these facts were told by this call, where one was made. */
  tells(pointers: readonly string[], evidence: Evidence | null): void;
};

/** An empty notebook for one record. */
export function openNotebook(): Notebook {
  const observations: Observation[] = [];
  const sources: Record<string, number> = {};
  const indexes = new Map<Evidence, number>();
  const answers = new Map<string, number>();

  const note = (evidence: Evidence): number => {
    const known = indexes.get(evidence);
    if (known !== undefined) return known;
    const index = observations.push(withAnswer(evidence, answers, observations.length)) - 1;
    indexes.set(evidence, index);
    return index;
  };
  return {
    observations,
    sources,
    note,
    tells(pointers, evidence) {
      if (evidence === null) return;
      const index = note(evidence);
      for (const pointer of pointers) sources[pointer] = index;
    },
  };
}

function withAnswer(
  { observation, answer }: Evidence,
  answers: Map<string, number>,
  index: number,
): Observation {
  if (answer === null) return observation;
  const same = answers.get(answer);
  if (same !== undefined) return { ...observation, sameAnswerAs: same };
  answers.set(answer, index);
  return { ...observation, answer: bounded(answer) };
}

function bounded(answer: string): Json {
  if (answer.length > ANSWER_LIMIT) {
    return { cut: answer.slice(0, ANSWER_LIMIT), length: answer.length };
  }
  const parsed: Json = JSON.parse(answer);
  return plain(parsed);
}
