import type { Alarm, AlarmMetric } from "../snapshot/resources/alarm.ts";
import { type Fact, unknown } from "../snapshot/unknown.ts";

/** What an alarm compares with its threshold. */
export type Compared = {
  metric: AlarmMetric;
  /** Whether a period without data counts as 0. */
  isFilled: boolean;
};

/** An alarm has ten metrics and expressions at most; expressions that name each other end here. */
const MOST_STEPS = 10;

/** The metric that an alarm compares, where its maths only hands it on; unknown where it does more. */
export function compared({ name, compared: first, metrics, expressions }: Alarm): Fact<Compared> {
  let id = first;
  let isFilled = false;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const metric = metrics.find((each) => each.id === id);
    if (metric !== undefined) return { metric, isFilled };
    const handed = handedOn(expressions.find((each) => each.id === id)?.expression ?? "");
    if (handed === null) break;
    isFilled ||= handed.isFilled;
    id = handed.id;
  }
  return unknown("unsupported", { detail: `what the alarm ${name} makes of its metrics` });
}

/** An id by itself, or with zeros in the gaps: what it has in a period with data stays as it is. */
const HANDED_ON = /^\s*(?:([a-z]\w*)|(FILL)\s*\(\s*([a-z]\w*)\s*,\s*0\s*\))\s*$/;

function handedOn(expression: string): { id: string; isFilled: boolean } | null {
  const [, bare, fill, filled] = HANDED_ON.exec(expression) ?? [];
  const id = bare ?? filled;
  return id === undefined ? null : { id, isFilled: fill !== undefined };
}
