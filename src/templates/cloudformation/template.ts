import { callOf, child, entriesOf, itemsOf, type Node, type Source, textOf } from "./node.ts";

/** A parameter as its template declares it. */
export type Parameter = {
  type: string;
  default: string | undefined;
  allowed: readonly string[] | undefined;
};

/** The sections of a template, none of them evaluated. */
export type Template = {
  source: Source;
  parameters: ReadonlyMap<string, Parameter>;
  mappings: Node | undefined;
  conditions: ReadonlyMap<string, Node>;
  resources: Node | undefined;
  outputs: Node | undefined;
  /** The transforms that may add or change any resource. */
  macros: readonly string[];
  /** With what each parameter or pseudo parameter is compared, or looked up in a mapping. */
  compared: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Transforms of AWS's own that neither add nor change what a trail needs. */
const HARMLESS =
  /^AWS::(?:Serverless-2016-10-31|LanguageExtensions|CodeDeployBlueGreen|SecretsManager-[\d-]+)$/;

/** Sorts a file's content into its sections. */
export function templateOf(source: Source): Template {
  const { root } = source;
  const conditions = [...entriesOf(child(root, "Conditions"))];
  const parameters = [...entriesOf(child(root, "Parameters"))];
  return {
    source,
    parameters: new Map(parameters.map(([name, { value }]) => [name, parameterOf(value)])),
    mappings: child(root, "Mappings"),
    conditions: new Map(conditions.map(([name, { value }]) => [name, value])),
    resources: child(root, "Resources"),
    outputs: child(root, "Outputs"),
    macros: macrosOf(root),
    compared: comparedIn(root),
  };
}

function parameterOf(node: Node): Parameter {
  const allowed = child(node, "AllowedValues");
  const text = (each: Node | undefined) =>
    textOf(each) ?? (each?.kind === "scalar" ? "" : undefined);
  return {
    type: textOf(child(node, "Type")) ?? "String",
    default: text(child(node, "Default")),
    allowed: allowed && itemsOf(allowed).flatMap((each) => text(each) ?? []),
  };
}

function macrosOf(root: Node): string[] {
  const named = itemsOf(child(root, "Transform")).map((each) => {
    return textOf(each) ?? textOf(child(each, "Name")) ?? "a transform";
  });
  return named.filter((name) => !HARMLESS.test(name));
}

function comparedIn(root: Node): Map<string, Set<string>> {
  const compared = new Map<string, Set<string>>();
  const mappings = child(root, "Mappings");
  const note = (subject: Node | undefined, words: Iterable<string>) => {
    const call = subject && callOf(subject);
    const name = call?.name === "Ref" ? textOf(call.argument) : undefined;
    if (name === undefined) return;
    const known = compared.get(name) ?? new Set();
    compared.set(name, known);
    for (const word of words) known.add(word);
  };
  for (const { name, argument } of callsIn(root)) {
    const [first, second, third] = itemsOf(argument);
    if (name === "Fn::Equals") {
      note(first, wordsOf(second));
      note(second, wordsOf(first));
    }
    if (name !== "Fn::FindInMap") continue;
    const map = child(mappings, textOf(first) ?? "");
    note(second, keysOf(map));
    for (const [, { value }] of entriesOf(map)) note(third, keysOf(value));
  }
  return compared;
}

const keysOf = (node: Node | undefined): string[] => [...entriesOf(node)].map(([key]) => key);

/** Every function call as written, top down; without recursion, since a template may be deep. */
function* callsIn(root: Node): Iterable<{ name: string; argument: Node }> {
  const rest: Node[] = [root];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    const call = callOf(node);
    if (call !== undefined) yield call;
    const parts = node.kind === "list" ? node.items : valuesOf(node);
    for (const part of parts.toReversed()) rest.push(part);
  }
}

function wordsOf(node: Node | undefined): string[] {
  const text = textOf(node);
  return text === undefined ? [] : [text];
}

function valuesOf(node: Node): readonly Node[] {
  return node.kind === "map" ? [...node.entries.values()].map(({ value }) => value) : [];
}
