import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { type Control, STRENGTHS } from "../../src/policy/framework.ts";
import { builtinFrameworks } from "../../src/policy/frameworks.ts";
import { FRAMEWORK_IDS } from "./framework-id-lists.ts";
import { MAPPED_TO_NONE } from "./mapped-to-none.ts";

const frameworks = builtinFrameworks();
const policies = builtinPolicies();
const mappings = frameworks.flatMap((framework) =>
  framework.controls.flatMap((control) =>
    (control.policies ?? []).map((mapping) => ({
      ...mapping,
      framework: framework.id,
      control: control.id,
    })),
  ),
);

test("each policy is in a framework or says why it is in none, and not both", () => {
  const mapped = new Set(mappings.map(({ policy }) => policy));
  const wrong = policies.filter(({ id, unmapped }) => mapped.has(id) === (unmapped !== undefined));
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

test.each(Object.entries(MAPPED_TO_NONE))(
  "each policy has a citation of %s or is on the list of those that have none, and not both",
  (framework, none) => {
    const mapped = new Set(
      mappings.filter((each) => each.framework === framework).map(({ policy }) => policy),
    );
    const wrong = policies.filter(({ id }) => mapped.has(id) === Object.hasOwn(none, id));
    expect(wrong.map(({ id }) => id)).toEqual([]);
    const ids = policies.map(({ id }) => id);
    expect(Object.keys(none).filter((id) => !ids.includes(id))).toEqual([]);
  },
);

test.each(Object.entries(FRAMEWORK_IDS))("each control of %s has an id of its list", (id, list) => {
  const framework = frameworks.find((each) => each.id === id);
  const unknown = framework?.controls.filter((control) => !list.includes(control.id));
  expect(unknown?.map((control) => control.id)).toEqual([]);
});

test("no mapping claims that anybody complies", () => {
  const claims = frameworks.flatMap(({ controls }) =>
    controls.flatMap(({ paraphrase, notAssessable = "", policies: own = [] }) => [
      paraphrase,
      notAssessable,
      ...own.flatMap(({ shows, doesNotShow }) => [shows, doesNotShow]),
    ]),
  );
  expect(claims.filter((text) => /\bcompl(?:y|ies|iant)\b/i.test(text))).toEqual([]);
});

const rowsOf = ({ policies: own = [] }: Control) =>
  STRENGTHS.flatMap((strength) => {
    const ids = own.filter((each) => each.strength === strength).map(({ policy }) => policy);
    return ids.length === 0 ? [] : [`${strength}: ${ids.toSorted().join(" ")}`];
  });

/** Written anew by `MAPPINGS=write npx vitest run test/policy/mapped.test.ts`: review what changed. */
test("the table of mappings is the reviewed one", () => {
  const file = new URL("mappings.snapshot.txt", import.meta.url);
  const rows = frameworks.flatMap(({ id, controls }) =>
    controls.flatMap((control) => rowsOf(control).map((row) => `${id} ${control.id} ${row}`)),
  );
  const table = `${rows.join("\n")}\n`;
  if (process.env.MAPPINGS === "write") writeFileSync(file, table);
  expect(table).toBe(readFileSync(file, "utf8"));
});
