import { expect, test } from "vitest";
import { STACK } from "../commands/check/a-stack.ts";
import { checked, lines } from "../commands/check/checked.ts";
import { scratch } from "../commands/check/repositories.ts";

test("a default changed in another file gates at the trail's attribute, which no line of the diff touches", async () => {
  const at = STACK.indexOf("resource ");
  const [variable, trail] = [STACK.slice(0, at), STACK.slice(at)];
  const repository = scratch();
  repository.commit({ "variables.tf": variable, "main.tf": trail });
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit({ "variables.tf": variable.replace("true", "false") });
  const run = await checked(repository.path, [
    "--base-ref",
    "main",
    "--policy",
    "trail-log-file-validation-enabled",
  ]);
  expect(run.code).toBe(1);
  expect(lines(run.results())).toEqual([
    "regression fail trail-log-file-validation-enabled .#aws_cloudtrail.main",
  ]);
  const line =
    trail.split("\n").findIndex((each) => each.includes("enable_log_file_validation")) + 1;
  expect(run.results().findings[0]?.location).toMatchObject({ file: "main.tf", line });
  expect(run.file("summary.md")).toContain(`main.tf:${line}`);
});

test("a trail that is stopped is marked at the line that stops it", async () => {
  const repository = scratch();
  repository.commit({ "main.tf": STACK });
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit({ "main.tf": STACK.replace("  tags ", "  enable_logging = false\n  tags ") });
  const run = await checked(repository.path, ["--base-ref", "main"]);
  const stopped = run.results().findings.filter(({ standing }) => standing === "regression");
  const line = STACK.split("\n").findIndex((each) => each.startsWith("  tags ")) + 1;
  expect(stopped.map(({ policy, location }) => [policy, location?.line])).toEqual([
    ["change-keeps-trail-recording", line],
  ]);
});
