import type { Audit } from "../../evaluate/audit.ts";
import { atOrAbove, inOrder } from "../../evaluate/finding.ts";
import type { Gate, GateStack, RuleChange } from "../../evaluate/gate/gate.ts";
import type { Outcome } from "../../evaluate/outcome.ts";
import type { CheckOptions } from "../../options.ts";
import { notOnTemplates, templatePolicies } from "../../policy/on-templates.ts";
import type { Report } from "../../report/report.ts";
import { VERSION } from "../../version.ts";
import type { Base } from "./base.ts";
import type { FoundInputs } from "./inputs.ts";
import type { JudgedChange } from "./judge-change.ts";
import type { RulesOfChange } from "./rules-of-change.ts";

type Checked = {
  judged: JudgedChange;
  head: FoundInputs;
  base: Base | null;
  rules: RulesOfChange;
  ruleChange: RuleChange | null;
  options: CheckOptions;
};

/** Everything that a check tells, as a report. */
export function gateReport(checked: Checked): Report {
  const { judged, head, rules, options } = checked;
  const { policies, parameters, frameworks } = rules.judging;
  return {
    version: VERSION,
    outcome: outcomeOf(checked),
    complete: head.missing.length === 0,
    audit: auditOf(judged),
    gate: gateOf(checked),
    policies: judged.live === null ? templatePolicies(policies) : policies,
    frameworks: frameworks.map(({ framework }) => framework),
    parameters,
    failOn: options.failOn,
    unknownFailsAt: options.unknownFailsAt,
    category: options.category ?? "trailproof-gate",
    redact: options.redact,
    carriesForward: false,
    verdicts: options.all ? judged.all().sort(inOrder) : null,
  };
}

/** A regression goes before an expected stack that is missing, and that before what is not known. */
function outcomeOf({ judged, head, options }: Checked): Outcome {
  const { failOn, unknownFailsAt } = options;
  const isGated = judged.findings.some(
    ({ standing, gateSeverity }) => standing === "regression" && atOrAbove(gateSeverity, failOn),
  );
  if (isGated) return "fail";
  const isBlind = judged.unknowns.some(
    ({ counted, severity }) => counted && atOrAbove(severity, unknownFailsAt),
  );
  return head.missing.length > 0 || isBlind ? "incomplete" : "pass";
}

function auditOf({ header, ...judged }: JudgedChange): Audit {
  const { verdicts, findings, explained, additional, waived, waivers, unknowns } = judged;
  const told = { verdicts, findings, explained, additional, waived, waivers, unknowns };
  return { header, accounts: [], ...told, coverage: [], change: null, frameworks: [] };
}

function gateOf({ judged, head, base, rules, ruleChange }: Checked): Gate {
  const policies = rules.judging.policies;
  return {
    lead: head.lead,
    base,
    stacks: head.stacks.map((stack) => ({
      ...stack,
      notes: [...stack.notes, ...covered(stack, judged)],
    })),
    missing: head.missing,
    passedOver: [...head.passedOver, ...judged.notes],
    moves: judged.moves,
    improvements: judged.improvements,
    notAsked: policies
      .filter((each) => notOnTemplates(each) !== null && judged.live === null)
      .map(({ id }) => id),
    rules: ruleChange,
    live: judged.live === null ? null : { startedAt: judged.live.startedAt },
  };
}

/** What goes and is missed by nobody is listed, and does not gate. */
const covered = ({ name }: GateStack, judged: JudgedChange): string[] =>
  judged.covered
    .filter((id) => id.startsWith(`${name}#`))
    .map((id) => `${id} goes; the snapshot shows that other trails record all that it recorded.`);
