import { expect, test } from "vitest";
import { STACK, stack } from "../commands/check/a-stack.ts";
import { checked, lines } from "../commands/check/checked.ts";
import { scratch } from "../commands/check/repositories.ts";

const VALIDATION = "trail-log-file-validation-enabled";
const off: [string, string] = ["= var.validation", "= false"];

async function afterwards(before: string, now: string) {
  const repository = scratch();
  repository.commit({ "audit/main.tf": before });
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit({ "audit/main.tf": now });
  const run = await checked(repository.path, ["--base-ref", "main", "--policy", VALIDATION]);
  return { ...run, lines: lines(run.results()) };
}

test("an untouched flaw is listed as old debt, and gates nothing", async () => {
  const tagged = stack(off, ['"security"', '"platform"']);
  const run = await afterwards(stack(off), tagged);
  expect(run.code).toBe(0);
  expect(run.lines).toEqual([`debt fail ${VALIDATION} audit#aws_cloudtrail.main`]);
});

test("what the change breaks gates", async () => {
  const run = await afterwards(STACK, stack(off));
  expect(run.code).toBe(1);
  expect(run.lines).toEqual([`regression fail ${VALIDATION} audit#aws_cloudtrail.main`]);
  expect(run.results().findings[0]?.before).toEqual({
    verdict: "pass",
    facts: [{ pointer: "/logFileValidationEnabled", actual: true }],
  });
});

test("what can no longer be proven gates, with what it was", async () => {
  const run = await afterwards(STACK, stack(["  default = true\n", ""]));
  expect(run.lines).toEqual([`regression unknown ${VALIDATION} audit#aws_cloudtrail.main`]);
  expect(run.code).toBe(1);
});

test("a flaw that goes is an improvement, and no finding", async () => {
  const run = await afterwards(stack(off), STACK);
  expect(run.code).toBe(0);
  expect(run.lines).toEqual([]);
  expect(run.results().gate.improvements).toEqual([
    { policy: VALIDATION, subject: "audit#aws_cloudtrail.main", was: "fail" },
  ]);
});

test("a new trail that fails gates, and one that passes does not", async () => {
  const none = STACK.replace(/resource "aws_cloudtrail"[\s\S]*?\n}\n/, "");
  expect(none).not.toContain("aws_cloudtrail");
  const failing = await afterwards(none, stack(off));
  expect(failing.lines).toEqual([`regression fail ${VALIDATION} audit#aws_cloudtrail.main`]);
  expect(failing.code).toBe(1);
  expect((await afterwards(none, STACK)).code).toBe(0);
});
