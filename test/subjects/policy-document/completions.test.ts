import fc from "fast-check";
import { expect, test } from "vitest";
import { isUnknown } from "../../../src/snapshot/unknown.ts";
import { denies } from "../../../src/subjects/policy-document/denies.ts";
import { ANY } from "../../../src/subjects/policy-document/glob.ts";
import { allows, allowsAny } from "../../../src/subjects/policy-document/judge.ts";
import { known, type PolicyRequest } from "../../../src/subjects/policy-document/request.ts";
import { ACCOUNT, aDocument, CLOUDTRAIL } from "./a-document.ts";

const KEYS = ["aws:SourceArn", "aws:PrincipalTag/t", "aws:PrincipalArn"];
const VALUES = ["a", "ab", "b", null];

const condition = fc.record({
  operator: fc.constantFrom(
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLikeIfExists",
    "StringEqualsIfExists",
    "ForAllValues:StringLike",
    "ForAnyValue:StringEquals",
    "Null",
    "StringSounds",
  ),
  key: fc.constantFrom(...KEYS),
  values: fc.array(fc.constantFrom("a", "a*", "*", "b", "true", "false"), { maxLength: 2 }),
});

const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Deny"),
    actions: fc.constantFrom({ Action: "s3:*" }, { Action: "s3:Get*" }, { NotAction: "s3:Get*" }),
    resources: fc.constantFrom(
      { Resource: "*" },
      { Resource: "arn:aws:s3:::logs/a*" },
      {
        NotResource: "arn:aws:s3:::logs/a*",
      },
    ),
    principals: fc.constantFrom(
      { Principal: "*" },
      { Principal: { AWS: "222222222222" } },
      { NotPrincipal: { Service: "cloudtrail.amazonaws.com" } },
    ),
    conditions: fc.array(condition, { maxLength: 3 }),
  })
  .map(({ Effect, actions, resources, principals, conditions }) => ({
    Effect,
    ...actions,
    ...resources,
    ...principals,
    Condition: byOperator(conditions),
  }));

/** Of conditions with the same operator and key the last one stays, as in an object. */
function byOperator(list: { operator: string; key: string; values: string[] }[]) {
  const found: Record<string, Record<string, string[]>> = {};
  for (const { operator, key, values } of list) {
    found[operator] = { ...found[operator], [key]: values };
  }
  return found;
}

const document = fc.array(statement, { maxLength: 4 }).map((list) => aDocument(...list));
const values = fc.tuple(...KEYS.map(() => fc.constantFrom(...VALUES)));
const principal = fc.constantFrom(CLOUDTRAIL, ACCOUNT);

const requestOf = (
  given: (string | null)[],
  hidden: boolean[],
  rest: Pick<PolicyRequest, "principal" | "resource">,
): PolicyRequest => ({
  ...rest,
  action: "s3:PutObject",
  context: known(
    Object.fromEntries(
      KEYS.flatMap((key, at) => (hidden[at] === true ? [] : [[key, [given[at] ?? null]]])),
    ),
  ),
});

const COMPLETE = [false, false, false];

test("a definite answer with keys hidden is the answer for whatever they are", () => {
  const hiding = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());
  const resource = fc.constantFrom("arn:aws:s3:::logs/a", "arn:aws:s3:::logs/b");
  fc.assert(
    fc.property(document, values, hiding, principal, resource, (doc, given, hidden, who, what) => {
      const rest = { principal: who, resource: what };
      const [masked, full] = [requestOf(given, hidden, rest), requestOf(given, COMPLETE, rest)];
      for (const ask of [allows, allowsAny]) {
        const answer = ask(doc, masked);
        const whole = ask(doc, full);
        if (!isUnknown(answer) && !isUnknown(whole)) expect(answer).toBe(whole);
        if (!isUnknown(answer)) expect(isUnknown(whole)).toBe(false);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a definite answer for a set of requests is the answer for each of them", () => {
  const objects = `arn:aws:s3:::logs/${ANY}`;
  fc.assert(
    fc.property(
      document,
      values,
      principal,
      fc.constantFrom("a", "b", ""),
      (doc, given, who, tail) => {
        const set = requestOf(given, COMPLETE, { principal: who, resource: objects });
        const one = { ...set, resource: `arn:aws:s3:::logs/${tail}` };
        if (allows(doc, set) === true) expect(allows(doc, one)).toBe(true);
        if (allowsAny(doc, set) === false) expect(allowsAny(doc, one)).toBe(false);
        const denial = denies(doc, set);
        if (denial.denied === true && denial.exceptPrincipals.length === 0) {
          expect(denies(doc, one).denied).toBe(true);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test("what is denied but for some principals is denied to whoever is none of them", () => {
  fc.assert(
    fc.property(document, (doc) => {
      const open = requestOf(["a", null, null], [false, true, false], {
        principal: ACCOUNT,
        resource: "arn:aws:s3:::logs/a",
      });
      if (denies(doc, open).denied !== true) return;
      const stranger = requestOf(["a", "zz", null], COMPLETE, {
        principal: ACCOUNT,
        resource: "arn:aws:s3:::logs/a",
      });
      const excepted = denies(doc, open).exceptPrincipals.some((each) => each.endsWith(" *"));
      if (!excepted) expect(denies(doc, stranger).denied).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
