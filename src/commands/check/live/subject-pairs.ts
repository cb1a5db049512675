import type { Subject } from "../../../subjects/schema/kinds.ts";

/** What a plan alone cannot decide, and a change lays no hand on the number of. */
const KINDS: readonly Subject["kind"][] = ["organization", "account", "region"];

/** Whether subjects of this kind are compared. */
export const isCompared = (kind: Subject["kind"]): boolean => KINDS.includes(kind);

/** A subject as it is and as it will be. */
export type SubjectPair = { before: Subject; after: Subject };

/**
 * Goes through organization, accounts and regions before and after a change, or through what else is
 * the same on both sides, side by side.
 */
export async function* subjectPairs(
  before: AsyncGenerator<Subject>,
  after: AsyncGenerator<Subject>,
  isAsked: (kind: Subject["kind"]) => boolean = isCompared,
): AsyncGenerator<SubjectPair> {
  for (;;) {
    const was = await next(before, isAsked);
    const is = await next(after, isAsked);
    if (was === null && is === null) return;
    if (was === null || is === null || was.fields.id !== is.fields.id) {
      throw new Error(`${was?.fields.id ?? "nothing"} became ${is?.fields.id ?? "nothing"}`);
    }
    yield { before: was, after: is };
  }
}

async function next(
  subjects: AsyncGenerator<Subject>,
  isAsked: (kind: Subject["kind"]) => boolean,
): Promise<Subject | null> {
  for (;;) {
    const read = await subjects.next();
    if (read.done === true) return null;
    if (isAsked(read.value.kind)) return read.value;
  }
}
