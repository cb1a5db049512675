import type { CompiledPolicy } from "../policy/compile.ts";
import { and, any, type Truth } from "../snapshot/logic.ts";
import { isKnown, isUnknown, unknownMore } from "../snapshot/unknown.ts";
import type { Subject, SubjectKind, SubjectOf } from "../subjects/schema/kinds.ts";
import { compare } from "./accounts.ts";
import { type Asked, isAside } from "./judge.ts";
import { FAILED, PASSED, UNDECIDED, WAIVED } from "./roll-up-state.ts";
import { causesBehind } from "./unknowns.ts";
import type { SubjectVerdict } from "./verdict.ts";

/** The verdicts about one subject, or about all that is in an account, together. */
export type Marks = {
  /** By policy, the bits of its verdicts. */
  bits: Uint8Array;
  /** By policy and bit, the first subject by id; passes leave none. */
  where: Map<number, string>;
};

export type AccountMarks = Marks & {
  id: string;
  /** ARNs of the trails that record it, as far as they were seen. */
  trails: readonly string[];
  /** Whether an organization trail logs in it. */
  covered: Truth;
  /** Whether a multi-region trail proves that regions hidden by service control policies are recorded. */
  proven: boolean;
};

type Shared = "bucket" | "key" | "log-group";
export type TrailMarks = Marks & {
  /** What it delivers to, each with its own verdicts. */
  uses: Marks[];
  /** Kinds of resources that it uses and that were not seen. */
  owes: Set<SubjectKind>;
};

/** One policy about the organization, asked as one account sees it. */
type Narrowed = { index: number; id: string; judge: (account: AccountMarks) => number };

/** Every verdict that frameworks look at, by what it is about. */
export type Gathered = {
  accounts: ReadonlyMap<string, AccountMarks>;
  trails: ReadonlyMap<string, TrailMarks>;
  organization: readonly Narrowed[];
};

export type Gathering = {
  gathered: Gathered;
  meet(subject: Subject): void;
  pass(compiled: CompiledPolicy, asked: Asked): void;
  add(told: Told): void;
};

/** A verdict, and the subject that it is about. */
export type Told = {
  verdict: SubjectVerdict;
  subject: Subject;
  compiled: CompiledPolicy;
  /** Whether somebody accepted it. */
  waived: boolean;
};

/** Gathers verdicts of these policies as they pass; memory grows with accounts and resources. */
export function gathering(policies: ReadonlyMap<string, number>): Gathering {
  const { accounts, trails, meet, holder } = holders(policies.size);
  const organization: Narrowed[] = [];
  const add = (told: Told) => {
    const { verdict, subject } = told;
    const index = policies.get(verdict.policy);
    // What only repeats the work of other trails moves nothing: these others answer.
    if (index === undefined || verdict.additional) return;
    if (subject.kind === "organization") {
      organization.push(narrowed(index, subject.fields, told));
      return;
    }
    const marks = holder(subject);
    // Of an account that was not asked, as the owner of a trail may be, nobody is told a state.
    if (marks === undefined || isPresumed(verdict, accounts)) return;
    const bit = bitOf(verdict.verdict, told.waived);
    mark(marks, index, { bit, id: verdict.subject.id });
  };
  let last: { subject: Subject; marks: Marks | undefined } | null = null;
  const pass = (compiled: CompiledPolicy, asked: Asked) => {
    const { subject } = asked;
    const index = policies.get(compiled.policy.id);
    if (index === undefined || isAside(compiled, asked)) return;
    if (subject.kind === "organization") {
      organization.push(narrowed(index, subject.fields, { compiled, waived: false }));
      return;
    }
    // Verdicts about one subject come one after the other.
    if (last?.subject !== subject) last = { subject, marks: holder(subject) };
    const bits = last.marks?.bits;
    if (bits !== undefined) bits[index] = (bits[index] ?? 0) | PASSED;
  };
  return { gathered: { accounts, trails, organization }, meet, pass, add };
}

/** Whose verdicts are kept together: an account's with all its places', a trail's, a resource's. */
function holders(size: number) {
  const accounts = new Map<string, AccountMarks>();
  const trails = new Map<string, TrailMarks>();
  const resources = new Map<string, Marks>();
  const blank = (): Marks => ({ bits: new Uint8Array(size), where: new Map() });
  const meet = (subject: Subject) => {
    const { kind, fields } = subject;
    if (fields.placeholder) return;
    if (kind === "account") accounts.set(fields.id, { ...blank(), ...accountFacts(fields) });
    if (kind === "trail") trails.set(fields.id, { ...blank(), uses: [], owes: owed(fields) });
    if (kind === "bucket" || kind === "key" || kind === "log-group") {
      const marks = blank();
      resources.set(`${kind} ${fields.id}`, marks);
      for (const arn of fields.trails) if (isKnown(arn)) use(trails.get(arn), kind, marks);
    }
  };
  const holder = ({ kind, fields }: Subject): Marks | undefined => {
    const isOwn = fields.placeholder || PLACES.has(kind);
    if (isOwn) return isKnown(fields.accountId) ? accounts.get(fields.accountId ?? "") : undefined;
    return kind === "trail" ? trails.get(fields.id) : resources.get(`${kind} ${fields.id}`);
  };
  return { accounts, trails, meet, holder };
}

const PLACES = new Set<SubjectKind>(["account", "region", "replica", "event-data-store"]);

function accountFacts(fields: SubjectOf["account"]): Omit<AccountMarks, keyof Marks> {
  return {
    id: fields.id,
    trails: fields.trails.flatMap((trail) => (isKnown(trail) ? [trail.arn] : [])).sort(compare),
    covered: any(fields.trails, (trail) => and(trail.isOrganizationTrail, trail.isLogging)),
    proven: fields.hasMultiRegionTrailLogging === true,
  };
}

/** What a trail says it uses, or does not say: until it is seen, nothing about it is decided. */
function owed({ bucket, kmsKey, logGroup }: SubjectOf["trail"]): Set<SubjectKind> {
  const uses: [Shared, unknown][] = [
    ["bucket", bucket],
    ["key", kmsKey],
    ["log-group", logGroup],
  ];
  return new Set(uses.filter(([, fact]) => fact !== null).map(([kind]) => kind));
}

function use(trail: TrailMarks | undefined, kind: Shared, marks: Marks): void {
  trail?.uses.push(marks);
  trail?.owes.delete(kind);
}

/** The one place where a verdict, and whether somebody accepted it, becomes a bit. */
function bitOf(verdict: SubjectVerdict["verdict"], waived: boolean): number {
  if (verdict === "pass") return PASSED;
  if (waived || verdict === "waived") return WAIVED;
  return verdict === "fail" ? FAILED : UNDECIDED;
}

function mark({ bits, where }: Marks, index: number, { bit, id }: { bit: number; id: string }) {
  bits[index] = (bits[index] ?? 0) | bit;
  if (bit === PASSED) return;
  const key = placeKey(index, bit);
  const before = where.get(key);
  if (before === undefined || compare(id, before) < 0) where.set(key, id);
}

/** Where a policy's verdict of this kind is noted. */
export const placeKey = (index: number, bit: number): number => index * 16 + bit;

/** What only service control policies hide, in an account whose trail proves that it is recorded. */
function isPresumed(verdict: SubjectVerdict, accounts: ReadonlyMap<string, AccountMarks>): boolean {
  const { kind, account } = verdict.subject;
  if (verdict.verdict !== "unknown" || (kind !== "region" && kind !== "replica")) return false;
  if (accounts.get(account ?? "")?.proven !== true) return false;
  return causesBehind(verdict).every(({ reason }) => reason === "denied-by-scp");
}

/** An account out of scope that is not covered must not contradict the controls of one that is. */
function narrowed(
  index: number,
  fields: SubjectOf["organization"],
  { compiled, waived }: Pick<Told, "compiled" | "waived">,
): Narrowed {
  const judge = ({ id, covered }: AccountMarks): number => {
    const uncovered = covered === false ? [id] : [];
    const verdict = compiled.verdict({
      ...fields,
      coversEveryAccount: covered,
      uncoveredAccounts: isUnknown(covered) ? [unknownMore(covered)] : uncovered,
    });
    return verdict === null ? 0 : bitOf(verdict, waived);
  };
  return { index, id: fields.id, judge };
}
