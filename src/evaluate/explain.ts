import { SEVERITIES } from "../policy/policy.ts";
import { compare } from "./accounts.ts";
import type { Failure } from "./failures.ts";
import type { Link } from "./links.ts";

/** A failing verdict: which failure it is of, and in which region. */
export type Failing = { failure: Failure; region: string | null };

/** Finds, for a failing verdict, the one that it follows from; itself where nothing explains it. */
export type Roots = (failing: Failing) => Failing;

/** Makes the search for roots over all failing verdicts of a snapshot. */
export function rootsOf(failures: readonly Failure[]): Roots {
  const find = failingIndex(failures);
  const roots = new Map<string, Failing>();
  const root = (failing: Failing): Failing => {
    const key = keyOf(failing);
    const known = roots.get(key);
    if (known !== undefined) return known;
    const cause = causeOf(failing, find);
    const found = cause === null ? failing : root(cause);
    // Only what may explain thousands is worth remembering; each region's own answer is not.
    if (failing.failure.verdict.subject.kind !== "region") roots.set(key, found);
    return found;
  };
  return root;
}

type Find = (policy: string, subjectId: string) => Failing | null;

function failingIndex(failures: readonly Failure[]): Find {
  const index = new Map<string, Failing>();
  for (const failure of failures) {
    const { policy, subject } = failure.verdict;
    if (subject.kind === "region") continue;
    if (failure.regions.length === 0)
      index.set(`${policy} ${subject.id}`, { failure, region: null });
    for (const region of failure.regions) {
      index.set(`${policy} ${subject.arn}@${subject.account}/${region}`, { failure, region });
    }
  }
  return (policy, subjectId) => index.get(`${policy} ${subjectId}`) ?? null;
}

function keyOf({ failure, region }: Failing): string {
  const { policy, subject } = failure.verdict;
  return region === null
    ? `${policy} ${subject.id}`
    : `${policy} ${subject.arn}@${subject.account}/${region}`;
}

type Suspect = Failing & { link: Link };

/** The failing verdict that this one is proven to follow from; null: none. */
function causeOf(failing: Failing, find: Find): Failing | null {
  const suspects = failing.failure.links
    .flatMap((link): Suspect[] => {
      const found = find(link.policy, placed(link.id, failing));
      if (found === null || keyOf(found) === keyOf(failing)) return [];
      if (link.cause !== null && found.failure.notBy.includes(link.cause.repair)) return [];
      return [{ ...found, link }];
    })
    .sort(worstFirst);
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
