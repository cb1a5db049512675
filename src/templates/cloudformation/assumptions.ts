import { isUnknown } from "../../snapshot/unknown.ts";
import type { Scenario } from "./scenarios.ts";
import { type Choice, OTHER, type Variable } from "./scope.ts";

/** What tells scenarios apart: a condition, a parameter or a comparison, with its value in words. */
type Signal = { name: string; of: (scenario: Scenario) => string };

const MOST_WORDS = 3;

/** Says of each group of scenarios what it assumes, in as few words as tell it from the others. */
export function assumptions(
  groups: readonly (readonly Scenario[])[],
  variables: ReadonlyMap<string, Variable>,
): (string | null)[] {
  if (groups.length < 2) return groups.map(() => null);
  const signals = [...parametersOf(variables), ...conditionsOf(groups)];
  const isMixed = ({ of }: Signal) =>
    groups.some(
      (group) => new Set(group.map(of)).size > 1 || group.some((each) => of(each) === ""),
    );
  // What stands first is left out first: what has several values within a group, then parameters,
  // then conditions that follow from others.
  const ordered = [...signals.filter(isMixed), ...signals.filter((each) => !isMixed(each))];
  let told = ordered.map((signal) => groups.map((group) => wordsOf(signal, group)));
  for (const column of [...told]) {
    const fewer = told.filter((each) => each !== column);
    if (tellsApart(fewer, groups.length)) told = fewer;
  }
  return groups.map((_, row) =>
    told
      .map((column) => column[row] ?? "")
      .filter(Boolean)
      .join(" and "),
  );
}

function tellsApart(told: readonly (readonly string[])[], groups: number): boolean {
  const rows = Array.from({ length: groups }, (_, row) =>
    told.map((column) => column[row]).join("\n"),
  );
  return new Set(rows).size === groups;
}

function wordsOf({ name, of }: Signal, group: readonly Scenario[]): string {
  const values = [...new Set(group.map(of))].filter(Boolean);
  if (values.length === 0) return "";
  const shown = values.slice(0, MOST_WORDS);
  if (values.length > MOST_WORDS) shown.push(`${values.length - MOST_WORDS} more`);
  return `${name} is ${shown.join(" or ")}`;
}

function conditionsOf(groups: readonly (readonly Scenario[])[]): Signal[] {
  const names = new Set(groups.flat().flatMap(({ truths }) => [...truths.keys()]));
  // A condition that follows from another was decided after it.
  return [...names].reverse().map((name) => ({
    name,
    of: ({ truths }) => {
      const truth = truths.get(name);
      return truth === undefined || isUnknown(truth) ? "" : String(truth);
    },
  }));
}

function parametersOf(variables: ReadonlyMap<string, Variable>): Signal[] {
  return [...variables.values()].map((variable) => ({
    name: variable.name,
    of: ({ assignment }) => choiceInWords(assignment.get(variable.key), variable),
  }));
}

function choiceInWords(choice: Choice | undefined, { choices }: Variable): string {
  if (choice === undefined) return "";
  if (typeof choice === "boolean") return String(choice);
  if (choice !== OTHER) return JSON.stringify(choice.slice(0, 60));
  const others = choices.filter((each) => typeof each === "string");
  const named = others.slice(0, MOST_WORDS).map((each) => JSON.stringify(each.slice(0, 60)));
  return `other than ${named.join(", ")}${others.length > MOST_WORDS ? ", …" : ""}`;
}
