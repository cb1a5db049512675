import type { GateStack } from "../../evaluate/gate/gate.ts";
import { kindOf } from "../../templates/records/kinds.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import type { FoundInputs, InputRequest } from "./inputs.ts";
import type { Read } from "./names.ts";

type Telling = Pick<FoundInputs, "passedOver" | "lead"> & { request: InputRequest };

/** What was found, as it is told. */
export function told(
  read: readonly Read[],
  { request: { expect, isFork }, passedOver, lead }: Telling,
): Omit<FoundInputs, "isGone"> {
  const inputs = read.map(({ input }) => input);
  const instead = read.filter(({ chosen }) => chosen.isInstead).map(({ input }) => input.stack);
  const forks = instead.map(
    (stack) =>
      `This change comes from a fork, so there is no plan of stack ${stack}: its source is judged instead.`,
  );
  return {
    inputs,
    stacks: read.map((each) => gateStack(each, isFork)),
    missing: expect.filter((name) => !inputs.some((each) => isOf(name, each))),
    passedOver: [...passedOver],
    lead: [...(isFork ? forks : []), ...lead],
  };
}

/** A CDK application's stacks have the name of the application before their own. */
const isOf = (name: string, { kind, stack }: TemplateInput): boolean =>
  stack === name || (kind === "cdk" && stack.startsWith(`${name}/`));

function gateStack({ chosen, input }: Read, isFork: boolean): GateStack {
  const { stack: name, kind, path, notes, after } = input;
  const note = `No plan of stack ${name} was found: its source is judged.`;
  return {
    name,
    kind,
    path,
    resources: after[0].resources.filter((each) => kindOf(each) !== undefined).length,
    notes: [...(chosen.isInstead && !isFork ? [note] : []), ...notes],
  };
}
