import type { GateStack } from "../../evaluate/gate/gate.ts";
import type { Files } from "../../templates/files.ts";
import type { TemplateInput } from "../../templates/resource.ts";

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
};

/** Reads what the paths name; a path that matches nothing is an AuditError `bad-option`. */
export async function readInputs(_files: Files, _request: InputRequest): Promise<FoundInputs> {
  throw new Error("not built yet");
}

/**
 * Reads at the base what is compared with the inputs that tell no state before themselves: the same
 * stacks, and those that the change removes.
 */
export async function readBaseInputs(
  _files: Files,
  _request: InputRequest,
  _head: FoundInputs,
): Promise<readonly TemplateInput[]> {
  throw new Error("not built yet");
}
