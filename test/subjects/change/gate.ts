import type { Finding } from "../../../src/evaluate/finding.ts";
import { gated } from "../../../src/evaluate/gate/gated.ts";
import { sideOf } from "../../../src/evaluate/gate/sides.ts";
import { builtinPolicies } from "../../../src/policy/builtin.ts";
import { compilePolicy } from "../../../src/policy/compile.ts";
import { templatePolicies } from "../../../src/policy/on-templates.ts";
import { type Fact, isUnknown } from "../../../src/snapshot/unknown.ts";
import { changeSubjects, movesBetween } from "../../../src/subjects/change/changes.ts";
import { lettingIn } from "../../../src/subjects/change/let-in.ts";
import type { Subject } from "../../../src/subjects/schema/kinds.ts";
import { subjects } from "../../../src/subjects/subjects.ts";
import { templateRecords } from "../../../src/templates/records/records.ts";
import type { StackState } from "../../../src/templates/records/world.ts";
import type {
  PlannedChange,
  TemplateInput,
  TemplateState,
} from "../../../src/templates/resource.ts";
import { retained, retainedOnReplacement } from "../../../src/templates/retained.ts";
import { readTerraformSource } from "../../../src/templates/terraform-source.ts";
import { CONTEXT } from "../../subjects/a-snapshot.ts";
import { read } from "../../templates/cloudformation/a-checkout.ts";
import { filesOf } from "../../templates/files-in-memory.ts";

const POLICIES = templatePolicies(builtinPolicies())
  .filter(({ parameters }) => Object.values(parameters ?? {}).every((each) => "default" in each))
  .map((policy) => compilePolicy(policy, {}));

/** One stack before and after a change; null: there is none then. */
export type StackChange = {
  stack: string;
  before: TemplateState | null;
  after: TemplateState | null;
  changes?: readonly PlannedChange[];
};

/** Stacks of Terraform source in one account, before and after a change. */
export function sources(
  texts: Record<string, readonly [before: string | null, after: string | null]>,
  options: { accountId?: string; region?: string } = { accountId: "111122223333" },
): StackChange[] {
  return Object.entries(texts).map(([stack, [before, after]]) => {
    const [was, now] = [before, after].map((text) =>
      text === null
        ? null
        : readTerraformSource(filesOf({ "main.tf": text }), "", { stack, ...options }),
    );
    return {
      stack,
      before: was?.after[0] ?? null,
      after: now?.after[0] ?? null,
      changes: now?.changes ?? [],
    };
  });
}

/** Stacks of CloudFormation templates in one account and region, before and after a change. */
export function templates(
  texts: Record<string, readonly [before: string | null, after: string | null]>,
): StackChange[] {
  const options = { accountId: "111122223333", region: "eu-west-1" };
  return Object.entries(texts).map(([stack, [before, after]]) => {
    const [was, now] = [before, after].map((text) =>
      text === null ? null : read(text, { stack, ...options }).after[0],
    );
    return { stack, before: was ?? null, after: now ?? null };
  });
}

/** A plan as a change of its stack. */
export const planned = ({ stack, before, after, changes }: TemplateInput): StackChange => ({
  stack,
  before,
  after: after[0],
  changes,
});

async function sideAt(states: readonly StackState[], wanted: ReadonlySet<string>) {
  const told = { tool: "test", startedAt: "2026-11-20T12:00:00.000Z", wanted };
  const made = templateRecords(states, told);
  const presenceOf = (id: string) => made.resourceOf(id)?.resource.presence ?? true;
  const all: Subject[] = [];
  for await (const subject of subjects(made.records, CONTEXT)) all.push(subject);
  return {
    possibility: { assuming: () => null, subjects: all, presenceOf },
    side: {
      records: made.records,
      guards: made.guards,
      has: (id: string) => made.resourceOf(id) !== undefined,
      presenceOf,
      watchAt: made.watchAt,
      openWatchesOn: made.openWatchesOn,
      topics: made.topics,
    },
  };
}

const statesOf = (stacks: readonly StackChange[], at: "before" | "after"): StackState[] =>
  stacks.flatMap((each) => {
    const state = each[at];
    return state === null ? [] : [{ stack: each.stack, state }];
  });

/** Judges a change as the gate does, with what it removes. */
export async function gate(
  stacks: readonly StackChange[],
  { coveredByOthers = () => false }: { coveredByOthers?: (id: string) => Fact<boolean> } = {},
) {
  const before = await sideAt(statesOf(stacks, "before"), new Set());
  const after = await sideAt(statesOf(stacks, "after"), lettingIn(before.side.records));
  const { fates, made } = fatesOf(stacks);
  const movedTo = new Map([...movesBetween(before.side, after.side), ...fates.movedTo]);
  const losses = changeSubjects(before.side, after.side, {
    ...fates,
    movedTo,
    coveredByOthers,
    context: CONTEXT,
  });
  const moved = [...movedTo].flatMap(([from, to]) => (isUnknown(to) ? [] : [[to, from] as const]));
  const told = gated(
    {
      before: sideOf([before.possibility], POLICIES),
      after: sideOf([after.possibility], POLICIES),
      losses: sideOf(
        [{ assuming: () => null, subjects: losses.subjects, presenceOf: () => true }],
        POLICIES,
      ),
      explains: losses.explains,
      movedFrom: new Map(moved),
      isMadeHere: (address) => made.has(address),
    },
    { policies: POLICIES, accepting: { waivers: [], today: "2026-11-20" } },
  );
  return { ...told, losses: losses.subjects };
}

function fatesOf(stacks: readonly StackChange[]) {
  const movedTo = new Map<string, string>();
  const replaced = new Set<string>();
  const [was, now] = [statesOf(stacks, "before"), statesOf(stacks, "after")];
  const kept = { deleted: retained(was), replaced: retainedOnReplacement(was, now) };
  const forgotten = new Set<string>();
  const made = new Set<string>();
  for (const { stack, changes = [] } of stacks) {
    for (const { address, previousAddress, action } of changes) {
      const id = `${stack}#${previousAddress ?? address}`;
      if (previousAddress !== null) movedTo.set(id, `${stack}#${address}`);
      if (action === "replace") replaced.add(id);
      if (action === "forget") forgotten.add(id);
      if (action === "create" || action === "replace") made.add(address);
    }
  }
  return { fates: { movedTo, replaced, forgotten, retained: kept }, made };
}

/** Each alert that gates, as one line. */
export const alerts = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ standing }) => standing === "regression")
    .map(
      ({ verdict, policy, subject, message }) => `${verdict} ${policy} ${subject.id}: ${message}`,
    );
