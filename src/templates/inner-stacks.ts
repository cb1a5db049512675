import { AuditError } from "../errors.ts";
import { isUnknown, merged, unknown } from "../snapshot/unknown.ts";
import { readParsed } from "./cloudformation/read.ts";
import type { Files } from "./files.ts";
import { innerTemplate } from "./inner-body.ts";
import { innerChanges } from "./inner-changes.ts";
import { unseenStack } from "./inner-unseen.ts";
import { isStack } from "./is-stack.ts";
import type { TemplateInput, TemplateResource, TemplateState, UnseenModule } from "./resource.ts";
import { isReference, isText, type Value } from "./value.ts";

/** What the template of one stack makes, or why that is not seen. */
type Inner = { resources: readonly TemplateResource[]; unseen: UnseenModule | null };

/**
 * An input of Terraform in which each CloudFormation stack is replaced by what its template makes,
 * each with the stack's address before its own, as in `aws_cloudformation_stack.audit/Trail`. What
 * has a template that is not at hand is unseen as a module is.
 */
export function withInnerStacks(input: TemplateInput, files: Files): TemplateInput {
  const texts = new Map(
    (input.texts ?? []).map((path) => [new TextDecoder().decode(files.read(path) ?? EMPTY), path]),
  );
  const parts = new Set<string>();
  const opened = new Map<TemplateResource, Inner>();
  const inner = (resource: TemplateResource): Inner => {
    const known = opened.get(resource) ?? openStack(resource, { texts, parts });
    opened.set(resource, known);
    return known;
  };
  const [first, ...others] = input.after.map((state) => withInner(state, inner));
  if (first === undefined) return input;
  const before = input.before === null ? null : withInner(input.before, inner);
  return {
    ...input,
    before,
    after: [first, ...others],
    changes: innerChanges(input.changes, { before, after: first }),
    parts: [...new Set([...input.parts, ...parts])].sort(),
  };
}

const EMPTY = new Uint8Array();

function withInner(
  state: TemplateState,
  inner: (resource: TemplateResource) => Inner,
): TemplateState {
  const unseen: UnseenModule[] = [];
  const resources = state.resources.flatMap((resource) => {
    if (!isStack(resource.type)) return [resource];
    const found = inner(resource);
    if (found.unseen !== null) unseen.push(found.unseen);
    return found.resources;
  });
  if (unseen.length === 0) return { ...state, resources };
  const before = state.unseen ?? { modules: [], otherwise: state.open };
  const why = [...(state.open === null ? [] : [state.open]), ...unseen.map((each) => each.why)];
  return {
    ...state,
    resources,
    open: merged(why),
    unseen: { ...before, modules: [...before.modules, ...unseen] },
  };
}

type Read = { texts: ReadonlyMap<string, string>; parts: Set<string> };

function openStack(stack: TemplateResource, read: Read): Inner {
  const body = stack.values["template_body"] ?? null;
  const file = typeof body === "string" ? read.texts.get(body) : undefined;
  try {
    const found = body === null ? null : innerTemplate(body, file ?? stack.address);
    if (found === null) return notAtHand(stack, "its template is not at hand");
    for (const path of templatesIn(read.texts)) read.parts.add(path);
    return made(stack, { ...found, isFile: file !== undefined });
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    return notAtHand(stack, `its template cannot be read: ${error.message}`);
  }
}

/** Files that Terraform reads are no stacks by themselves. */
function templatesIn(texts: ReadonlyMap<string, string>): string[] {
  return [...texts].flatMap(([text, path]) => (/\bAWS::/.test(text) ? [path] : []));
}

type Found = NonNullable<ReturnType<typeof innerTemplate>> & { isFile: boolean };

function made(stack: TemplateResource, { template, holes, isFile }: Found): Inner {
  const { after } = readParsed(template, {
    files: { read: () => null, list: () => [] },
    prefix: `${stack.address}/`,
    supplied: new Map([...holes, ...parametersOf(stack), ...placesOf(stack)]),
  });
  const inner = (resource: TemplateResource) => within(stack, resource, isFile);
  const open = after.flatMap((state) => (state.open === null ? [] : [state.open]));
  return {
    resources: together(after).map(inner),
    unseen: open.length === 0 ? null : unseenStack(stack, merged(open)),
  };
}

/** Stack sets make their stacks in accounts and regions of their own. */
const isSet = ({ type }: TemplateResource): boolean => /stack_?set$/i.test(type);

function placesOf(stack: TemplateResource): [string, Value][] {
  if (isSet(stack)) return [];
  const { region, accountId } = stack;
  return [
    ...(isUnknown(region) ? [] : [["AWS::Region", region] as [string, Value]]),
    ...(isUnknown(accountId) ? [] : [["AWS::AccountId", accountId] as [string, Value]]),
  ];
}

/** An object, or a list of keys and values as in CloudFormation. */
function parametersOf({ values }: TemplateResource): [string, Value][] {
  const given = values["parameters"] ?? null;
  if (typeof given !== "object" || given === null) return [];
  if (isUnknown(given) || isReference(given) || isText(given)) return [];
  if (!Array.isArray(given)) return Object.entries(given).map(([key, each]) => [key, text(each)]);
  return given.flatMap((each: Value): [string, Value][] => {
    if (typeof each !== "object" || each === null || Array.isArray(each)) return [];
    const [key, value] = ["parameter_key", "parameter_value"].map((name) =>
      Reflect.get(each, name),
    );
    return typeof key === "string" ? [[key, text(value ?? null)]] : [];
  });
}

const text = (value: Value): Value =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : value;

function within(
  stack: TemplateResource,
  resource: TemplateResource,
  isFile: boolean,
): TemplateResource {
  const own = isSet(stack) ? instancesOf(stack) : stack;
  return {
    ...resource,
    presence: stack.presence === true ? resource.presence : stack.presence,
    region: own.region,
    accountId: own.accountId,
    locate: isFile ? resource.locate : () => stack.locate("/template_body"),
  };
}

const instancesOf = ({ address }: TemplateResource) => ({
  region: unknown("unresolved", { detail: `the region of an instance of ${address}` }),
  accountId: unknown("unresolved", { detail: `the account of an instance of ${address}` }),
});

/** Where the template leaves open what it makes, what is not the same in each case is not known. */
function together(states: readonly TemplateState[]): TemplateResource[] {
  const [first, ...others] = states;
  const all = new Map<string, TemplateResource[]>();
  for (const each of states.flatMap(({ resources }) => resources)) {
    all.set(each.address, [...(all.get(each.address) ?? []), each]);
  }
  return [...all.values()].flatMap((found) => {
    const [one, ...more] = found;
    if (one === undefined || first === undefined) return [];
    const isSame = more.every((each) => each === one) && found.length === others.length + 1;
    return [isSame ? one : undecided(one, found)];
  });
}

function undecided(one: TemplateResource, all: readonly TemplateResource[]): TemplateResource {
  const open = unknown("unresolved", { detail: `what the template of ${one.address} is given` });
  const names = new Set(all.flatMap(({ values }) => Object.keys(values)));
  const values = [...names].map((name): [string, Value] => {
    const written = JSON.stringify(one.values[name]);
    const isSame = all.every((each) => JSON.stringify(each.values[name]) === written);
    return [name, isSame ? (one.values[name] ?? null) : open];
  });
  return { ...one, values: Object.fromEntries(values), presence: open };
}

function notAtHand(stack: TemplateResource, what: string): Inner {
  const detail = `${stack.address}: ${what}; it is taken not to touch what it is not given`;
  const why = unknown("unresolved", { detail: detail.slice(0, 300) });
  return { resources: [], unseen: unseenStack(stack, why) };
}
