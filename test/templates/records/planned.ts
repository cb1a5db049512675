import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { builtinPolicies } from "../../../src/policy/builtin.ts";
import { compilePolicy } from "../../../src/policy/compile.ts";
import { templatePolicies } from "../../../src/policy/on-templates.ts";
import type { Verdict } from "../../../src/policy/policy.ts";
import type { RecordCheck } from "../../../src/snapshot/read.ts";
import { type Fact, unknown } from "../../../src/snapshot/unknown.ts";
import { recordCheck } from "../../../src/snapshot/validate.ts";
import type { Subject } from "../../../src/subjects/schema/kinds.ts";
import { subjects } from "../../../src/subjects/subjects.ts";
import { locationOf } from "../../../src/templates/records/places.ts";
import { templateRecords } from "../../../src/templates/records/records.ts";
import type { StackState } from "../../../src/templates/records/world.ts";
import type { TemplateResource, TemplateState } from "../../../src/templates/resource.ts";
import type { Value } from "../../../src/templates/value.ts";
import { CONTEXT } from "../../subjects/a-snapshot.ts";

export const ACCOUNT = "111122223333";
export const HOME = "eu-west-1";
export const later = unknown("known-after-apply");
export const noRegion = unknown("unresolved", { detail: "AWS::Region" });
export const noAccount = unknown("unresolved", { detail: "AWS::AccountId" });

type Values = Record<string, Value>;

export type Settings = {
  region?: Fact<string>;
  accountId?: Fact<string>;
  presence?: TemplateResource["presence"];
  /** Attributes that nobody wrote: their place is that of the resource. */
  unwritten?: readonly string[];
};

/** A resource of either dialect; the dialect follows from the type. */
export const a = (
  type: string,
  address: string,
  values: Values = {},
  { region = HOME, accountId = ACCOUNT, presence = true, unwritten = [] }: Settings = {},
): TemplateResource => ({
  dialect: type.startsWith("aws_") ? "terraform" : "cloudformation",
  type,
  address,
  title: null,
  values,
  presence,
  region,
  accountId,
  locate: (pointer) => ({
    file: unwritten.includes(pointer.slice(1)) ? address : `${address}${pointer}`,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  }),
});

export const ref = (address: string, attribute: string): Value => ({
  $reference: { address, attribute },
});

export const stack = (
  resources: readonly TemplateResource[],
  changes: Partial<TemplateState> & { name?: string } = {},
): StackState => {
  const { name = "prod", ...rest } = changes;
  return { stack: name, state: { assuming: null, resources, open: null, ...rest } };
};

type Judged = {
  policy: string;
  id: string;
  verdict: Verdict;
  because: { pointer: string; actual: unknown; where: string | null }[];
};

const compiled = templatePolicies(builtinPolicies())
  .filter(({ parameters }) => Object.values(parameters ?? {}).every((each) => "default" in each))
  .map((policy) => compilePolicy(policy, {}));

/** Judges stacks by every policy that is asked of templates; the records are checked on the way. */
export async function judgedStacks(...states: StackState[]) {
  const made = templateRecords(states, { tool: "test", startedAt: "2026-11-20T12:00:00.000Z" });
  const check: RecordCheck = recordCheck("made");
  for (const [index, record] of made.records.entries()) check(record, index + 1);
  const all: Judged[] = [];
  const kinds: string[] = [];
  const found: Subject[] = [];
  for await (const subject of subjects(made.records, CONTEXT)) {
    found.push(subject);
    kinds.push(`${subject.kind} ${subject.fields.id}`);
    for (const { policy, judge } of compiled) {
      const judgement = policy.subject === subject.kind ? judge(subject.fields) : null;
      if (judgement === null) continue;
      const because = judgement.because.map(({ pointer, actual }) => ({
        pointer,
        actual,
        where: locationOf(made.places, subject.requestId(pointer))?.file ?? null,
      }));
      all.push({ policy: policy.id, id: subject.fields.id, verdict: judgement.verdict, because });
    }
  }
  const of = (policy: string) =>
    Object.fromEntries(
      all
        .filter((each) => each.policy === policy)
        .map((each) => [each.id.replace(/^prod#/, ""), each.verdict]),
    );
  const those = (verdict: string) =>
    all
      .filter((each) => each.verdict === verdict)
      .map((each) => each.policy)
      .sort();
  return {
    ...made,
    found,
    all,
    kinds,
    of,
    those,
    one: (policy: string) => Object.values(of(policy))[0],
  };
}

/** The ids of all policies, from the list that names them. */
export function policyIds(): string[] {
  const text = readFileSync("test/policy-ids.txt", "utf8");
  const ids = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(ids.length).toBeGreaterThan(80);
  return ids.map((line) => line.split(/\s/)[0] ?? "");
}
