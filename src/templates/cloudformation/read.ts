import type { Files } from "../files.ts";
import type { TemplateInput } from "../resource.ts";
import type { Value } from "../value.ts";
import { child, entriesOf, locationOf, textOf } from "./node.ts";
import { openScope } from "./open-scope.ts";
import { type Open, type Scenarios, scenariosOf } from "./scenarios.ts";
import type { Describe, World } from "./scope.ts";
import { readSource } from "./source.ts";
import { statesOf } from "./states.ts";
import { type Template, templateOf } from "./template.ts";

/** What is known about a stack beside its template. */
export type StackOptions = {
  /** The name that the findings give it. */
  stack: string;
  /** The values of its parameters; those not given take their defaults. */
  parameters?: Readonly<Record<string, string>>;
  region?: string;
  accountId?: string;
};

/** A template as it is read, before it is said of which kind of input it is. */
export type TemplateRead = Pick<TemplateInput, "after" | "parts" | "notes" | "asked">;

/**
 * Reads a template with those nested in it; null: it is no template. Throws AuditError
 * `bad-template`, naming file and line, where it cannot be read.
 */
export function readTemplate(
  files: Files,
  path: string,
  { describe = nothing, ...options }: StackOptions & { describe?: Describe },
): TemplateRead | null {
  const source = readSource(files, path);
  if (source === null) return null;
  const supplied = suppliedBy(options);
  return readParsed(templateOf(source), { files, supplied, prefix: "", describe });
}

/** What is known about a template that is parsed, beside itself. */
export type ParsedOptions = {
  files: Files;
  /** Values of parameters and pseudo parameters; one that is not known takes no default. */
  supplied: ReadonlyMap<string, Value>;
  /** What stands before the addresses of its resources. */
  prefix: string;
  describe?: Describe;
};

/** As `readTemplate`, of a template that is parsed. */
export function readParsed(
  template: Template,
  { files, supplied, prefix, describe = nothing }: ParsedOptions,
): TemplateRead {
  const path = template.source.file;
  const templates = new Map<string, Template | null>([[path, template]]);
  const defaults = new Set<string>();
  const asked = new Set<string>();
  const open: Open = (assignment, fuel) => {
    const world: World = {
      ...freshWorld(),
      files,
      templates,
      assignment,
      defaults,
      asked,
      fuel,
      describe,
    };
    return openScope({
      world,
      template,
      prefix,
      parameters: supplied,
      within: null,
      around: [path],
    });
  };
  const scenarios = scenariosOf(open);
  const parts = [...templates].filter(([file, found]) => found !== null && file !== path);
  return {
    after: statesOf(scenarios),
    parts: parts.map(([file]) => file),
    notes: [
      ...[...templates.values()].flatMap(repeatedKeys),
      ...assumed(template, { supplied, defaults, scenarios }),
    ],
    asked: [...asked],
  };
}

const nothing: Describe = ({ path }) => ({
  title: path === null ? null : titleOf(path),
  location: null,
});

/** A construct's path as people write it: the resource at its end is the construct's own. */
export function titleOf(path: string): string {
  return path.replace(/^\//, "").replace(/\/(?:Resource|Default)$/, "");
}

function freshWorld(): Omit<
  World,
  "files" | "templates" | "assignment" | "fuel" | "describe" | "defaults" | "asked"
> {
  return {
    touched: new Map(),
    undecided: 0,
    truths: new Map(),
    under: new Set(),
    nested: new Map(),
    known: new Map(),
    depth: 0,
  };
}

function suppliedBy({ parameters = {}, region, accountId }: Omit<StackOptions, "stack">) {
  const supplied = new Map<string, Value>(Object.entries(parameters));
  if (region !== undefined) supplied.set("AWS::Region", region);
  if (accountId !== undefined) supplied.set("AWS::AccountId", accountId);
  return supplied;
}

/** Which of two values counts is for AWS's parser to say, so that neither does here. */
function repeatedKeys(template: Template | null): string[] {
  const { source } = template ?? {};
  if (source === undefined) return [];
  return source.repeated.slice(0, 20).map(({ name, at }) => {
    const { file, line } = locationOf(source, at);
    return `${file}:${line}: ${name.slice(0, 100)} is written twice in one object.`;
  });
}

type Assumed = {
  supplied: ParsedOptions["supplied"];
  defaults: ReadonlySet<string>;
  scenarios: Scenarios;
};

function assumed(template: Template, { supplied, defaults, scenarios }: Assumed): string[] {
  const strangers = [...supplied.keys()].filter(
    (name) => !template.parameters.has(name) && !name.startsWith("AWS::"),
  );
  const { untried } = scenarios;
  return [
    ...(defaults.size === 0 ? [] : [`Taken at their defaults: ${listed([...defaults])}.`]),
    ...(strangers.length === 0 ? [] : [`The template has no parameter ${listed(strangers)}.`]),
    ...(untried.length === 0
      ? []
      : [`Left open, having too many combinations: ${listed(untried)}.`]),
    ...untypedIn(template),
  ];
}

function listed(names: readonly string[]): string {
  const more = names.length > 10 ? ` and ${names.length - 10} more` : "";
  return `${names.slice(0, 10).join(", ")}${more}`;
}

/** A resource without a type is no resource, and should not vanish unsaid. */
function untypedIn({ source, resources }: Template): string[] {
  const untyped = [...entriesOf(resources)].filter(([name, { value }]) => {
    return !name.startsWith("Fn::") && textOf(child(value, "Type")) === undefined;
  });
  return untyped.slice(0, 5).map(([name, { key }]) => {
    return `${source.file}:${locationOf(source, key).line}: ${name} has no type and is passed over.`;
  });
}
