import type { CompiledPolicy } from "../policy/compile.ts";
import { type AccountOutcome, compare } from "./accounts.ts";
import type { Finding, Waived } from "./finding.ts";
import { acceptance, isExpired, type Waiver, type Waivers } from "./waiver.ts";

const SAMPLE = 20;

/** Days before its last in which a waiver is announced to expire. */
const SOON_DAYS = 14;

/** A waiver of more policies than this accepts whatever comes. */
const MOST_POLICIES = 10;

/** What is worth saying about a waiver itself. */
export type WaiverNote = {
  kind: "expired" | "expires-soon" | "unused" | "over-broad";
  waiver: Waiver;
  /** What makes it so, in a clause. */
  why: string;
  accounts: number;
  /** The first subjects concerned, by id. */
  sample: string[];
};

export type Used = {
  waivers: readonly Waiver[];
  today: string;
  matched: Waivers["matched"];
  findings: readonly Finding[];
  waived: readonly Waived[];
  policies: readonly CompiledPolicy[];
  accounts: readonly AccountOutcome[];
};

/** What the waivers of a config ask for, in the order of the file. */
export function waiverNotes(used: Used): WaiverNote[] {
  return used.waivers.flatMap((waiver) => {
    if (isExpired(waiver, used.today)) return [expired(waiver, used)];
    return [...broad(waiver, used), ...unused(waiver, used), ...soon(waiver, used)];
  });
}

function expired(waiver: Waiver, { findings }: Used): WaiverNote {
  const back = findings.filter(
    ({ policy, expiredWaiver }) =>
      waiver.policies.includes(policy) && isSame(expiredWaiver, waiver),
  );
  const why =
    back.length === 0 ? "nothing that it covered is found" : "what it covered counts again";
  return { kind: "expired", waiver, why, ...concerned(back) };
}

const isSame = (words: Finding["expiredWaiver"], waiver: Waiver): boolean =>
  JSON.stringify(words) === JSON.stringify(acceptance(waiver));

/** Only where one of its policies judged: another run may need it. */
function unused(waiver: Waiver, { matched, policies }: Used): WaiverNote[] {
  const judged = policies.some(({ policy: { id } }) => waiver.policies.includes(id));
  if (!judged || matched.has(waiver)) return [];
  return [{ kind: "unused", waiver, why: "it covers nothing of this run", ...concerned([]) }];
}

function broad(waiver: Waiver, used: Used): WaiverNote[] {
  const covered = used.waived.filter((each) => each.waiver === waiver);
  const critical = accountsOf(covered.filter(({ severity }) => severity === "critical"));
  const expected = used.accounts.filter(({ state }) => state !== "skipped").length;
  const reasons = [
    ...(Object.keys(waiver.scope).length === 0 ? ["it names no scope"] : []),
    ...(waiver.policies.length > MOST_POLICIES
      ? [`it names ${waiver.policies.length} policies`]
      : []),
    ...(critical.size > 1 && critical.size > expected / 2
      ? [`it covers a critical policy in ${critical.size} of ${expected} accounts`]
      : []),
  ];
  if (reasons.length === 0) return [];
  return [{ kind: "over-broad", waiver, why: reasons.join(", "), ...concerned(covered) }];
}

function soon(waiver: Waiver, { today, waived }: Used): WaiverNote[] {
  const days = (Date.parse(waiver.expires) - Date.parse(today)) / 86_400_000;
  if (days > SOON_DAYS) return [];
  const why = days === 0 ? "today is its last day" : `${days} days are left`;
  const covered = waived.filter((each) => each.waiver === waiver);
  return [{ kind: "expires-soon", waiver, why, ...concerned(covered) }];
}

function concerned(findings: readonly Finding[]): Pick<WaiverNote, "accounts" | "sample"> {
  const ids = new Set(findings.map(({ subject }) => subject.id));
  return { accounts: accountsOf(findings).size, sample: [...ids].sort(compare).slice(0, SAMPLE) };
}

function accountsOf(findings: readonly Finding[]): Set<string | null> {
  return new Set(findings.map(({ subject }) => subject.account));
}
