import { isKnown } from "../snapshot/unknown.ts";
import type { Subject } from "../subjects/schema/kinds.ts";

/** Lets subjects through, some of them later. */
export type Sieve = {
  take(subject: Subject): void;
  /** Every subject was taken. */
  end(): void;
};

/**
 * Tells the subjects that concern the accounts of a scope: they and what belongs to them, the trails
 * that record them (in their owner's account too, where a stopped trail has its root), what these
 * trails use, event data stores of the organization, and the organization. `members` is asked once the first subject is there.
 */
export function inScope(
  members: () => ReadonlySet<string>,
  tell: (subject: Subject) => void,
): Sieve {
  const serving = new Set<string>();
  let known: ReadonlySet<string> | null = null;
  let waiting: Subject[] = [];
  const release = () => {
    const serve = waiting.filter(({ fields }) => serving.has(fields.arn ?? ""));
    waiting = [];
    for (const subject of serve) tell(subject);
  };
  const take = (subject: Subject) => {
    known ??= members();
    if (subject.kind === "organization" || isResource(subject)) release();
    if (isServing(subject, serving) || isOf(subject, known)) {
      note(subject, serving);
      tell(subject);
    } else if (mayServe(subject)) waiting.push(subject);
  };
  return { take, end: release };
}

/** A bucket, key or log group that was seen; these come when every account has passed. */
function isResource({ kind, fields }: Subject): boolean {
  return !fields.placeholder && (kind === "bucket" || kind === "key" || kind === "log-group");
}

function isOf(subject: Subject, members: ReadonlySet<string>): boolean {
  const { accountId } = subject.fields;
  return isKnown(accountId) && members.has(accountId ?? "");
}

function isServing(subject: Subject, serving: ReadonlySet<string>): boolean {
  const { kind, fields } = subject;
  if (kind === "organization") return true;
  // One of the organization's takes in the events of every account.
  if (kind === "event-data-store") return !fields.placeholder && fields.isOrganization === true;
  if (kind !== "bucket" && kind !== "key" && kind !== "log-group") return false;
  return fields.trails.some((arn) => isKnown(arn) && serving.has(arn));
}

function note({ kind, fields }: Subject, serving: Set<string>): void {
  if (kind !== "account") return;
  for (const trail of fields.trails) if (isKnown(trail)) serving.add(trail.arn);
}

/** Only an organization trail records accounts other than its owner's. */
function mayServe({ kind, fields }: Subject): boolean {
  if (fields.placeholder || (kind !== "trail" && kind !== "replica")) return false;
  if (fields.isOrganizationTrail === false) return false;
  return kind === "trail" || fields.trailAccountId === fields.accountId;
}
