import { EXIT_CODES } from "../evaluate/outcome.ts";
import type { CheckOptions } from "../options.ts";
import { needsNoBase } from "./check/at-base.ts";
import { withBelieved } from "./check/believed-snapshot.ts";
import {
  broughtBy,
  checkoutOf,
  comparedWith,
  eventOf,
  isFromFork,
  isProposal,
} from "./check/checkout.ts";
import { gateReport } from "./check/gate-report.ts";
import { readBaseInputs, readInputs } from "./check/inputs.ts";
import { judgeChange } from "./check/judge-change.ts";
import { withMoves } from "./check/moved-stacks.ts";
import { changeOfRules } from "./check/rule-change.ts";
import { rulesOfChange } from "./check/rules-of-change.ts";
import { stacksOf } from "./check/stack-config.ts";
import { refuseUnread } from "./check/unread-base.ts";
import { withUnseenLead } from "./check/unseen-lead.ts";
import { withValueFiles } from "./check/value-files.ts";
import type { Console } from "./console.ts";
import { delivered } from "./deliver.ts";
import type { Rules } from "./rules.ts";

/** `trailproof check`: judges plans and templates, and gates on what a change breaks. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  { console, env }: { console: Console; env: NodeJS.ProcessEnv },
): Promise<number> {
  const event = eventOf(env);
  const checkout = await checkoutOf(paths);
  const { files, repository, root } = checkout;
  const base = comparedWith(checkout, { baseRef: options.baseRef, event });
  const baseFiles = base === null ? null : (repository?.files(base.commit) ?? null);
  const proposed = isProposal(event, options.baseRef) ? baseFiles : null;
  const rules = await rulesOfChange(options, { checkout, proposed });
  const { atBase, ...stacks } = stacksOf(rules, options, { root, head: files, base: proposed });
  const request = {
    paths: checkout.paths,
    ...stacks,
    isFork: event !== null && isFromFork(event),
    isBrought: broughtBy(checkout, proposed !== null),
  };
  const found = await readInputs(files, request);
  const requestAtBase = { ...request, stacks: atBase };
  if (base?.refused !== undefined && !needsNoBase(requestAtBase, found)) throw base.refused;
  refuseUnread(baseFiles, found.inputs);
  const former = baseFiles === null ? [] : await readBaseInputs(baseFiles, requestAtBase, found);
  const valued = await withValueFiles(
    { head: withMoves(found, former, request), before: former },
    { stacks: stacks.stacks, atBase, files, base: baseFiles },
  );
  const { head, before } = withUnseenLead(valued);
  const inputs = { head: head.inputs, base: before };
  const compared = { checkout, base: proposed === null ? null : base };
  const { judged, ruleChange } = await withBelieved(options.live, compared, async (live) => {
    const judge = (by: Rules) => judgeChange(inputs, by, { options, files, live });
    const first = await judge(rules.judging);
    return { judged: first, ruleChange: await changeOfRules(first, rules, judge) };
  });
  const report = gateReport({ judged, head, base, rules, ruleChange, options });
  await delivered(report, { options, console });
  return EXIT_CODES[report.outcome];
}
