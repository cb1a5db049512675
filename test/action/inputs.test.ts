import { expect, test } from "vitest";
import { argvOf } from "../../src/action/inputs.ts";

const argv = (inputs: Record<string, string>, redact = false) =>
  argvOf(
    Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    { redact },
  );

test("check takes the options of judging, and its paths stand after all of them", () => {
  const inputs = {
    command: "check",
    paths: "prod=plans/prod.json\n  infra, stacks/a b.yaml \n\n",
    "base-ref": "origin/main",
    live: "snapshot.ndjson.gz",
    expect: "prod\naudit",
    "fail-on": "high",
    quiet: "true",
    all: "false",
  };
  expect(argv(inputs).sort()).toEqual(
    [
      "check",
      "--fail-on=high",
      "--quiet",
      "--base-ref=origin/main",
      "--live=snapshot.ndjson.gz",
      "--expect=prod,audit",
      "--",
      "prod=plans/prod.json",
      "infra",
      "stacks/a b.yaml",
    ].sort(),
  );
  expect(argv(inputs).slice(-4)).toEqual([
    "--",
    "prod=plans/prod.json",
    "infra",
    "stacks/a b.yaml",
  ]);
});

test("a path that looks like an option is a path", () => {
  expect(argv({ command: "check", paths: "--fail-on=none" })).toEqual([
    "check",
    "--",
    "--fail-on=none",
  ]);
});

test("without paths there are none: what is in the repository is looked for", () => {
  expect(argv({ command: "check", paths: " \n , " })).toEqual(["check"]);
  expect(argv({ command: "check" }, true)).toEqual(["check", "--redact"]);
});

test.for([
  ["check", "scope", "payments", "scan"],
  ["check", "baseline", "results.json", "scan"],
  ["check", "carry-forward", "results.json", "scan"],
  ["check", "organization", "true", "scan"],
  ["scan", "paths", "infra", "check"],
  ["scan", "base-ref", "main", "check"],
  ["scan", "live", "snapshot.ndjson.gz", "check"],
  ["scan", "expect", "prod", "check"],
] as const)(
  "%s refuses the input %s, which it would not look at",
  ([command, name, value, other]) => {
    expect(() => argv({ command, [name]: value })).toThrow(
      `the input \`${name}\` is for the command ${other}, not for ${command}`,
    );
  },
);

test("a command that is not built yet says which are", () => {
  expect(() => argv({ command: "merge" })).toThrow("`merge` is not built yet");
});
