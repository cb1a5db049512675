import { expect, test } from "vitest";
import { anyText, decided, standIn, withoutMarks } from "../../../src/snapshot/stand-in.ts";
import { isUnknown } from "../../../src/snapshot/unknown.ts";
import {
  ANY,
  arnExtent,
  globExtent,
  textExtent,
} from "../../../src/subjects/policy-document/glob.ts";
import { STRANGE_ACCOUNT } from "../../../src/subjects/policy-document/request.ts";

const own = standIn("the account of prod");
const other = standIn("the account of dev");
const any = anyText("a parameter");
const shown = (truth: unknown) => (isUnknown(truth) ? "?" : truth);
const trail = (account: string) => `arn:aws:cloudtrail:eu-west-1:${account}:trail/main`;

test.for<[string, string, unknown, unknown]>([
  [trail(own), trail(own), true, true],
  [trail("*"), trail(own), true, true],
  [trail(own), trail(other), "?", "?"],
  [trail("111122223333"), trail(own), "?", "?"],
  [trail(own), trail("111122223333"), "?", "?"],
  // Whatever the account is, the region is another one.
  [trail(own).replace("eu-west-1", "eu-west-2"), trail(own), false, false],
  // `?` is one letter, and an account is none.
  [trail("?"), trail(own), "?", "?"],
  // A policy that names an account does not name one that no policy names.
  [trail(own), trail(STRANGE_ACCOUNT), false, false],
  [trail(any), trail(STRANGE_ACCOUNT), "?", "?"],
  [`arn:aws:s3:::${own}/*`, `arn:aws:s3:::${own}/${ANY}`, true, true],
  [`arn:aws:s3:::${own}/logs/*`, `arn:aws:s3:::${own}/${ANY}`, "?", true],
])("the pattern %s over %s holds always: %s, ever: %s", ([pattern, set, always, ever]) => {
  const extent = globExtent(pattern, set);
  expect([shown(extent.always), shown(extent.ever)]).toEqual([always, ever]);
  const arn = arnExtent(pattern, set);
  if (!isUnknown(extent.always)) expect(shown(arn.always)).toBe(always);
});

test("texts are the same by what is not known, or not known to be the same", () => {
  expect(textExtent(own, own).always).toBe(true);
  expect(shown(textExtent(own, other).always)).toBe("?");
  expect(shown(textExtent("a", own).ever)).toBe("?");
});

test("a stand-in is no known text, reads as what it is about, and holds no mark of another", () => {
  expect(shown(decided(trail(own)))).toBe("?");
  expect(decided(trail("111122223333"))).toBe(trail("111122223333"));
  expect(withoutMarks(own)).toBe("the account of prod");
  expect(withoutMarks(standIn(`a${own}*:b`))).not.toMatch(/[\u{E000}-\u{E00F}*:]/u);
});
