import { type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { PlanDocument } from "./document.ts";

/** Why a plan may say nothing of resources that there are, or will be; null: it says all. */
export function whyOpen(document: PlanDocument, leftOut: number): Unknown | null {
  const { planned, deferred } = document;
  if (document.isErrored) {
    return unknown("unresolved", { detail: "Terraform failed before the plan was complete" });
  }
  if (deferred.count > 0) {
    return unknown("known-after-apply", { detail: "Terraform put changes off to a later plan" });
  }
  if (!document.isComplete || leftOut > 0) {
    return unknown("unresolved", { detail: "the plan is limited to some of its resources" });
  }
  const [first] = planned.unreadable;
  if (first === undefined) return null;
  return unknown("unsupported", { detail: `${short(first)} cannot be read` });
}

/** What the reader of a verdict on a plan should know. */
export function notesOn(document: PlanDocument, leftOut: number): string[] {
  const { planned, deferred, drifted } = document;
  const imported = planned.entries.filter((each) => each.isImported).map((each) => each.text);
  const unreadable = [...planned.unreadable, ...deferred.unreadable];
  const notes: [boolean, string][] = [
    [
      document.hasJunk,
      "Text before the plan was passed over (with setup-terraform: terraform_wrapper: false).",
    ],
    [document.isErrored, "Terraform failed while it planned, so the plan is not complete."],
    [
      !document.isErrored && !document.isComplete,
      "The plan is not complete: it was limited to some resources, or others were put off.",
    ],
    [deferred.count > 0, `Terraform put ${deferred.count} changes off to a later plan.`],
    [
      leftOut > 0,
      `The plan leaves out ${leftOut} resources that its state has; they count as unchanged.`,
    ],
    [unreadable.length > 0, `Not understood and passed over: ${several(unreadable)}.`],
    [drifted.length > 0, `Changed by others since it was last applied: ${several(drifted)}.`],
    [imported.length > 0, `Imported, so it was there before: ${several(imported)}.`],
    [
      planned.passedOver > 0,
      `${planned.passedOver} resources of types that do not matter to the audit trail were passed over.`,
    ],
  ];
  return notes.flatMap(([applies, text]) => (applies ? [text] : []));
}

function several(names: readonly string[]): string {
  const distinct = [...new Set(names)].map(short);
  const [shown, more] = [distinct.slice(0, 5).join(", "), distinct.length - 5];
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function short(name: string): string {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}
