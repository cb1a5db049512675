import { type Finding, type FindingSubject, isPlannedId } from "../evaluate/finding.ts";
import type { Gate, GateStack } from "../evaluate/gate/gate.ts";
import { type Policy, SEVERITIES } from "../policy/policy.ts";
import type { Location } from "../snapshot/location.ts";
import { isSameFact, isUnknown, type Json } from "../snapshot/unknown.ts";
import type { Report } from "./report.ts";

/** Where a planned resource stands: its stack, and what it is called there. */
export type Planned = { stack: string; address: string };

/** The stack and address of a planned subject; null: it is a live one. */
export function plannedOf({ id }: Pick<FindingSubject, "id">): Planned | null {
  if (!isPlannedId(id)) return null;
  const [stack = "", ...address] = id.split("#");
  return { stack, address: address.join("#") };
}

/** "audit aws_cloudtrail.main"; the stack of the root itself goes without saying. */
export const plannedWords = ({ stack, address }: Planned): string =>
  stack === "" || stack === "." ? address : `${stack} ${address}`;

/** `infra/trail.tf:12`. */
export const placeOf = ({ file, line }: Location): string => `${file}:${line}`;

/** Whether there was anything before the change; without it whatever fails counts. */
export const isCompared = ({ base, stacks }: Pick<Gate, "base" | "stacks">): boolean =>
  base !== null || stacks.some(({ kind }) => kind === "terraform-plan");

/** The findings of a change by how they stand, worst first. */
export function standings({ audit }: Report): { regressions: Finding[]; debt: Finding[] } {
  const sorted = [...audit.findings].sort(worstFirst);
  return {
    regressions: sorted.filter(({ standing }) => standing !== "debt"),
    debt: sorted.filter(({ standing }) => standing === "debt"),
  };
}

/** The worst at the gate first. */
export const worstFirst = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.gateSeverity) - SEVERITIES.indexOf(b.gateSeverity);

/** A deciding fact before and after a change; null: it was the same, or there was nothing before. */
export type Turn = { pointer: string; was: Json | null; told: boolean; is: Json; expected: string };

/** The facts that decide a finding, each with what it was before the change. */
export function turnsOf({ because, before }: Finding): Turn[] {
  const former = new Map(before?.facts.map(({ pointer, actual }) => [pointer, actual]));
  return because.map(({ pointer, expected, actual }) => {
    const was = former.get(pointer);
    // Of a resource as a whole there is nothing to show but that it may not be there.
    const told = pointer !== "" && was !== undefined && !isSameFact(was, actual);
    return { pointer, was: was ?? null, told, is: actual, expected };
  });
}

/** Those to be shown: what a loss comes to its message says, but for what is not known of it. */
export function shownTurns(finding: Finding): Turn[] {
  const turns = turnsOf(finding);
  return finding.subject.kind === "change" ? turns.filter(({ is }) => isUnknown(is)) : turns;
}

/** A value as JSON, or why there is none: `not known (unresolved: var.key)`. */
export function valueWords(value: Json): string {
  if (!isUnknown(value)) return JSON.stringify(value, (_, each) => rounded(each)) ?? "";
  const { reason, detail } = value.$unknown;
  return `not known (${detail === undefined ? reason : `${reason}: ${detail}`})`;
}

const rounded = (value: unknown): unknown =>
  typeof value === "number" ? Number(value.toFixed(2)) : value;

type Dialect = "terraform" | "cloudformation";

const DIALECTS: Record<NonNullable<GateStack["kind"]>, Dialect> = {
  "terraform-plan": "terraform",
  "terraform-source": "terraform",
  cloudformation: "cloudformation",
  cdk: "cloudformation",
};

/** The policy's fix in the languages of the stack, or of all stacks where it is about none. */
export function snippetsOf(
  { fix }: Policy,
  subject: FindingSubject,
  { stacks }: Gate,
): { language: string; text: string }[] {
  const own = stacks.filter(({ name }) => name === plannedOf(subject)?.stack);
  const dialects = new Set(
    (own.length === 0 ? stacks : own).flatMap(({ kind }) => (kind === null ? [] : DIALECTS[kind])),
  );
  return [...dialects].sort().flatMap((dialect) => {
    const text = fix[dialect];
    if (text === undefined) return [];
    return [{ language: dialect === "terraform" ? "hcl" : "yaml", text }];
  });
}
