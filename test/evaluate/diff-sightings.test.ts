import { expect, test } from "vitest";
import type { AccountOutcome } from "../../src/evaluate/accounts.ts";
import type { Earlier } from "../../src/evaluate/diff.ts";
import { type Met, type Run, sightingsOf } from "../../src/evaluate/diff-sightings.ts";
import type { Finding } from "../../src/evaluate/finding.ts";
import type { SubjectVerdict } from "../../src/evaluate/verdict.ts";
import { findingOf, subjectReference, verdictOf } from "./verdicts.ts";

const ACCOUNT = "222222222222";
const OTHER = "333333333333";
const TRAIL = `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/own`;

const account = (id: string, state: AccountOutcome["state"], why: string | null = null) => ({
  id,
  name: null,
  ouPath: null,
  state,
  why,
});

/** A trail's delivery in two regions of one account. */
const replicas: Finding = findingOf({
  policy: "trail-s3-delivery-working",
  regions: ["eu-west-1", "us-east-1"],
  subject: subjectReference({
    kind: "replica",
    id: `${TRAIL}@${ACCOUNT}`,
    arn: TRAIL,
    account: ACCOUNT,
    region: null,
  }),
});
const trail: Finding = findingOf({
  policy: "trail-is-multi-region",
  subject: subjectReference({ id: TRAIL, arn: TRAIL, account: ACCOUNT, region: "us-east-1" }),
});
const bucket: Finding = findingOf({
  policy: "log-bucket-not-public",
  subject: subjectReference({ kind: "bucket", id: "arn:aws:s3:::logs", account: OTHER }),
});
const organization: Finding = findingOf({
  policy: "organization-trail-covers-every-account",
  subject: subjectReference({ kind: "organization", id: "o-1", account: ACCOUNT, region: null }),
});

const seenIn = (region: string, verdict: SubjectVerdict["verdict"]): SubjectVerdict =>
  verdictOf({
    policy: replicas.policy,
    verdict,
    subject: { ...subjectReference(), ...replicas.subject, kind: "replica", region },
  });

const unlisted = (region: string | null, kind: Met["kind"] = "replica"): Met => ({
  kind,
  fields: {
    placeholder: true,
    accountId: ACCOUNT,
    region: region ?? { $unknown: { reason: "access-denied" } },
  },
});

const earlier: Earlier = {
  version: "1.0.0",
  startedAt: "2026-11-19T02:00:00.000Z",
  accounts: [account(ACCOUNT, "audited"), account(OTHER, "skipped", "--accounts")],
  findings: [replicas, trail, bucket, organization],
};

const AUDITED: Run = {
  header: { scope: "organization", arguments: {} },
  accounts: [account(ACCOUNT, "audited"), account(OTHER, "skipped", "--accounts")],
  policies: new Set(earlier.findings.map(({ policy }) => policy)),
};

type Case = {
  what: string;
  finding: Finding;
  see?: SubjectVerdict[];
  meet?: Met[];
  run?: Partial<Run>;
  from?: Partial<Earlier>;
  is: string;
};

const PARTIAL = {
  accounts: [account(ACCOUNT, "partial", "denied"), account(OTHER, "skipped", "--accounts")],
};
const SINGLE = { header: { scope: "accounts", arguments: {} } } as const;

const cases: Case[] = [
  { what: "no verdict where all was read", finding: replicas, is: "gone" },
  { what: "no verdict of a trail where all was read", finding: trail, is: "gone" },
  {
    what: "one region passes, the other was not judged",
    finding: replicas,
    see: [seenIn("eu-west-1", "pass")],
    is: "mended",
  },
  {
    what: "one region passes, the other is not known",
    finding: replicas,
    see: [seenIn("eu-west-1", "pass"), seenIn("us-east-1", "unknown")],
    is: "unseen",
  },
  {
    what: "one region passes, the other's trails could not be listed",
    finding: replicas,
    see: [seenIn("eu-west-1", "pass")],
    meet: [unlisted("us-east-1")],
    is: "unseen",
  },
  {
    what: "one region passes, and regions could not be listed",
    finding: replicas,
    see: [seenIn("eu-west-1", "pass")],
    meet: [unlisted(null, "region")],
    is: "unseen",
  },
  {
    what: "both regions pass, another's trails could not be listed",
    finding: replicas,
    see: [seenIn("eu-west-1", "pass"), seenIn("us-east-1", "pass")],
    meet: [unlisted("eu-west-2")],
    is: "mended",
  },
  {
    what: "both pass, another region is not known",
    finding: replicas,
    see: ["eu-west-1", "us-east-1"]
      .map((region) => seenIn(region, "pass"))
      .concat(seenIn("eu-west-2", "unknown")),
    is: "mended",
  },
  {
    what: "it fails elsewhere in the account",
    finding: replicas,
    see: [seenIn("eu-west-1", "pass"), seenIn("eu-west-2", "fail")],
    is: "fails",
  },
  {
    what: "its home region was hidden, though the account counts as audited",
    finding: trail,
    meet: [unlisted("us-east-1")],
    is: "unseen",
  },
  {
    what: "another region was hidden in an audited account",
    finding: trail,
    meet: [unlisted("eu-west-1")],
    is: "gone",
  },
  { what: "its account was read in part", finding: trail, run: PARTIAL, is: "unseen" },
  { what: "its account is listed no more", finding: trail, run: { accounts: [] }, is: "gone" },
  {
    what: "its account was not asked for by itself",
    finding: trail,
    run: { ...SINGLE, accounts: [account(OTHER, "audited")] },
    is: "unseen",
  },
  {
    what: "its account was never one of the organization, and not all was read",
    finding: trail,
    from: { accounts: [account(OTHER, "audited")] },
    run: { accounts: [account(OTHER, "partial")] },
    is: "unseen",
  },
  {
    what: "a shared bucket, with every account read that was before",
    finding: bucket,
    is: "gone",
  },
  {
    what: "a shared bucket, with one account of before gone from the organization",
    finding: bucket,
    from: { accounts: [account(ACCOUNT, "audited"), account(OTHER, "audited")] },
    run: { accounts: [account(ACCOUNT, "audited"), account(OTHER, "skipped", "state SUSPENDED")] },
    is: "gone",
  },
  {
    what: "a shared bucket, with an account read in part",
    finding: bucket,
    run: PARTIAL,
    is: "unseen",
  },
  {
    what: "a shared bucket of an account that has left, with another read in part",
    finding: bucket,
    from: { accounts: [account(ACCOUNT, "audited"), account(OTHER, "audited")] },
    run: { accounts: [account(ACCOUNT, "partial")] },
    is: "unseen",
  },
  { what: "an organization that is asked for", finding: organization, is: "gone" },
  {
    what: "an organization that is not asked for",
    finding: organization,
    run: SINGLE,
    is: "unseen",
  },
  {
    what: "regions left out",
    finding: replicas,
    run: { header: { scope: "organization", arguments: { regions: ["us-east-1"] } } },
    is: "unseen",
  },
  {
    what: "its regions asked for",
    finding: replicas,
    run: { header: { scope: "organization", arguments: { regions: ["us-east-1", "eu-west-1"] } } },
    is: "gone",
  },
  {
    what: "a policy that does not judge",
    finding: trail,
    run: { policies: new Set() },
    is: "gone",
  },
];

test.for(cases)("$what: $is", ({ finding, see = [], meet = [], run, from, is }) => {
  const sightings = sightingsOf([earlier]);
  for (const subject of meet) sightings.meet(subject);
  for (const verdict of see) sightings.see(verdict);
  expect(sightings.whereabouts(finding, { ...earlier, ...from }, { ...AUDITED, ...run })).toBe(is);
});
