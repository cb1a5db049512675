import { expect, test } from "vitest";
import type { Finding } from "../../../src/evaluate/finding.ts";
import { explainedByLosses } from "../../../src/evaluate/gate/losses.ts";

/** A finding about a subject, failing for the fact at a pointer. */
function finding(id: string, pointer: string, changes: Partial<Finding> = {}): Finding {
  const isLoss = pointer === "/fate" || pointer.startsWith("/lost");
  return {
    policy: "a-policy",
    severity: "medium",
    gateSeverity: "medium",
    verdict: "fail",
    subject: {
      kind: isLoss ? "change" : "trail",
      id,
      name: id,
      arn: null,
      account: null,
      accountName: null,
      ouPath: null,
      region: null,
    },
    regions: [],
    because: [{ pointer, expected: "", actual: null, requestId: null }],
    message: "",
    fix: "",
    affects: { accounts: 0, regions: 0, sample: [] },
    fingerprint: `${id} ${pointer}`,
    standing: "regression",
    ...changes,
  };
}

/** Who is left, and who follows from whom. */
function told(findings: Finding[], explains: Parameters<typeof explainedByLosses>[1]) {
  const { findings: roots, explained } = explainedByLosses(findings, explains);
  return {
    roots: roots.map(({ fingerprint, gateSeverity }) => `${fingerprint}: ${gateSeverity}`),
    followers: Object.fromEntries(
      explained.map(({ fingerprint, explainedBy }) => [fingerprint, explainedBy]),
    ),
  };
}

const loss = finding("s#bucket", "/lostProtection");

test.each<[string, string, string[], boolean]>([
  ["the fact itself", "/policy", ["/policy"], true],
  ["a part of the fact", "/policy/tlsOnly", ["/policy"], true],
  ["a fact whose name begins alike", "/policyIsPublic", ["/policy"], false],
  ["another fact", "/versioning", ["/policy"], false],
  ["any fact, where all are", "/versioning", [""], true],
])("a loss explains %s", (_, pointer, pointers, isFollower) => {
  const { followers } = told(
    [loss, finding("s#trail", pointer)],
    new Map([["s#bucket", [{ id: "s#trail", pointers }]]]),
  );
  expect(Object.keys(followers)).toEqual(isFollower ? [`s#trail ${pointer}`] : []);
});

test.each([
  ["old debt", { standing: "debt" as const }, "s#trail"],
  ["what is about another subject", {}, "s#other"],
])("a loss does not explain %s", (_, changes, id) => {
  const { followers } = told(
    [loss, finding("s#trail", "/policy", changes)],
    new Map([["s#bucket", [{ id, pointers: ["/policy"] }]]]),
  );
  expect(followers).toEqual({});
});

test("what a loss explains by one fact it does not explain by another", () => {
  const narrowed = finding("s#trail", "/lostRecording");
  const explains = (by: string) =>
    new Map([["s#trail", [{ id: "s#trail", pointers: ["/kmsKey"], by }]]]);
  const both = [narrowed, finding("s#trail", "/kmsKey")];
  expect(told(both, explains("/lostProtection")).followers).toEqual({});
  expect(Object.keys(told(both, explains("/lostRecording")).followers)).toEqual([
    "s#trail /kmsKey",
  ]);
});

test("what leads over several losses follows from the first of them, which gates as the worst", () => {
  const chain = [
    finding("s#trail", "/fate", { gateSeverity: "high" }),
    loss,
    finding("s#policy", "/lostProtection", { gateSeverity: "critical" }),
  ];
  const pointers = ["/lostProtection"];
  const explains = new Map([
    ["s#trail", [{ id: "s#bucket", pointers }]],
    ["s#bucket", [{ id: "s#policy", pointers }]],
  ]);
  expect(told(chain, explains)).toEqual({
    roots: ["s#trail /fate: critical"],
    followers: {
      "s#bucket /lostProtection": "s#trail /fate",
      "s#policy /lostProtection": "s#trail /fate",
    },
  });
});

test("losses that explain one another leave one of them to alert", () => {
  const pointers = ["/lostProtection"];
  const circle = [loss, finding("s#key", "/lostProtection")];
  const explains = new Map([
    [
      "s#bucket",
      [
        { id: "s#key", pointers },
        { id: "s#bucket", pointers },
      ],
    ],
    ["s#key", [{ id: "s#bucket", pointers }]],
  ]);
  const { roots, followers } = told(circle, explains);
  expect(roots).toHaveLength(1);
  expect(Object.keys(followers)).toHaveLength(1);
});

test.each([
  ["nothing that fails", "fail" as const, []],
  ["what can no longer be proven", "unknown" as const, ["s#trail /policy"]],
])("a loss that is not known explains %s", (_, verdict, wanted) => {
  const { followers } = told(
    [{ ...loss, verdict: "unknown" }, finding("s#trail", "/policy", { verdict })],
    new Map([["s#bucket", [{ id: "s#trail", pointers: [""] }]]]),
  );
  expect(Object.keys(followers)).toEqual(wanted);
});
