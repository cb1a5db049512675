import { AuditError } from "../../errors.ts";
import type { Files } from "../../templates/files.ts";
import { kindOf } from "../../templates/records/kinds.ts";
import type { TemplateInput, TemplateState } from "../../templates/resource.ts";
import type { StackDefinition } from "./inputs.ts";
import { placeOf, within } from "./near-values.ts";
import { jsonParameters, samParameters } from "./parameter-files.ts";
import { readOne } from "./read-one.ts";

/** A file of values near a source. */
export type ValueFile = {
  path: string;
  /** Where the same file lies before the change; null: it comes with it, or there is no base. */
  former: string | null;
};

/** One side of a change of one stack: its source, and what it is said to be applied with. */
export type ValueSide = {
  files: Files;
  input: TemplateInput;
  definition: StackDefinition | null;
};

/** What a source is, applied with one set of values. */
export type ValueWay = {
  /** From the source's folder; the same on both sides of a change. */
  key: string;
  /** Which of several sets in one file; empty: there is one. */
  label: string;
  path: string;
  states: readonly TemplateState[];
  /** Whether it differs from the source without these values. */
  differs: boolean;
};

/** What cannot be tried, in a sentence's part. */
export type Untried = { path: string; why: string };

/** Reads a source with each set of values in a file; `path` is where the file lies on this side. */
export async function waysOf(
  side: ValueSide,
  file: ValueFile,
  path: string,
): Promise<ValueWay[] | Untried> {
  const sets = setsIn(side, path);
  if (sets === null) return { path, why: "it has a form that is not known" };
  const plain = outline(side.input.after);
  const ways: ValueWay[] = [];
  for (const { label, values } of sets) {
    const input = await attempt(side, values);
    if (input === null || typeof input === "string")
      return { path, why: input ?? "nothing is read" };
    const name = label === "" ? file.path : `${file.path} (${label})`;
    const states = input.after.map((state) => appliedWith(state, name.slice(0, 300)));
    ways.push({
      key: within(placeOf(side.input), path) + (label === "" ? "" : ` (${label})`),
      label,
      path: file.path,
      states,
      differs: outline(input.after) !== plain,
    });
  }
  return ways;
}

function appliedWith(state: TemplateState, name: string): TemplateState {
  const and = state.assuming === null ? "" : ` and ${state.assuming}`;
  return { ...state, assuming: `it is applied with ${name}${and}` };
}

/** As far as anything is judged. */
function outline(states: readonly TemplateState[]): string {
  return JSON.stringify(
    states.map(({ resources, open }) => [
      resources.filter((each) => kindOf(each) !== undefined),
      open,
    ]),
  );
}

type Values = Pick<StackDefinition, "parameters" | "variableFiles">;

function setsIn(
  { files, input }: ValueSide,
  path: string,
): { label: string; values: Values }[] | null {
  if (input.kind === "terraform-source") {
    return [{ label: "", values: { parameters: {}, variableFiles: [path] } }];
  }
  const text = new TextDecoder("utf-8").decode(files.read(path) ?? new Uint8Array());
  const sets = path.endsWith(".toml") ? samParameters(text) : jsonParameters(text);
  return (
    sets?.map(({ label, values }) => ({
      label,
      values: { parameters: values, variableFiles: [] },
    })) ?? null
  );
}

/** The source with these values; a text: why it cannot be read. */
async function attempt(
  { files, input, definition }: ValueSide,
  values: Values,
): Promise<TemplateInput | string | null> {
  const { path, stack } = input;
  const chosen = {
    kind: input.kind === "terraform-source" ? ("terraform" as const) : ("template" as const),
    path,
    name: stack,
    isNamed: false,
    isInstead: false,
    folder: null,
    definition: {
      ...(definition ?? { name: stack, path, plan: null, account: null, region: null }),
      ...values,
    },
  };
  try {
    const [read] = await readOne(files, chosen, "head");
    return read ?? null;
  } catch (error) {
    if (error instanceof AuditError) return error.message;
    throw error;
  }
}
