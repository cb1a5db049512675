import { expect, test } from "vitest";
import { fingerprint, inOrder } from "../../src/evaluate/finding.ts";
import { findingOf, subjectReference } from "./verdicts.ts";

test("500 accounts under 5 policies have 2,500 fingerprints", () => {
  const all = Array.from({ length: 500 }, (_, account) =>
    ["a", "b", "c", "d", "e"].map((policy) =>
      fingerprint(policy, subjectReference({ kind: "account", id: String(account) })),
    ),
  ).flat();
  expect(new Set(all).size).toBe(2500);
});

test("a fingerprint is the same whatever else of the finding changes", () => {
  const renamed = subjectReference({ name: "renamed", accountName: null, ouPath: "Root/Moved" });
  const before = fingerprint("trail-is-multi-region", subjectReference());
  expect(fingerprint("trail-is-multi-region", renamed)).toBe(before);
  expect(before).toBe("v1:bf2ffa47a0d0217095472fb670bbec15");
});

test("findings come by account, region, subject and policy", () => {
  const make = (account: string, region: string, id: string, policy: string) =>
    findingOf({ policy, subject: subjectReference({ account, region, id }) });
  const wanted = [
    make("1", "a", "x", "p"),
    make("1", "a", "x", "q"),
    make("1", "a", "y", "p"),
    make("1", "b", "a", "p"),
    make("2", "a", "a", "p"),
  ];
  expect([...wanted].reverse().sort(inOrder)).toEqual(wanted);
});
