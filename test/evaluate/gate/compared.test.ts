import { describe, expect, test } from "vitest";
import { compared } from "../../../src/evaluate/gate/compared.ts";
import type { ChangeSides } from "../../../src/evaluate/gate/gated.ts";
import { sideKey, sideOf } from "../../../src/evaluate/gate/sides.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import type { Trail } from "../../../src/subjects/schema/trail.ts";
import { policies, possibility, trail } from "./sides.ts";

const KEY = sideKey("trail-log-file-validation-enabled", "audit#aws_cloudtrail.main");
const on = { logFileValidationEnabled: true };
const off = { logFileValidationEnabled: false };
const open = { logFileValidationEnabled: unknown("unresolved", { detail: "var.validation" }) };

/** What the trail is by default, and with each file of values; null: it is not there. */
type Ways = { [file: string]: Partial<Trail> | null };

const sideWith = (ways: Ways) =>
  sideOf(
    Object.entries(ways).map(([file, fields]) => {
      const subjects = fields === null ? [] : [trail(fields)];
      return file === ""
        ? possibility(subjects)
        : { ...possibility(subjects, `it is applied with ${file}`), appliedWith: file };
    }),
    policies,
  );

function told(before: Ways, after: Ways) {
  const sides: ChangeSides = {
    before: sideWith(before),
    after: sideWith(after),
    losses: sideWith({}),
    explains: new Map(),
    movedFrom: new Map(),
    isMadeHere: () => false,
  };
  const judged = sides.after.verdicts.get(KEY);
  if (judged === undefined) throw new Error("nobody asks it");
  const { standing, judged: counted } = compared(sides, judged);
  const { verdict, message } = counted.verdict;
  return `${standing} ${verdict} ${/^When (.*?): /.exec(message)?.[1] ?? ""}`.trim();
}

describe("with files of values each way is compared with itself:", () => {
  test.each<[string, Ways, Ways, string]>([
    [
      "what one of them breaks is no debt because of another",
      { "": on, dev: off, prod: on },
      { "": on, dev: off, prod: off },
      "regression fail it is applied with prod",
    ],
    [
      "what one of them breaks is none of the default's",
      { "": off, prod: on },
      { "": off, prod: off },
      "regression fail it is applied with prod",
    ],
    [
      "what fails with one as before is debt",
      { "": on, dev: off },
      { "": on, dev: off },
      "debt fail it is applied with dev",
    ],
    [
      "what fails with all of them says nothing",
      { "": off, dev: off },
      { "": off, dev: off },
      "debt fail",
    ],
    [
      "what breaks by default and with a file is told of the default",
      { "": on, dev: on },
      { "": off, dev: off },
      "regression fail",
    ],
    [
      "one that comes is compared with the default",
      { "": on, dev: off },
      { "": on, dev: off, prod: off },
      "regression fail it is applied with prod",
    ],
    [
      "what fails by default too fails with one that comes as before",
      { "": off },
      { "": off, prod: off },
      "debt fail",
    ],
    [
      "what cannot be proven with one that comes was not proven before",
      { "": on },
      { "": on, prod: open },
      "same unknown",
    ],
    [
      "what can no longer be proven with one that was there is lost",
      { "": on, prod: on },
      { "": on, prod: open },
      "regression unknown",
    ],
    [
      "what cannot be proven is lost beside what fails as before",
      { "": on, dev: off, prod: on },
      { "": on, dev: off, prod: open },
      "regression unknown",
    ],
    [
      "what was not there with that file is new",
      { "": on, dev: null },
      { "": on, dev: off },
      "regression fail it is applied with dev",
    ],
    [
      "what is mended with one is better",
      { "": on, dev: off },
      { "": on, dev: on },
      "improvement pass",
    ],
    [
      "what is mended with one of two is old",
      { "": on, dev: off, prod: off },
      { "": on, dev: off, prod: on },
      "debt fail it is applied with dev",
    ],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after)).toBe(expected);
  });

  test("what fails in a stack without such a file tells that another has it", () => {
    const { verdicts } = sideOf(
      [possibility([trail(on)]), { ...possibility([trail(off)]), appliedWith: "prod.tfvars" }],
      policies,
    );
    expect(verdicts.get(KEY)?.verdict.message).toMatch(
      /^When another stack is applied with prod.tfvars: /,
    );
  });
});
