import type { Files } from "../../templates/files.ts";
import { findInputs, isCdkFolder } from "../../templates/find.ts";
import type { Candidate } from "./discover.ts";
import type { InputRequest, StackDefinition } from "./inputs.ts";
import { folderOf, holdsSource, isBelow, kindAt, spelled } from "./paths.ts";
import { recognised } from "./recognise.ts";
import type { Chosen } from "./stacks.ts";

/** Candidates for the expected stacks of the config that are not among what was found. */
export function expectedOf(
  files: Files,
  request: InputRequest,
  found: readonly Chosen[],
): Candidate[] {
  const isThere = (stack: StackDefinition) =>
    found.some((each) => each.definition === stack || each.name === stack.name);
  return request.stacks
    .filter((stack) => request.expect.includes(stack.name) && !isThere(stack))
    .flatMap((stack) => inConfig(files, stack, request));
}

/** Its plan, where the config says or below its folder; else its source; else nothing. */
function inConfig(files: Files, stack: StackDefinition, request: InputRequest): Candidate[] {
  const isOurs = (plan: string) => !request.isFork && !request.isBrought(plan, false);
  const path = spelled(stack.path);
  const asked = { name: stack.name, isNamed: true, isInstead: false };
  const plan = stack.plan === null ? null : spelled(stack.plan);
  // What was committed, or comes from a fork, as a plan nobody vouches for.
  if (plan !== null && isOurs(plan) && kindAt(files, plan) === "file") {
    const isPlan = recognised(files, plan)?.kind === "plan";
    if (isPlan) return [{ ...asked, kind: "plan", path: plan }];
  }
  const kind = kindAt(files, path);
  if (kind === "file") {
    const found = recognised(files, path);
    return found === null ? [] : [{ ...asked, ...found }];
  }
  if (kind === null) return [];
  if (isCdkFolder(files, path)) return [{ ...asked, kind: "cdk", path }];
  if (!holdsSource(files, path)) return [];
  const plans = plansBelow(files, path).filter(isOurs);
  if (plans.length > 0) return plans.map((each) => ({ ...asked, kind: "plan", path: each }));
  return [{ ...asked, kind: "terraform", path, isInstead: true }];
}

function plansBelow(files: Files, folder: string): string[] {
  return findInputs(files, folder).plans.filter((path) => {
    const own = folderOf(path);
    return own === folder || (isBelow(folder, own) && !holdsSource(files, own));
  });
}
