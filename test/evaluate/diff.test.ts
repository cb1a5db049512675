import { expect, test } from "vitest";
import { diff, type Earlier } from "../../src/evaluate/diff.ts";
import type { Whereabouts } from "../../src/evaluate/diff-sightings.ts";
import type { Finding } from "../../src/evaluate/finding.ts";
import type { Severity } from "../../src/policy/policy.ts";
import { findingOf, subjectReference } from "./verdicts.ts";

const about = (id: string, gateSeverity: Severity = "high"): Finding =>
  findingOf({ subject: subjectReference({ id }), gateSeverity });

const earlier = (...findings: Finding[]): Earlier => ({
  version: "1.0.0",
  startedAt: "2026-11-19T02:00:00.000Z",
  accounts: [],
  findings,
});

const ids = (findings: readonly Finding[]) => findings.map(({ subject }) => subject.id);

test("findings are told apart by fingerprint: new, unchanged, worse, better", () => {
  const change = diff(earlier(about("same"), about("up", "medium"), about("down", "critical")), {
    findings: [about("same"), about("up"), about("down"), about("other")],
    whereabouts: () => "mended",
  });
  expect(ids(change.new)).toEqual(["other"]);
  expect(ids(change.unchanged)).toEqual(["same"]);
  expect(ids(change.worse)).toEqual(["up"]);
  expect(ids(change.better)).toEqual(["down"]);
  expect(change.fixed).toEqual([]);
  expect(change.since).toEqual({ version: "1.0.0", at: "2026-11-19T02:00:00.000Z" });
});

test("what a finding says, and where in the list it is, is no change", () => {
  const before = findingOf({ message: "audit is stopped", regions: ["us-east-1"] });
  const after = findingOf({ message: "audit stands still", regions: ["eu-west-1"] });
  const change = diff(earlier(about("a"), before), {
    findings: [after, about("a")],
    whereabouts: () => "mended",
  });
  expect(change.unchanged.length).toBe(2);
});

test.for<[Whereabouts, string]>([
  ["mended", "fixed"],
  ["gone", "gone"],
  ["unseen", "unseen"],
  ["fails", "covered"],
])("an earlier finding that is none now and %s is %s, and nothing else", ([now, kind]) => {
  const { since: _, ...change } = diff(earlier(about("a")), {
    findings: [],
    whereabouts: () => now,
  });
  const filled = Object.entries(change).filter(([, findings]) => findings.length > 0);
  expect(filled.map(([name, findings]) => [name, ids(findings)])).toEqual([[kind, ["a"]]]);
});
