import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ANY,
  ANY_PART,
  arnExtent,
  globExtent,
} from "../../../src/subjects/policy-document/glob.ts";
import { shown } from "../a-snapshot.ts";

const extent = ({ always, ever }: { always: unknown; ever: unknown }) => [
  shown(always),
  shown(ever),
];

describe("a pattern over a set of texts", () => {
  test.for<[string, string, unknown[]]>([
    ["*", "", [true, true]],
    ["s3:*", "s3:getobject", [true, true]],
    ["s3:*", "kms:decrypt", [false, false]],
    ["*:*bject", "s3:getobject", [true, true]],
    ["s3:?etObject", "s3:GetObject", [true, true]],
    ["s3:?GetObject", "s3:GetObject", [false, false]],
    ["a**b", "ab", [true, true]],
    ["a*", "A", [false, false]],
    ["logs/*", `logs/${ANY}`, [true, true]],
    ["logs/AWSLogs/*", `logs/${ANY}`, [false, true]],
    ["logs/*", `other/${ANY}`, [false, false]],
    ["logs/*.gz", `logs/${ANY}`, [false, true]],
    ["*/a/*", `x/${ANY}/y`, [false, true]],
    ["x*y", `x${ANY}y`, [true, true]],
    ["?*", ANY, ["?unsupported", true]],
    ["a:*:1:*", `a:${ANY_PART}:2:x`, [false, false]],
    ["a:*:1:*", `a:${ANY}:2:x`, [false, true]],
    ["a:*:2:*", `a:${ANY_PART}:2:x`, [true, true]],
    ["a:b:*", `a:${ANY_PART}:2:x`, [false, true]],
    ["logs", `logs${ANY}`, [false, true]],
    [`a${ANY}`, "abc", [false, false]],
    ["a*", "a*b", [true, true]],
    ["ab", "a*b", [false, false]],
  ])("%j over %j is %j", ([pattern, set, expected]) => {
    expect(extent(globExtent(pattern, set))).toEqual(expected);
  });

  test("agrees with a regular expression on single texts", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "."), maxLength: 8 });
    fc.assert(
      fc.property(
        text,
        fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 8 }),
        (p, t) => {
          const source = p.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
          expect(globExtent(p, t).always).toBe(new RegExp(`^${source}$`).test(t));
        },
      ),
    );
  });

  test("says of a set what holds for its members", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });
    const parts = fc.array(fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    });
    const filling = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 3 });
    fc.assert(
      fc.property(pattern, parts, filling, (p, pieces, fill) => {
        const { always, ever } = globExtent(p, pieces.join(ANY));
        const member = globExtent(p, pieces.join(fill)).always;
        if (always === true) expect(member).toBe(true);
        if (ever === false) expect(member).toBe(false);
      }),
    );
  });
});

describe("an ARN with wildcards", () => {
  const object = "arn:aws:s3:::logs/AWSLogs/1";
  test.for<[string, string, unknown[]]>([
    ["*", object, [true, true]],
    ["arn:aws:s3:::logs/*", object, [true, true]],
    ["arn:*:s3:::logs/*", object, [true, true]],
    ["arn:aws:s3:::log", object, [false, false]],
    ["arn:aws:s3", object, ["?unsupported", "?unsupported"]],
    ["arn:aws:*logs/AWSLogs/1", object, ["?unsupported", "?unsupported"]],
    [
      "arn:aws:logs:*:1:log-group:g:log-stream:*",
      "arn:aws:logs:eu-west-1:1:log-group:g:log-stream:x:y",
      [true, true],
    ],
    ["arn:aws:s3:::logs/*", ANY, [false, true]],
  ])("%s over %s is %j", ([pattern, set, expected]) => {
    expect(extent(arnExtent(pattern, set))).toEqual(expected);
  });
});

test("wildcards made to be slow cost no more than length times length", () => {
  const pattern = `${"*a".repeat(5_000)}b`;
  expect(globExtent(pattern, "a".repeat(2_000)).always).toBe(false);
});
