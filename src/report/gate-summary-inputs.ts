import { CURES } from "../evaluate/cures.ts";
import type { Gate, GateStack } from "../evaluate/gate/gate.ts";
import type { UnknownGroup } from "../evaluate/unknowns.ts";
import { listOf } from "./gate-summary-change.ts";
import { idWords } from "./gate-summary-regressions.ts";
import { LIVE_CURE, MISSING_CURE } from "./gate-words.ts";
import type { Ink } from "./markdown.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";
import { counted } from "./terminal.ts";

const SHOWN_POLICIES = 5;
const SHOWN_NOTES = 10;

const KIND: Record<NonNullable<GateStack["kind"]>, string> = {
  "terraform-plan": "Terraform plan",
  "terraform-source": "Terraform source",
  cloudformation: "CloudFormation template",
  cdk: "CDK output",
};

/** What could not be decided, by cause, each with what is not known and what cures it. */
export function undecidedSection({ audit }: Report, pen: Ink): Section | null {
  const frame = {
    heading: "## What could not be decided",
    lead: "Neither passed nor failed.",
    share: 0.1,
  };
  const groups = audit.unknowns.filter((group) => group.counted);
  return listOf(frame, groups, (group) => cause(group, pen));
}

function cause({ reason, detail, verdicts, policies, places }: UnknownGroup, pen: Ink): string {
  const named = policies.slice(0, SHOWN_POLICIES).map(pen.code).join(", ");
  const hidden = policies.length - SHOWN_POLICIES;
  const where = places.slice(0, 3).map((place) => idWords(place, pen));
  return [
    `- **${reason}**${detail === null ? "" : `: ${pen.prose(detail)}`}`,
    `  - ${counted(verdicts, "verdict")} of ${named}${hidden > 0 ? ` and ${hidden} more` : ""}, about ${where.join(", ")}${places.length > 3 ? ", …" : ""}`,
    `  - Cure: ${CURES[reason]}`,
  ].join("\n");
}

/** Stacks that were to be judged and could not be. */
export function missingSection({ missing }: Gate, pen: Ink): Section | null {
  const lead = `Neither a plan nor source was found of them. ${MISSING_CURE}`;
  return listOf(
    { heading: "## Missing stacks", lead, share: 0.05 },
    missing,
    (name) => `- ${pen.code(name)}`,
  );
}

/** What was judged, and what there is to know of it. */
export function stacksSection({ stacks }: Gate, pen: Ink): Section | null {
  const judged = stacks.filter(({ kind }) => kind !== null);
  const behind = counted(judged.length, "stack");
  return listOf({ heading: "## What was judged", lead: "", behind, share: 0.05 }, judged, (stack) =>
    stackLine(stack, pen),
  );
}

function stackLine({ name, kind, path, resources, notes }: GateStack, pen: Ink): string {
  const what = kind === null ? "" : KIND[kind];
  const from = path === null ? "" : ` ${pen.code(path === "" ? "." : path)}`;
  const hidden = notes.length - SHOWN_NOTES;
  return [
    `- ${pen.code(name === "" ? "." : name)}: ${what}${from}, ${counted(resources, "resource")}`,
    ...notes.slice(0, SHOWN_NOTES).map((note) => `  - ${pen.prose(note)}`),
    ...(hidden > 0 ? [`  - … and ${counted(hidden, "more note")}`] : []),
  ].join("\n");
}

/** What was found and not judged. */
export function passedOverSection({ passedOver }: Gate, pen: Ink): Section | null {
  const behind = counted(passedOver.length, "note");
  return listOf(
    { heading: "## Passed over", lead: "", behind, share: 0.05 },
    passedOver,
    (note) => `- ${pen.prose(note)}`,
  );
}

/** Policies that nobody was asked about, and how they would be. */
export function notAskedSection({ notAsked }: Gate, pen: Ink): Section | null {
  const behind = notAsked.length === 1 ? "1 policy" : `${notAsked.length} policies`;
  return listOf(
    { heading: "## Not asked of a change alone", lead: LIVE_CURE, behind, share: 0.05 },
    notAsked,
    (id) => `- ${pen.code(id)}`,
  );
}
