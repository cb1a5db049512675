import type { Files } from "../../templates/files.ts";
import { isStack } from "../../templates/is-stack.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import { spareMemory } from "../spare-memory.ts";
import type { StackDefinition } from "./inputs.ts";
import { spelled } from "./paths.ts";
import { askedName, type Chosen } from "./stacks.ts";

/** Of a plan of so many bytes much is held at once. */
const GREAT_PLAN = 4 * 1024 * 1024;

/**
 * Reads one input, none where it is not what it looks like. Readers are loaded where they are
 * needed: to judge a plan, nobody waits for the reader of YAML.
 */
export async function readOne(
  files: Files,
  chosen: Chosen,
  side: "head" | "base",
): Promise<readonly TemplateInput[]> {
  const { kind, path, definition, folder } = chosen;
  const options = { stack: askedName(chosen) ?? "", ...placeOf(definition) };
  if (kind === "plan") {
    const { readTerraformPlan } = await import("../../templates/terraform-plan.ts");
    const bytes = files.read(path) ?? new Uint8Array();
    if (bytes.length > GREAT_PLAN) await spareMemory();
    const plan = readTerraformPlan(bytes, { ...options, path, files, folder });
    return plan === null ? [] : [await opened(plan, files)];
  }
  if (kind === "terraform") {
    const { readTerraformSource } = await import("../../templates/terraform-source.ts");
    const variables = definition?.parameters ?? {};
    const variableFiles = (definition?.variableFiles ?? []).map(spelled);
    // Which the change may have added.
    const there = variableFiles.filter((each) => side === "head" || files.read(each) !== null);
    const given = { ...options, variables, variableFiles: there };
    return [await opened(readTerraformSource(files, path, given), files)];
  }
  const parameters = Object.fromEntries(
    Object.entries(definition?.parameters ?? {}).map(([name, value]) => [name, String(value)]),
  );
  if (kind === "cdk") {
    const { readCdk } = await import("../../templates/cdk.ts");
    return readCdk(files, path, { ...options, parameters });
  }
  const { readCloudFormation } = await import("../../templates/cloudformation.ts");
  return some(readCloudFormation(files, path, { ...options, parameters }));
}

/** With what templates of CloudFormation make that Terraform applies, where there are any. */
async function opened(input: TemplateInput, files: Files): Promise<TemplateInput> {
  const states = [...(input.before === null ? [] : [input.before]), ...input.after];
  if (!states.some(({ resources }) => resources.some(({ type }) => isStack(type)))) return input;
  const { withInnerStacks } = await import("../../templates/inner-stacks.ts");
  return withInnerStacks(input, files);
}

const some = <T>(value: T | null): T[] => (value === null ? [] : [value]);

function placeOf(definition: StackDefinition | null): { region?: string; accountId?: string } {
  const { account = null, region = null } = definition ?? {};
  return {
    ...(account === null ? {} : { accountId: account }),
    ...(region === null ? {} : { region }),
  };
}
