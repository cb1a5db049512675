import { expect, test } from "vitest";
import { type Possibility, sideOf } from "../../../src/evaluate/gate/sides.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import { policies, possibility, trail } from "./sides.ts";

const VALIDATION = "trail-log-file-validation-enabled audit#aws_cloudtrail.main";
const off = trail({ logFileValidationEnabled: false });
const open = unknown("unresolved", { detail: "var.enabled" });
const maybe = trail({ logFileValidationEnabled: open });

const verdictOf = (...possibilities: Possibility[]) =>
  sideOf(possibilities, policies).verdicts.get(VALIDATION)?.verdict;

test("a verdict passes only where it does in every way that things may turn out", () => {
  expect(verdictOf(possibility([trail()]))?.verdict).toBe("pass");
  expect(verdictOf(possibility([trail()], "A"), possibility([maybe], "B"))?.verdict).toBe(
    "unknown",
  );
  expect(verdictOf(possibility([maybe], "A"), possibility([off], "B"))?.verdict).toBe("fail");
  expect(verdictOf(possibility([off], "A"), possibility([trail()], "B"))?.verdict).toBe("fail");
});

test("what fails under one assumption says which, and under each says none", () => {
  const one = verdictOf(
    possibility([trail()], "IsProd is true"),
    possibility([off], "IsProd is false"),
  );
  expect(one?.message).toMatch(/^When IsProd is false: /);
  const each = verdictOf(
    possibility([off], "IsProd is true"),
    possibility([off], "IsProd is false"),
  );
  expect(each?.message).not.toMatch(/^When/);
});

test("what is there under one assumption alone fails under that one without saying so twice", () => {
  const there = verdictOf(possibility([], "IsProd is true"), possibility([off], "IsProd is false"));
  expect(there?.verdict).toBe("fail");
});

test("what may not be there at all fails for nobody, and a pass stays one", () => {
  const doubt = unknown("unresolved", { detail: "count" });
  const failing = verdictOf(possibility([off], null, doubt));
  expect(failing).toMatchObject({ verdict: "unknown", because: [{ actual: doubt }], message: "" });
  expect(verdictOf(possibility([trail()], null, doubt))?.verdict).toBe("pass");
});
