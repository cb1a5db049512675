import { firstFew } from "../../snapshot/first-few.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import { shown } from "./paths.ts";
import type { SoughtFiles } from "./sought-values.ts";
import type { Untried, ValueWay } from "./value-ways.ts";

/** The files of values that were found near one source, and what came of them. */
export type Looked = SoughtFiles & {
  input: TemplateInput;
  /** The names of variables or parameters that the source asks for, before the change or after it. */
  wanted: ReadonlySet<string>;
  /** The names that a file gives values to. */
  namesIn: (path: string) => readonly string[];
  /** In which ways it may be applied after the change. */
  ways: ValueWay[];
  /** In which of these it may have been applied before. */
  waysBefore: ValueWay[];
  /** Those that cannot be read. */
  untried: Untried[];
  /** Those that are too many. */
  beyond: string[];
};

const MOST_NAMED = 5;

/** What has to be read first: the change touches such files. */
export function leadOf(looked: Looked): string[] {
  const { changed, gone, untried, beyond, input } = looked;
  const not = new Set([...untried.map(({ path }) => path), ...beyond]);
  const judged = [...changed].filter((path) => !not.has(path));
  const left = [...changed].filter((path) => not.has(path));
  const about = (paths: readonly string[]) =>
    `may hold values for ${names(looked, paths)} of ${shown(input.path)}`;
  return [
    ...(judged.length === 0
      ? []
      : [
          `The change touches ${list(judged)}, which ${about(judged)}: judged with ${each(judged)} and with the defaults, because nobody says what is applied; ${cure(judged, input)}.`,
        ]),
    ...[left, gone].flatMap((paths) =>
      paths.length === 0
        ? []
        : [
            `The change touches ${list(paths)}, which ${about(paths)} and is not judged, because nobody says that it is applied: ${cure(paths, input)}.`,
          ],
    ),
  ];
}

/** What is said of such files beside the source. */
export function notesOf(looked: Looked): string[] {
  const { sought, changed, untried, beyond, examples, input } = looked;
  const not = new Set([...untried.map(({ path }) => path), ...beyond]);
  const same = sought
    .map(({ path }) => path)
    .filter((path) => !changed.has(path) && !not.has(path));
  const isAre = (paths: readonly string[]) => (paths.length === 1 ? "is" : "are");
  return [
    ...(same.length === 0
      ? []
      : [
          `Values for ${names(looked, same)} may be in ${list(same)}, which nobody says it is applied with: judged with ${each(same)} and with the defaults; ${cure(same, input)}.`,
        ]),
    ...untried
      .slice(0, MOST_NAMED)
      .map(({ path, why }) => `${shown(path)} is not judged with: ${why.slice(0, 300)}.`),
    ...(beyond.length === 0
      ? []
      : [
          `There are too many files of values to judge with each: ${list([...new Set(beyond)])} ${isAre(beyond)} not tried; ${cure(beyond, input)}.`,
        ]),
    ...(examples.length === 0
      ? []
      : [`Being called an example, ${list(examples)} ${isAre(examples)} not judged with.`]),
  ];
}

const each = (paths: readonly string[]): string => (paths.length === 1 ? "it" : "each of them");

/** The names that the source asks for and these files give values to. */
function names({ wanted, namesIn }: Looked, paths: readonly string[]): string {
  const given = new Set(paths.flatMap((path) => namesIn(path)).filter((name) => wanted.has(name)));
  return [...given].slice(0, MOST_NAMED).join(", ");
}

/** The line of the config by which the values are read. */
function cure(paths: readonly string[], { kind, path, stack }: TemplateInput): string {
  const name = /^[\w./-]+$/.test(stack) && stack !== "." ? stack : "a-name";
  const place = `stacks: [{ name: ${name}, path: ${shown(path)}, `;
  const [first = ""] = paths;
  return kind === "terraform-source"
    ? `in trailproof.yaml write ${place}variableFiles: [${shown(first)}] }]`
    : `in trailproof.yaml write them as ${place}parameters: { … } }]`;
}

function list(paths: readonly string[]): string {
  return firstFew(paths.map(shown), MOST_NAMED);
}
