import { SEVERITIES } from "../policy/policy.ts";
import { compare } from "./accounts.ts";
import type { Failure } from "./failures.ts";
import type { Link } from "./links.ts";
import type { Waiver } from "./waiver.ts";

/** A failing verdict: which failure it is of, and in which region. */
export type Failing = { failure: Failure; region: string | null };

/** The failing verdict that one follows from, itself where nothing explains it; who accepted it. */
export type Origin = { root: Failing; waiver: Waiver | null };
export type Origins = (failing: Failing) => Origin;

/** Makes the search for roots over all failing verdicts of a snapshot. */
export function originsOf(failures: readonly Failure[]): Origins {
  const find = failingIndex(failures);
  const origins = new Map<string, Origin>();
  const origin = (failing: Failing, isSuspect = false): Origin => {
    const key = keyOf(failing);
    const known = origins.get(key);
    if (known !== undefined) return known;
    const suspects = suspectsOf(failing, find);
    const found = traced(
      failing,
      suspects.map((suspect) => ({ ...suspect, origin: origin(suspect, true) })),
    );
    // Only what may explain thousands is worth remembering; each region's own answer is not.
    const { kind } = failing.failure.verdict.subject;
    if (isSuspect || kind !== "region") origins.set(key, found);
    return found;
  };
  return (failing) => origin(failing);
}

type Traced = Suspect & { origin: Origin };

/**
 * A cause that nobody accepted goes first: it raises an alert, whoever accepted the effect. An
 * accepted cause covers the policies that its waiver names, and explains nothing else.
 */
function traced(failing: Failing, suspects: readonly Traced[]): Origin {
  const { match, verdict } = failing.failure;
  const open = suspects.filter(({ origin }) => origin.waiver === null);
  const cause = causeAmong(failing, open);
  if (cause !== null) return cause.origin;
  if (match.live !== null) return { root: failing, waiver: match.live };
  const accepted = suspects.filter(({ origin }) =>
    origin.waiver?.policies.includes(verdict.policy),
  );
  const covering =
    causeAmong(failing, accepted) ??
    // Only together: what is open is named, for it is what is left to mend.
    (accepted.length > 0 && open.length > 0 ? causeAmong(failing, [...open, ...accepted]) : null);
  return covering?.origin ?? { root: failing, waiver: null };
}

type Find = (policy: string, subjectId: string) => Failing | null;

function failingIndex(failures: readonly Failure[]): Find {
  const index = new Map<string, Failing>();
  const named = regionsNamed(failures);
  for (const failure of failures) {
    const { policy, subject } = failure.verdict;
    if (subject.kind === "region") {
      for (const region of failure.regions) {
        const id = `${subject.account}/${region}`;
        if (named.has(id)) index.set(`${policy} ${id}`, { failure, region });
      }
      continue;
    }
    if (failure.regions.length === 0)
      index.set(`${policy} ${subject.id}`, { failure, region: null });
    for (const region of failure.regions) {
      index.set(`${policy} ${subject.arn}@${subject.account}/${region}`, { failure, region });
    }
  }
  return (policy, subjectId) => index.get(`${policy} ${subjectId}`) ?? null;
}

/** The regions that a failure may follow from: a handful, of all that there are. */
function regionsNamed(failures: readonly Failure[]): ReadonlySet<string> {
  const links = new Set(failures.map((failure) => failure.links));
  const regions = [...links].flat().filter(({ cause }) => cause?.kind === "region");
  return new Set(regions.map(({ id }) => id));
}

function keyOf({ failure, region }: Failing): string {
  const { policy, subject } = failure.verdict;
  return region === null
    ? `${policy} ${subject.id}`
    : `${policy} ${subject.arn}@${subject.account}/${region}`;
}

type Suspect = Failing & { link: Link };

/** The failing verdicts that may be why this one fails. */
function suspectsOf(failing: Failing, find: Find): Suspect[] {
  return failing.failure.links
    .flatMap((link): Suspect[] => {
      const found = find(link.policy, placed(link.id, failing));
      if (found === null || keyOf(found) === keyOf(failing)) return [];
      if (link.cause !== null && found.failure.notBy.includes(link.cause.repair)) return [];
      return [{ ...found, link }];
    })
    .sort(worstFirst);
}

/** The first of the suspects that this one is proven to follow from; null: none. */
function causeAmong<S extends Suspect>(failing: Failing, suspects: readonly S[]): S | null {
  const byError = suspects.find((suspect) => provenByError(suspect, failing));
  const repairable = suspects.filter(({ link }) => link.cause !== null);
  const alone = repairable.find((suspect) => isProven(failing, [suspect]));
  if (byError !== undefined || alone !== undefined) return byError ?? alone ?? null;
  return isProven(failing, repairable) ? (repairable[0] ?? null) : null;
}

function isProven({ failure }: Failing, suspects: readonly Suspect[]): boolean {
  const causes = suspects.flatMap(({ link }) => (link.cause === null ? [] : [link.cause]));
  return causes.length > 0 && failure.proof(causes);
}

function provenByError({ link, failure: cause }: Suspect, { failure }: Failing): boolean {
  if (link.cause !== null) return false;
  if (link.errors === null) return cause.error === failure.error;
  return failure.error !== null && link.errors.some((start) => failure.error?.startsWith(start));
}

function placed(id: string, { failure, region }: Failing): string {
  return id
    .replace("{account}", failure.verdict.subject.account ?? "?")
    .replace("{region}", region ?? "?");
}

function worstFirst(a: Suspect, b: Suspect): number {
  const [one, other] = [a.failure.verdict, b.failure.verdict];
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    compare(one.policy, other.policy) ||
    compare(one.subject.id, other.subject.id)
  );
}
