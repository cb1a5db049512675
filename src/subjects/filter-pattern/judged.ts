import type { EventClass } from "./event.ts";
import { type Catches, catchesEvery, catchesSome, type Pattern, readPattern } from "./pattern.ts";

/** One pattern, read once; what it makes of a class of events is worked out once too. */
export type Judged = {
  every: (event: EventClass) => Catches;
  some: (event: EventClass) => boolean | { unclear: string };
};

/** Many log groups have the same patterns; so many are remembered. */
const REMEMBERED = 1000;
const remembered = new Map<string, Judged>();

/** What a filter pattern catches. */
export function judgedPattern(text: string): Judged {
  const before = remembered.get(text);
  if (before !== undefined) return before;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const judged = judge(readPattern(text));
  remembered.set(text, judged);
  return judged;
}

function judge(pattern: Pattern): Judged {
  return {
    every: memo((event) => catchesEvery(pattern, event)),
    some: memo((event) => catchesSome(pattern, event)),
  };
}

function memo<T>(ask: (event: EventClass) => T): (event: EventClass) => T {
  const answers = new WeakMap<EventClass, { answer: T }>();
  return (event) => {
    const before = answers.get(event);
    if (before !== undefined) return before.answer;
    const answer = ask(event);
    answers.set(event, { answer });
    return answer;
  };
}
