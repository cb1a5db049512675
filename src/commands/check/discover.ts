import { AuditError } from "../../errors.ts";
import { firstFew } from "../../snapshot/first-few.ts";
import type { Files } from "../../templates/files.ts";
import { findInputs, isCdkFolder, isConfigurationFile } from "../../templates/find.ts";
import type { InputRequest } from "./inputs.ts";
import { folderOf, holdsSource, kindAt, nameOf, shown, spelled } from "./paths.ts";
import { nothingKnown, recognised } from "./recognise.ts";

/** One thing that can be judged: a plan's or template's file, a folder of Terraform or the CDK. */
export type Candidate = {
  kind: "plan" | "terraform" | "template" | "cdk";
  path: string;
  /** What the user calls it; null: nothing. */
  name: string | null;
  /** Whether it was asked for, and not only found. */
  isNamed: boolean;
  /** Whether a plan was asked for that nobody could make. */
  isInstead: boolean;
};

/** What the paths of a request lead to. */
export type Discovery = {
  candidates: readonly Candidate[];
  passedOver: readonly string[];
  lead: readonly string[];
};

type Given = InputRequest["paths"][number];
type Search = { files: Files; request: InputRequest; side: "head" | "base" };
type Finds = { candidates: Candidate[]; passedOver: string[]; lead: string[] };

/**
 * Finds what the paths of a request lead to. At the base a path that is not there leads to nothing;
 * at the head it throws `bad-option`, unless it is the plan of a fork's change.
 */
export async function discover(
  files: Files,
  request: InputRequest,
  side: "head" | "base",
): Promise<Discovery> {
  const search: Search = { files, request, side };
  const all: Finds = { candidates: [], passedOver: [], lead: [] };
  for (const { name, path } of request.paths) {
    const finds = await leadsTo({ name, path: spelled(path) }, search);
    all.candidates.push(...finds.candidates);
    all.passedOver.push(...finds.passedOver);
    all.lead.push(...finds.lead);
  }
  const { passedOver, lead } = all;
  return {
    candidates: distinct(all.candidates),
    passedOver: [...new Set(passedOver)],
    lead: [...new Set(lead)],
  };
}

async function leadsTo(given: Given, search: Search): Promise<Finds> {
  const { files, side, request } = search;
  const kind = kindAt(files, given.path);
  if (kind === "folder") return inFolder(given, search);
  if (kind === null) return side === "base" ? none() : insteadOf(given, search);
  const candidate = recognised(files, given.path);
  if (candidate?.kind === "plan" && request.isBrought(given.path, true)) {
    return side === "base" ? none() : insteadOf(given, { ...search, request: asFork(request) });
  }
  if (candidate !== null) return found([{ ...asked(given), ...candidate }]);
  if (side === "base") return none();
  throw nothingKnown(given.path);
}

const none = (): Finds => ({ candidates: [], passedOver: [], lead: [] });
const found = (candidates: Candidate[]): Finds => ({ ...none(), candidates });
const asked = ({ name }: Given) => ({ name, isNamed: true, isInstead: false });

/** What stands for a path that is not there: on a fork, the source of the stack whose plan it is. */
function insteadOf(given: Given, { files, request }: Search): Finds {
  const { name, path } = given;
  const stack = request.stacks.find((each) =>
    name === null ? each.plan !== null && spelled(each.plan) === path : each.name === name,
  );
  const places = [...(stack === undefined ? [] : [spelled(stack.path)]), folderOf(path)];
  const isPlan = !isConfigurationFile(nameOf(path)) && !/\.(ya?ml|template)$/i.test(path);
  const folder = places.find((place) => request.isFork && isPlan && holdsSource(files, place));
  if (folder === undefined) throw missing(given, request.isFork && isPlan);
  return found([{ ...asked(given), kind: "terraform", path: folder, isInstead: true }]);
}

function missing({ path }: Given, isForksPlan: boolean): AuditError {
  return new AuditError(
    "bad-option",
    `There is no ${shown(path)} in the repository.`,
    isForksPlan
      ? "A fork has no plan: name the folder of its stack in the config (`stacks`, with `path` and `plan`), so that its source is judged."
      : "Name a file or folder that is there; a plan has to be made before it can be judged.",
  );
}

/** A folder of Terraform or the CDK is meant itself; what else is below it is found too. */
async function inFolder(given: Given, { files, request, side }: Search): Promise<Finds> {
  const { path } = given;
  if (isCdkFolder(files, path)) return found([{ ...asked(given), kind: "cdk", path }]);
  const all = findInputs(files, path);
  const { roots, modules } = await rootsOf(files, path, all.configurations);
  const finds: Finds = { candidates: [], passedOver: all.passedOver, lead: [] };
  const add = (kind: Candidate["kind"], paths: readonly string[]) => {
    const beside = { name: null, isInstead: false };
    const isNamed = (each: string) => each === path && given.path !== "";
    finds.candidates.push(
      ...paths.map((each) => ({ ...beside, kind, path: each, isNamed: isNamed(each) })),
    );
  };
  const isOurs = (plan: string) => !request.isFork && !request.isBrought(plan, false);
  finds.passedOver.push(...all.plans.filter((plan) => !isOurs(plan)).map(forged));
  add("plan", all.plans.filter(isOurs));
  add("terraform", roots);
  add("cdk", all.cdk);
  add("template", all.templates);
  if (modules.length > 0) finds.passedOver.push(calledElsewhere(modules));
  if (finds.candidates.length === 0 && side === "head") {
    finds.lead.push(`Nothing that can be judged was found in ${shown(path)}.`);
  }
  const { name } = given;
  return name === null
    ? finds
    : { ...finds, candidates: called(name, finds.candidates, { path, side }) };
}

/** The reader of Terraform's language is loaded only where there are several folders to tell apart. */
async function rootsOf(files: Files, path: string, folders: readonly string[]) {
  if (folders.length < 2) return { roots: [...folders], modules: [] };
  const { rootsAmong } = await import("../../templates/terraform-source-roots.ts");
  const { roots, modules } = rootsAmong(files, folders);
  // Who names a module's own folder means that folder.
  const isOwn = path !== "" && modules.includes(path);
  return isOwn
    ? { roots: [path, ...roots], modules: modules.filter((each) => each !== path) }
    : { roots, modules };
}

/** Its plans count for nothing, and the source is judged. */
const asFork = (request: InputRequest): InputRequest => ({ ...request, isFork: true });

function forged(path: string): string {
  return `${shown(path)} is a plan that was committed or that a fork brings along: nobody vouches for it, and the source is judged.`;
}

function calledElsewhere(modules: readonly string[]): string {
  const names = firstFew(modules.map(shown), 10);
  return `Judged as modules where they are called, and not by themselves: ${names}.`;
}

/** Gives a folder's name to what is meant by it: the folder itself and its plan, else all it holds. */
function called(
  name: string,
  candidates: readonly Candidate[],
  { path, side }: { path: string; side: Search["side"] },
): Candidate[] {
  const own = candidates.filter((each) =>
    each.kind === "plan" ? folderOf(each.path) === path : each.path === path,
  );
  const [only, ...others] = own.length > 0 ? own : candidates;
  const isOne = others.length === 0 || own.length > 0;
  if (only !== undefined && isOne) {
    return candidates.map((each) =>
      each === only || own.includes(each) ? { ...each, name, isNamed: true } : each,
    );
  }
  // At the base there may have been more, of which the head's names tell which was meant.
  if (only === undefined || side === "base") return [...candidates];
  throw new AuditError(
    "bad-option",
    `${name}=${shown(path)} names one stack, and there are ${candidates.length} in that folder.`,
    "Name each of them, as in `prod=infra/prod`.",
  );
}

/** What is named and found, or named twice, is one. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const byPlace = new Map<string, Candidate[]>();
  for (const each of candidates) {
    const key = `${each.kind} ${each.path}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), each]);
  }
  return [...byPlace.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const names = new Set(same.flatMap(({ name }) => name ?? []));
    const one = {
      ...first,
      isNamed: same.some(({ isNamed }) => isNamed),
      isInstead: same.some(({ isInstead }) => isInstead),
    };
    return names.size === 0 ? [one] : [...names].map((name) => ({ ...one, name }));
  });
}
