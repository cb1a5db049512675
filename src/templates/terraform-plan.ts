import { type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Files } from "./files.ts";
import { addressText } from "./plan/address.ts";
import { type Change, changeOf, leavesIt, untouched } from "./plan/changes.ts";
import { decodePlan } from "./plan/decode.ts";
import { type PlanDocument, readDocument } from "./plan/document.ts";
import { notesOn, whyOpen } from "./plan/notes.ts";
import { type Surroundings, toldBy } from "./plan/place.ts";
import { locator } from "./plan/source.ts";
import { after, before, isUntouched, type Making } from "./plan/states.ts";
import type { PlannedChange, TemplateInput, TemplateResource } from "./resource.ts";

/** Where a plan is from. */
export type PlanOptions = {
  path: string;
  stack: string;
  /** The checkout, for the places of attributes; null: it is not at hand. */
  files: Files | null;
  /** The folder of the root module within the checkout; null: not known. */
  folder: string | null;
  /** Where the stack is applied, for resources of which the plan does not tell it. */
  region?: string;
  accountId?: string;
};

/** What stands instead of a deferred resource's certainty. */
const DEFERRED: Unknown = unknown("known-after-apply", {
  detail: "Terraform put this change off to a later plan",
});

/**
 * Reads what `terraform show -json` or `tofu show -json` says of a plan: the resources that matter to
 * the audit trail, before and after. Null: by its content it is no plan. What is meant as one and
 * cannot be read throws an `AuditError`.
 */
export function readTerraformPlan(bytes: Uint8Array, options: PlanOptions): TemplateInput | null {
  const decoded = decodePlan(bytes, options.path);
  const document = decoded === null ? null : readDocument(decoded);
  if (document === null) return null;
  const left = leftOut(document);
  const making = makingOf(document, left, options);
  const made = make(document, left, making);
  const open = whyOpen(document, left.length);
  const was = { assuming: null, resources: made.before, open };
  return {
    kind: "terraform-plan",
    path: options.path,
    stack: options.stack,
    before: was,
    after: [isSame(made) ? was : { ...was, resources: made.after }],
    changes: [...document.planned.entries, ...left].flatMap(plannedChange),
    parts: [],
    notes: notesOn(document, left.length),
  };
}

/** One change after the other, so that no more than one is in memory beside what it becomes. */
function make({ planned, deferred }: PlanDocument, left: readonly Change[], making: Making) {
  const states: Record<"before" | "after", TemplateResource[]> = { before: [], after: [] };
  const add = (change: Change, presence: true | Unknown) => {
    const was = before(change, making);
    states.before.push(...was);
    const isStill = presence === true && isUntouched(change);
    states.after.push(...(isStill ? was : after(change, making, presence)));
  };
  for (const each of planned.entries) add(changeOf(each), true);
  for (const each of left) add(each, true);
  for (const each of deferred.entries) add(changeOf(each), DEFERRED);
  return states;
}

const isSame = (made: ReturnType<typeof make>): boolean =>
  made.before.length === made.after.length &&
  made.before.every((each, index) => each === made.after[index]);

/** Resources that the state before has and the plan does not speak of: it was limited to others. */
function leftOut({ planned, deferred, prior }: PlanDocument): Change[] {
  const entries = [...planned.entries, ...deferred.entries];
  const spoken = new Set([...planned.unreadable, ...deferred.unreadable]);
  for (const { text, previousAddress } of entries) spoken.add(text).add(previousAddress ?? text);
  return [...prior].flatMap(([text, part]) => {
    const change = spoken.has(text) ? null : untouched(text, part);
    return change === null ? [] : [change];
  });
}

function makingOf(document: PlanDocument, left: readonly Change[], options: PlanOptions): Making {
  const { configuration, variables } = document;
  const { region, accountId } = options;
  const present = new Set([...document.planned.entries.filter(leavesIt), ...left].map(canonical));
  const around: Surroundings = {
    configuration,
    variables,
    stack: {
      ...(region === undefined ? {} : { region }),
      ...(accountId === undefined ? {} : { accountId }),
    },
    told: toldBy(document.places, { configuration, variables }),
  };
  return {
    plan: { root: configuration.root, has: (address) => present.has(address) },
    around,
    locate: locator(options, configuration),
  };
}

function canonical({ address }: Pick<Change, "address">): string {
  return addressText(address);
}

function plannedChange(each: Pick<Change, "text" | "previousAddress" | "action">): PlannedChange[] {
  const { text, previousAddress, action } = each;
  if (action === null || action === "read") return [];
  return [{ address: text, previousAddress, action }];
}
