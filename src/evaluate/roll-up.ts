import type { CompiledPolicy } from "../policy/compile.ts";
import type { Control, Framework, Mapping, Strength } from "../policy/framework.ts";
import { compare } from "./accounts.ts";
import { inherited, marksOf, type Source, subjectOf } from "./roll-up-inherit.ts";
import { type Gathering, gathering, type Told } from "./roll-up-marks.ts";
import {
  CONTROL_STATES,
  type ControlState,
  FAILED,
  type Ruling,
  ruling,
  UNDECIDED,
  WAIVED,
} from "./roll-up-state.ts";
import type { SubjectVerdict } from "./verdict.ts";

/** What the verdicts of a run come to for one framework. */
export type FrameworkRollUp = {
  id: string;
  title: string;
  /** The scope whose accounts were looked at; null: all that were expected. */
  scope: string | null;
  accounts: number;
  controls: ControlRollUp[];
};

export type ControlRollUp = {
  id: string;
  paraphrase: string;
  /** The worst state of all accounts. */
  state: ControlState;
  /** Accounts in each state. */
  rollUp: Record<ControlState, number>;
  policies: Mapping[];
  /** Why no policy can show it. */
  notAssessable?: string;
  /** The twenty accounts that are worst, by state and id. */
  accounts: ControlRow[];
};

/** One control in one account. */
export type ControlRow = {
  id: string;
  name: string | null;
  state: ControlState;
  /** The first five trails that record the account, by ARN. */
  trails: string[];
  because: RowReason[];
};

/** A policy whose verdict made the state. */
export type RowReason = {
  policy: string;
  strength: Strength;
  verdict: "pass" | "fail" | "unknown" | "waived" | "not-judged";
  /** The subject it is about; of several the first by id; null for a pass. */
  subject: string | null;
};

/** A framework and the accounts that it is asked about. */
export type InScope = {
  framework: Framework;
  scope: string | null;
  /** By id. */
  accounts: readonly { id: string; name: string | null }[];
};

export type RollUp = Pick<Gathering, "meet" | "pass" | "add"> & {
  /** `isAccepted` tells of a failing verdict whether it is waived with what it follows from. */
  told(frameworks: readonly InScope[], isAccepted: IsAccepted): FrameworkRollUp[];
};
type IsAccepted = (verdict: SubjectVerdict) => boolean;

const SAMPLE = 20;
const TRAILS_SHOWN = 5;

/**
 * Gathers verdicts for frameworks as they pass, and tells what they come to in the end. Failing
 * verdicts of `waivable` policies wait until then: a waiver may cover them with their root.
 */
export function rollUp(
  policies: readonly CompiledPolicy[],
  waivable: ReadonlySet<string> = new Set(),
): RollUp {
  const order = new Map(policies.map(({ policy }, index) => [policy.id, index]));
  const kinds = policies.map(({ policy }) => policy.subject);
  const { gathered, meet, pass, add } = gathering(order);
  const waiting: Told[] = [];
  return {
    meet,
    pass,
    add: (told) => {
      const { verdict, waived } = told;
      if (waived || verdict.verdict !== "fail" || !waivable.has(verdict.policy)) add(told);
      else waiting.push(told);
    },
    told: (frameworks, isAccepted) => {
      for (const told of waiting) add({ ...told, waived: isAccepted(told.verdict) });
      const source: Source = { order, kinds, gathered, memo: new Map() };
      return frameworks.map((each) => frameworkRollUp(source, each));
    },
  };
}

function frameworkRollUp(source: Source, { framework, scope, accounts }: InScope): FrameworkRollUp {
  const { id, title, controls } = framework;
  const groups = grouped(source, accounts);
  return {
    id,
    title,
    scope,
    accounts: accounts.length,
    controls: controls.map((control) => controlRollUp(source, control, groups)),
  };
}

/** Accounts whose verdicts are the same, by id; thousands of accounts make a handful of groups. */
type Alike = { bits: Uint8Array; accounts: InScope["accounts"][number][] };

function grouped(source: Source, accounts: InScope["accounts"]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const account of accounts) {
    const { bits, key } = inherited(source, account.id);
    const group = groups.get(key) ?? { bits, accounts: [] };
    group.accounts.push(account);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function controlRollUp(source: Source, control: Control, groups: readonly Alike[]): ControlRollUp {
  const { id, paraphrase, policies = [], notAssessable } = control;
  const counts = emptyCounts();
  const samples = new Map<ControlState, Asked[]>();
  for (const { bits, accounts } of groups) {
    const ruled = ruling(policies.map((each) => ({ ...each, marks: marksOf(source, bits, each) })));
    counts[ruled.state] += accounts.length;
    const asked = accounts.slice(0, SAMPLE).map((account) => ({ account, policies, bits, ruled }));
    samples.set(ruled.state, [...(samples.get(ruled.state) ?? []), ...asked]);
  }
  const met = CONTROL_STATES.filter((state) => counts[state] > 0);
  const sample = met.flatMap((state) => byId(samples.get(state)));
  return {
    id,
    paraphrase,
    state: met[0] ?? "not-assessed",
    rollUp: counts,
    policies,
    ...(notAssessable === undefined ? {} : { notAssessable }),
    accounts: policies.length === 0 ? [] : sample.slice(0, SAMPLE).map((each) => row(source, each)),
  };
}

const byId = (asked: readonly Asked[] = []) =>
  asked.toSorted((a, b) => compare(a.account.id, b.account.id));

const emptyCounts = (): Record<ControlState, number> => ({
  contradicted: 0,
  incomplete: 0,
  excepted: 0,
  "not-assessed": 0,
  "partly-supported": 0,
  supported: 0,
});

type Asked = {
  account: InScope["accounts"][number];
  policies: readonly Mapping[];
  bits: Uint8Array;
  ruled: Ruling;
};

function row(source: Source, { account, policies, bits, ruled }: Asked): ControlRow {
  const { state, mark, by } = ruled;
  const deciding = policies.filter(
    (each) => by.includes(each.strength) && (marksOf(source, bits, each) & mark) !== 0,
  );
  return {
    ...account,
    state,
    trails: (source.gathered.accounts.get(account.id)?.trails ?? []).slice(0, TRAILS_SHOWN),
    because: deciding.map(({ policy, strength }) => {
      const index = source.order.get(policy);
      if (index === undefined) return { policy, strength, verdict: "not-judged", subject: null };
      const subject = subjectOf(source, { id: account.id, index, mark });
      return { policy, strength, verdict: WORDS[mark] ?? "pass", subject };
    }),
  };
}

const WORDS: Record<number, RowReason["verdict"]> = {
  [FAILED]: "fail",
  [UNDECIDED]: "unknown",
  [WAIVED]: "waived",
};
