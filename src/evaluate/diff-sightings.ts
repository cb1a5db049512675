import type { HeaderRecord } from "../snapshot/records.ts";
import { type Fact, isKnown } from "../snapshot/unknown.ts";
import type { Subject } from "../subjects/schema/kinds.ts";
import type { AccountOutcome } from "./accounts.ts";
import type { Earlier } from "./diff.ts";
import { foldKey } from "./failures.ts";
import type { Finding } from "./finding.ts";
import type { SubjectVerdict } from "./verdict.ts";

/**
 * What became of what an earlier finding is about: `fails` still; `mended`: it passes; `unseen`:
 * this run could not tell; `gone`: it is no longer there, or no longer judged.
 */
export type Whereabouts = "fails" | "mended" | "unseen" | "gone";

/** A run as far as it tells where it looked. */
export type Run = {
  header: Pick<HeaderRecord, "scope" | "arguments">;
  accounts: readonly AccountOutcome[];
  /** The policies that judged. */
  policies: ReadonlySet<string>;
};

/** A subject as far as it may stand for others that could not be listed. */
export type Met = {
  kind: Subject["kind"];
  fields: {
    placeholder?: boolean;
    accountId: Fact<string | null>;
    region: Fact<string | null>;
  };
};

export type Sightings = {
  meet(subject: Met): void;
  see(verdict: SubjectVerdict): void;
  /** Asked once all subjects have passed. */
  whereabouts(finding: Finding, earlier: Earlier, run: Run): Whereabouts;
};

/** The region of a verdict that stands for regions that could not be listed. */
const ANY = "*";

/** The event data stores of an account are listed by themselves, and may be hidden where trails are not. */
const storesOf = (account: unknown): string => `${account} event-data-store`;

/** Watches a run for what the findings of earlier runs are about. */
export function sightingsOf(earlier: readonly Earlier[]): Sightings {
  const seen = new Map<string, Map<string, SubjectVerdict["verdict"]>>();
  for (const { findings } of earlier) {
    for (const finding of findings) seen.set(foldKey(finding), new Map());
  }
  const hidden = new Set<string>();
  return {
    meet: ({ kind, fields: { placeholder = false, accountId, region } }) => {
      if (!placeholder) return;
      if (kind === "event-data-store") hidden.add(storesOf(accountId));
      if (kind !== "region" && kind !== "replica") return;
      hidden.add(`${accountId} ${isKnown(region) ? region : ANY}`);
    },
    see: (verdict) => {
      // Asked of every verdict: a run without earlier ones must not pay for its key.
      if (seen.size === 0) return;
      const places = seen.get(foldKey(verdict));
      places?.set(placeOf(verdict), verdict.verdict);
    },
    whereabouts: (finding, from, run) => {
      if (finding.subject.kind === "unknown") return "mended";
      if (!run.policies.has(finding.policy)) return "gone";
      const places = seen.get(foldKey(finding)) ?? new Map();
      return judged(finding, places, hidden) ?? missing(finding, { from, run, hidden });
    },
  };
}

const placeOf = ({ subject: { kind, region } }: SubjectVerdict): string =>
  kind === "region" || kind === "replica" ? (region ?? ANY) : "";

/** What the verdicts of this run say of it; null: there is none. */
function judged(
  { regions, subject: { kind, account } }: Finding,
  places: ReadonlyMap<string, SubjectVerdict["verdict"]>,
  hidden: ReadonlySet<string>,
): Whereabouts | null {
  if ([...places.values()].includes("fail")) return "fails";
  const asked = regions.length === 0 ? [""] : regions;
  const found = asked.map((region) => places.get(region) ?? places.get(ANY));
  // The region where it failed may be just the one that was not read this time.
  const isUnread = (region: string) =>
    kind === "event-data-store" ? hidden.has(storesOf(account)) : isHidden(hidden, account, region);
  const lost = found.some((verdict, index) =>
    verdict === undefined ? isUnread(asked[index] ?? "") : verdict === "unknown",
  );
  if (lost) return "unseen";
  return found.includes("pass") ? "mended" : null;
}

function isHidden(hidden: ReadonlySet<string>, account: string | null, region: string): boolean {
  return hidden.has(`${account} ${ANY}`) || hidden.has(`${account} ${region}`);
}

type Circumstances = { from: Earlier; run: Run; hidden: ReadonlySet<string> };

/** No verdict is about it: gone where this run looked wherever it could be, else not seen. */
function missing(finding: Finding, { from, run, hidden }: Circumstances): "unseen" | "gone" {
  const { kind, account, region } = finding.subject;
  // Logs may still go to a bucket of an account that has left, from one that was not read.
  if (!isShared(kind) && hasLeft(account, from, run)) return "gone";
  if (kind === "organization") return run.header.scope === "organization" ? "gone" : "unseen";
  const places = finding.regions.length > 0 ? finding.regions : [region];
  if (!wereAsked(places, run)) return "unseen";
  const outcome = run.accounts.find(({ id }) => id === account);
  if (isShared(kind) || outcome === undefined) return coversAll(from, run) ? "gone" : "unseen";
  const unread = places.some((place) => isHidden(hidden, account, place ?? ""));
  return outcome.state === "audited" && !unread ? "gone" : "unseen";
}

/** These are met only through trails, which may be anybody's. */
const isShared = (kind: string): boolean =>
  kind === "bucket" || kind === "key" || kind === "log-group";

/** Whether an account was of the organization and is no more, or was suspended or closed. */
function hasLeft(account: string | null, from: Earlier, { header, accounts }: Run): boolean {
  if (header.scope !== "organization") return false;
  if (!from.accounts.some(({ id }) => id === account)) return false;
  const now = accounts.find(({ id }) => id === account);
  return now === undefined || isClosed(now);
}

const isClosed = ({ state, why }: Pick<AccountOutcome, "state" | "why">): boolean =>
  state === "skipped" && why !== null && why.startsWith("state ");

function wereAsked(places: readonly (string | null)[], { header }: Run): boolean {
  const { regions } = header.arguments;
  if (!Array.isArray(regions)) return true;
  return places.every((place) => place !== null && regions.includes(place));
}

/** Whether each account that the earlier run was to audit was audited now, or has left. */
function coversAll(from: Earlier, run: Run): boolean {
  const audited = new Set(
    run.accounts.filter(({ state }) => state === "audited").map(({ id }) => id),
  );
  return from.accounts.every(
    ({ id, state }) => state === "skipped" || audited.has(id) || hasLeft(id, from, run),
  );
}
