import { AuditError } from "../../errors.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import { isBelow, shown } from "./paths.ts";
import type { AllFiles } from "./submodule-files.ts";

/** Throws `bad-option` where what is judged lies in a submodule that the base cannot be read of. */
export function refuseUnread(base: AllFiles | null, inputs: readonly TemplateInput[]): void {
  const judged = inputs.flatMap(({ path, parts }) => [path, ...parts]);
  const lost = base?.unread().find((module) => judged.some((path) => isBelow(module, path)));
  if (lost === undefined) return;
  throw new AuditError(
    "bad-option",
    `The clone of the submodule ${shown(lost)} does not hold what the base has of it, so there is nothing to compare it with.`,
    "Fetch its history: actions/checkout with `submodules` and `fetch-depth: 0`.",
  );
}
