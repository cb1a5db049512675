import type { CompiledPolicy } from "../../policy/compile.ts";
import type { Audit } from "../audit.ts";
import { newDraft } from "../draft.ts";
import { folded, loneFailure } from "../failures.ts";
import { type Before, type Finding, fingerprint, inOrder } from "../finding.ts";
import { tallyOf } from "../tally.ts";
import { NO_MATCH, type Waiver, waiversOn } from "../waiver.ts";
import { waiverNotes } from "../waiver-notes.ts";
import { compared } from "./compared.ts";
import { type Explains, explainedByLosses, isWithin } from "./losses.ts";
import type { Judged, Side } from "./sides.ts";
import { beforeOf, type Standing, type Was } from "./standing.ts";

/** A change, judged before and after. */
export type ChangeSides = {
  /** Empty where there is nothing to compare with: then every failing verdict counts. */
  before: Side;
  after: Side;
  /** What the change removes, replaces or narrows: subjects of the kind `change`. */
  losses: Side;
  /** The verdicts that each loss explains, by the id of the loss. */
  explains: ReadonlyMap<string, readonly Explains[]>;
  /** Ids of subjects after the change, and what these were before, where they moved or are made anew. */
  movedFrom: ReadonlyMap<string, string>;
  /** Whether a resource of this address is made by the change itself. */
  isMadeHere: (address: string) => boolean;
};

/** What judging a change comes to. */
export type Gated = Pick<
  Audit,
  "verdicts" | "findings" | "explained" | "additional" | "waived" | "waivers" | "unknowns"
> & {
  /** What failed or was not known before and passes now. */
  improvements: { policy: string; subject: string; was: "fail" | "unknown" }[];
};

type Judging = {
  policies: readonly CompiledPolicy[];
  accepting: { waivers: readonly Waiver[]; today: string };
};

/** Compares both sides: each finding comes with how it stands to what was there before. */
export function gated(change: ChangeSides, { policies, accepting }: Judging): Gated {
  const waivers = waiversOn(accepting.waivers, accepting.today);
  const tally = tallyOf(waivers);
  const ledger = new Map<string, Entry>();
  const lost: Finding[] = [];
  const improvements: Improved[] = [];
  for (const each of [...change.losses.verdicts.values(), ...change.after.verdicts.values()]) {
    const { judged, was, standing } = compared(change, each);
    const { verdict } = judged;
    const match = verdict.verdict === "pass" ? NO_MATCH : waivers.match(verdict);
    tally.add({ ...judged, match });
    if (standing === "improvement") improvements.push(improved(judged, was));
    if (standing !== "regression" && standing !== "debt") continue;
    enter(ledger, judged, { standing, before: beforeOf(was, judged) });
    if (verdict.verdict === "unknown" && match.live === null) lost.push(unproven(judged));
  }
  const told = tally.told(null);
  const failing = told.findings.filter(({ verdict }) => verdict === "fail");
  const roots = standing({ findings: [...failing, ...lost], explained: told.explained }, ledger);
  const explained = explainedByLosses(roots, change.explains);
  const { verdicts, additional, waived, unknowns } = told;
  const broken = brokenFacts(roots, change.explains);
  const mended = improvements.filter((each) => isMended(each, broken));
  return {
    verdicts,
    findings: explained.findings.sort(inOrder),
    explained: [...told.explained, ...explained.explained].sort(inOrder),
    additional,
    waived,
    unknowns,
    improvements: mended.map(({ policy, subject, was }) => ({ policy, subject, was })),
    waivers: waiverNotes({
      ...told,
      ...accepting,
      matched: waivers.matched,
      policies,
      accounts: [],
    }),
  };
}

type Entry = { standing: Standing; before: Before | null };

/** Replicas of one trail are one finding: of several standings the worst counts. */
function enter(ledger: Map<string, Entry>, { verdict }: Judged, entry: Entry): void {
  const key = fingerprint(verdict.policy, folded(verdict.subject));
  if (ledger.get(key)?.standing !== "regression") ledger.set(key, entry);
}

type Improved = Gated["improvements"][number] & {
  /** What it was not known for before. */
  pointers: readonly string[];
};

function improved({ verdict }: Judged, was: Was): Improved {
  const before = was.kind === "judged" ? was.judged.verdict : null;
  return {
    policy: verdict.policy,
    subject: verdict.subject.id,
    was: before?.verdict === "fail" ? "fail" : "unknown",
    pointers: (before?.because ?? []).map(({ pointer }) => pointer),
  };
}

/** The facts that follow from what the change broke, by the subject that has them. */
function brokenFacts(
  findings: readonly Finding[],
  explains: ChangeSides["explains"],
): Map<string, string[]> {
  const facts = new Map<string, string[]>();
  for (const { standing: stands, subject } of findings) {
    if (stands !== "regression" || subject.kind !== "change") continue;
    for (const { id, pointers } of explains.get(subject.id) ?? []) {
      facts.set(id, [...(facts.get(id) ?? []), ...pointers]);
    }
  }
  return facts;
}

/** What is known only because the change broke what the fact follows from is not mended. */
const isMended = (
  { subject, was, pointers }: Improved,
  broken: ReadonlyMap<string, string[]>,
): boolean =>
  was === "fail" || !pointers.some((pointer) => isWithin(pointer, broken.get(subject) ?? []));

/** The alert for what can no longer be proven. */
function unproven({ verdict }: Judged): Finding {
  const failure = loneFailure(verdict, NO_MATCH);
  const draft = newDraft(failure);
  draft.take(failure, failure.regions[0] ?? null);
  const message = `${verdict.subject.name}: what held before can no longer be proven`;
  return { ...draft.finding(), verdict: "unknown", message };
}

/** A root stands as the worst of itself and of what it explains. */
function standing(
  { findings, explained }: Pick<Gated, "findings" | "explained">,
  ledger: ReadonlyMap<string, Entry>,
): Finding[] {
  const broken = new Set(
    explained
      .filter(({ fingerprint: key }) => ledger.get(key)?.standing === "regression")
      .map(({ explainedBy }) => explainedBy),
  );
  return findings.map((finding) => {
    const entry = ledger.get(finding.fingerprint);
    const isBroken = entry?.standing === "regression" || broken.has(finding.fingerprint);
    return {
      ...finding,
      standing: isBroken ? "regression" : "debt",
      ...(entry === undefined || entry.before === null ? {} : { before: entry.before }),
    };
  });
}
