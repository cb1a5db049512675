import { type Fact, isUnknown, merged, type Unknown, unknown } from "../snapshot/unknown.ts";
import { type Arn, isRegion } from "./arn.ts";
import type { Answer, Caller } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import { everyPage } from "./pages.ts";
import type { Run } from "./run.ts";

/** What is known of whose a bucket is; `caller` is its owner's identity, where it was found. */
export type BucketOwner = {
  exists: Fact<boolean>;
  accountId: Fact<string>;
  region: Fact<string>;
  caller: Caller | null;
};

type About = { run: Run; name: string; trail: Arn; notebook: Notebook };

/**
 * Finds out whose bucket this is: a trail names it by name only, and whoever took that name owns
 * the logs. The likely accounts are asked one by one, all others only if none of those has it.
 */
export async function bucketOwner(about: About): Promise<BucketOwner> {
  const { run, trail } = about;
  if (!/^[a-z0-9][\w.-]{1,253}[a-z0-9]$/i.test(about.name)) return unusable;
  const likely = candidates(run, trail.accountId);
  const probe = await firstProbe(about, likely);
  if (probe?.caller || probe?.exists === false) return probe;
  const found = await search(about, likely);
  const { caller, region, undecided } = found;
  if (caller !== null) return { exists: true, accountId: caller.accountId, region, caller };
  // A refusal says nothing of a bucket that is no account's here: it is what strangers get.
  const orWhy = <T>(fact: Fact<T> | undefined): Fact<T> =>
    fact !== undefined && !isUnknown(fact) ? fact : notFoundBecause(run, undecided);
  return {
    exists: orWhy(probe?.exists),
    accountId: notFoundBecause(run, undecided, "elsewhere"),
    region: orWhy(probe?.region),
    caller: null,
  };
}

const noName = unknown("unsupported", { detail: "this is no bucket's name" });
const unusable = { exists: noName, accountId: noName, region: noName, caller: null };

/** The trail's own account, then likely ones, then the rest: each expected account once. */
function candidates({ scope }: Run, first: string): string[] {
  const ordered = [first, ...scope.likelyOwners, ...scope.expected];
  return [...new Set(ordered)].filter((id) => scope.expected.has(id));
}

/** Asks for the bucket itself, as the first account that can be entered. */
async function firstProbe(
  about: About,
  accountIds: readonly string[],
): Promise<BucketOwner | null> {
  for (const accountId of accountIds) {
    const caller = await about.run.scope.access(accountId);
    if (!isUnknown(caller)) return probeAs(about, caller);
  }
  return null;
}

async function probeAs(about: About, caller: Caller): Promise<BucketOwner> {
  const here = about.trail.region;
  const first = await head(about, caller, here);
  const elsewhere = bucketRegion(first);
  // 301 and 400 are how S3 says that another region has the bucket.
  const isMoved = !first.ok && (first.status === 301 || first.status === 400);
  const again = isMoved && elsewhere !== null && elsewhere !== here ? elsewhere : null;
  const answer = again === null ? first : await head(about, caller, again);
  return readProbe(answer, caller);
}

async function head({ run, name, notebook }: About, caller: Caller, region: string) {
  const asked = { Bucket: name, ExpectedBucketOwner: caller.accountId };
  const answer = await run.ask("s3:HeadBucket", { caller, region }, asked);
  notebook.tells(["/exists", "/accountId", "/region"], answer.evidence);
  return answer;
}

type Head = Answer<{ BucketRegion?: string | undefined }>;

function bucketRegion(answer: Head): string | null {
  const { evidence } = answer;
  const said = answer.ok ? answer.value.BucketRegion : answer.headers["x-amz-bucket-region"];
  const fallback = answer.ok ? evidence?.observation.region : undefined;
  const region = said ?? fallback;
  return region !== undefined && isRegion(region) ? region : null;
}

function readProbe(answer: Head, caller: Caller): BucketOwner {
  const said = bucketRegion(answer);
  if (answer.ok) {
    const region = said ?? unknown("unsupported", { detail: "S3 did not say the region" });
    return { exists: true, accountId: caller.accountId, region, caller };
  }
  if (answer.status === 404) {
    const absent = unknown("not-collected", { detail: "there is no such bucket" });
    return { exists: false, accountId: absent, region: absent, caller: null };
  }
  // Refused: S3 names the region of a bucket that exists, whoever asks.
  const exists = said === null ? answer.unknown : true;
  return { exists, accountId: answer.unknown, region: said ?? answer.unknown, caller: null };
}

type Found = { caller: Caller | null; region: Fact<string>; undecided: Unknown[] };

const AT_ONCE = 16;

/** Of thousands of accounts that it does not belong to, the first will do. */
const MOST_NOTED = 100;

async function search(about: About, accountIds: readonly string[]): Promise<Found> {
  const { expected, likelyOwners } = about.run.scope;
  const undecided: Unknown[] = [];
  let asked = 0;
  const likely = 1 + likelyOwners.length;
  while (asked < Math.min(accountIds.length, expected.size)) {
    const next = accountIds.slice(asked, asked + (asked < likely ? 1 : AT_ONCE));
    asked += next.length;
    const answers = await Promise.all(next.map((accountId) => isTheirs(about, accountId)));
    for (const answer of answers) {
      if (isUnknown(answer)) undecided.push(answer);
      else if (answer !== null) return { ...answer, undecided };
    }
  }
  return { caller: null, region: notFoundBecause(about.run, undecided), undecided };
}

/** Whether the bucket is among an account's own; null: it is not. */
async function isTheirs(
  { run, name, notebook, trail }: About,
  accountId: string,
): Promise<{ caller: Caller; region: Fact<string> } | null | Unknown> {
  const caller = await run.scope.access(accountId);
  if (isUnknown(caller)) return caller;
  const { pages, evidence, cut } = await everyPage(
    (ContinuationToken) =>
      run.ask(
        "s3:ListBuckets",
        { caller, region: run.region },
        { Prefix: name, ContinuationToken },
      ),
    (page) => page.ContinuationToken,
  );
  const own = pages.flatMap((page) => page.Buckets ?? []).find(({ Name }) => Name === name);
  if (own === undefined) {
    if (notebook.observations.length < MOST_NOTED) for (const page of evidence) notebook.note(page);
    if (cut === null) return null;
    // Not allowed to list: the owner may still be allowed to look at the bucket.
    const probe = await probeAs({ run, name, notebook, trail }, caller);
    return probe.caller === null ? cut : { caller, region: probe.region };
  }
  for (const page of evidence) notebook.tells(["/exists", "/accountId", "/region"], page);
  const { BucketRegion: region } = own;
  if (region !== undefined && isRegion(region)) return { caller, region };
  return { caller, region: unknown("unsupported", { detail: "S3 did not say the region" }) };
}

function notFoundBecause(run: Run, undecided: readonly Unknown[]): Unknown;
function notFoundBecause<T>(run: Run, undecided: readonly Unknown[], whole: T): T | Unknown;
function notFoundBecause<T>(run: Run, undecided: readonly Unknown[], whole?: T): T | Unknown {
  if (undecided.length > 0) return merged(undecided);
  const detail = "the bucket belongs to none of the accounts that this run was asked to enter";
  const outside = unknown("outside-scope", { detail });
  return whole !== undefined && run.scope.isWhole ? whole : outside;
}
