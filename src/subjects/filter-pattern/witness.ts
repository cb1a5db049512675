import { ABSENT, type EventClass, type Field, fieldAt, possibleValues } from "./event.ts";
import type { Comparison, Expression } from "./expression.ts";

/** No more than this many events are tried of one class. */
const TRIED = 96;

/**
 * Events of the class that differ in the fields that the pattern looks at: all with values that it
 * does not name, all with the first that it does, and each field by itself with each of its own.
 */
export function* samples(expression: Expression, event: EventClass): Generator<EventClass> {
  const choices = choicesOf(expression, event);
  if (choices.size === 0) return;
  const unnamed = chosen(choices, (values) => values[0]);
  const absent = chosen(choices, (values) => values.findLast((each) => "absent" in each));
  const named = chosen(choices, (values) => values[1]);
  const bases = [unnamed, new Map([...unnamed, ...absent]), new Map([...unnamed, ...named])];
  let left = TRIED;
  for (const base of bases) {
    for (const [path, values] of choices) {
      for (const value of values) {
        if (left-- === 0) return;
        yield overlaid(event, new Map([...base, [path, value]]));
      }
    }
  }
}

type Choices = Map<string, Field[]>;

function choicesOf(expression: Expression, event: EventClass): Choices {
  const named = new Map<string, { path: readonly string[]; values: string[] }>();
  for (const { path, value } of comparisons(expression)) {
    const key = path.join(".");
    const before = named.get(key);
    if (before === undefined) named.set(key, { path, values: [value] });
    else before.values.push(value);
  }
  const choices: Choices = new Map();
  for (const [key, { path, values }] of named) {
    const possible = possibleValues(fieldAt(event, path), values);
    if (possible.length > 0) choices.set(key, possible);
  }
  return choices;
}

/** Every comparison of a pattern. */
export function* comparisons(expression: Expression): Generator<Comparison> {
  if (expression.kind === "comparison") yield expression;
  else for (const part of expression.parts) yield* comparisons(part);
}

function chosen(choices: Choices, pick: (values: Field[]) => Field | undefined) {
  const picked = new Map<string, Field>();
  for (const [path, values] of choices) {
    const value = pick(values);
    if (value !== undefined) picked.set(path, value);
  }
  return picked;
}

/** A part of a field that has a plain value, or none, is not there either. */
function overlaid(event: EventClass, values: ReadonlyMap<string, Field>): EventClass {
  const fields = new Map([...event.fields, ...values]);
  for (const path of values.keys()) {
    const isInside = [...values.keys()].some((other) => path.startsWith(`${other}.`));
    if (isInside) fields.set(path, ABSENT);
  }
  return { name: event.name, fields };
}
