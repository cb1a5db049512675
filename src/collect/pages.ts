import { type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Answer } from "./call.ts";
import type { Evidence } from "./evidence.ts";

/** All pages that were read; `cut` says why there may be more. */
export type Pages<T> = { pages: T[]; evidence: Evidence[]; cut: Unknown | null };

const MOST_PAGES = 5000;

/**
 * Reads page after page until there is no token, `most` at most: AWS may give a page that is empty
 * and not the last.
 */
export async function everyPage<T>(
  ask: (token: string | undefined) => Promise<Answer<T>>,
  tokenOf: (page: T) => string | undefined,
  most = MOST_PAGES,
): Promise<Pages<T>> {
  const read: Pages<T> = { pages: [], evidence: [], cut: null };
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const answer = await ask(token);
    if (answer.evidence !== null) read.evidence.push(answer.evidence);
    if (!answer.ok) return { ...read, cut: answer.unknown };
    read.pages.push(answer.value);
    token = tokenOf(answer.value);
    if (token === undefined || token === "") return read;
    if (seen.has(token) || read.pages.length >= most) {
      return { ...read, cut: unknown("unsupported", { detail: "the pages do not end" }) };
    }
    seen.add(token);
  }
}
