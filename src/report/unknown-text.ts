import { CURES } from "../evaluate/cures.ts";
import type { UnknownGroup } from "../evaluate/unknowns.ts";
import { counted, harmless, type Paint } from "./terminal.ts";

/** What could not be decided, by cause, with what would cure it; then what was not asked here. */
export function unknownLines(groups: readonly UnknownGroup[], paint: Paint): string[] {
  const counting = groups.filter((group) => group.counted);
  const others = groups.filter((group) => !group.counted);
  return [
    ...(counting.length > 0 ? [paint.bold("Not known")] : []),
    ...counting.flatMap((group) => lines(group, paint)),
    ...(others.length > 0 ? [paint.bold("Not judged here (counts as nothing)")] : []),
    ...others.map((group) => `  ${summary(group)}`),
  ];
}

function lines(group: UnknownGroup, paint: Paint): string[] {
  return [
    `  ${paint.yellow(summary(group))}`,
    ...(group.detail === null ? [] : [paint.dim(`    ${harmless(group.detail)}`)]),
    paint.cyan(`    cure: ${CURES[group.reason]}`),
  ];
}

function summary({ reason, action, verdicts, affects, places, policies }: UnknownGroup): string {
  const what = action === null ? reason : `${reason}: ${harmless(action)}`;
  const where = places.slice(0, 3).map(harmless).join(", ");
  const more = places.length > 3 ? ", …" : "";
  return `${what}: ${counted(verdicts, "verdict")} of ${policies.length === 1 ? "1 policy" : `${policies.length} policies`}${affects.accounts === 0 ? "" : ` in ${counted(affects.accounts, "account")}`} (${where}${more})`;
}
