import type { GateStack } from "../../evaluate/gate/gate.ts";
import type { Files } from "../../templates/files.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import { atBase } from "./at-base.ts";
import { discover } from "./discover.ts";
import { named } from "./names.ts";
import { kindAt } from "./paths.ts";
import { readAll } from "./read-inputs.ts";
import { settle } from "./stacks.ts";
import { told } from "./told.ts";

/** A stack as the config defines it, its paths relative to the root. */
export type StackDefinition = {
  name: string;
  path: string;
  plan: string | null;
  account: string | null;
  region: string | null;
  /** CloudFormation parameters, or Terraform variables. */
  parameters: Readonly<Record<string, string | number | boolean>>;
  variableFiles: readonly string[];
  /** Whether it may be applied with other files of values too: the change took some away. */
  isDoubtful?: boolean;
};

/** What is to be judged. */
export type InputRequest = {
  /** As given, relative to the root; `name` is what stands before `=`, null where nothing does. */
  paths: readonly { name: string | null; path: string }[];
  stacks: readonly StackDefinition[];
  /** Names of stacks that must be there: those of --expect, else those of the config. */
  expect: readonly string[];
  /** Whether the change comes from a fork, for which nobody could make a plan. */
  isFork: boolean;
  /**
   * Whether a file that a search or the config finds, or that the user names, is just as it was
   * committed: a plan that is was made for another change, or by whoever proposes this one.
   */
  isBrought: (path: string, isNamed: boolean) => boolean;
};

/** What was found to judge. */
export type FoundInputs = {
  inputs: readonly TemplateInput[];
  stacks: readonly GateStack[];
  /** Expected stacks of which neither plan nor source was found. */
  missing: readonly string[];
  /** What was found and not judged, each a sentence. */
  passedOver: readonly string[];
  /** What has to be read first, each a sentence. */
  lead: readonly string[];
  /** Whether nothing is left at a path, not even what is judged as part of another input. */
  isGone: (path: string) => boolean;
};

/**
 * Reads what the paths name, and expected stacks that they do not. Throws AuditError `bad-option`
 * where a path matches nothing or is nothing that can be judged, or two inputs are given one name;
 * `bad-template` where what was named cannot be read.
 */
export async function readInputs(checkout: Files, request: InputRequest): Promise<FoundInputs> {
  const files = rememberingLast(checkout);
  const { candidates, passedOver, lead } = await discover(files, request, "head");
  const all = await readAll(files, settle(files, request, candidates), "head");
  const found = told(named(all.read, []), {
    request,
    lead,
    passedOver: [...passedOver, ...all.passedOver],
  });
  return { ...found, isGone: (path) => kindAt(files, path) === null };
}

/**
 * Reads at the base what is compared with the inputs that tell no state before themselves: the same
 * stacks, and those that the change removes.
 */
export async function readBaseInputs(
  files: Files,
  request: InputRequest,
  head: FoundInputs,
): Promise<readonly TemplateInput[]> {
  return atBase(files, request, head);
}

/** A plan of many megabytes is looked at and then read: that takes one reading of the file. */
function rememberingLast(files: Files): Files {
  let last: { path: string; bytes: Uint8Array | null } | null = null;
  const read = (path: string) => {
    if (last?.path !== path) last = { path, bytes: files.read(path) };
    return last.bytes;
  };
  return { ...files, read };
}
