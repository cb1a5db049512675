import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CONTROL_STATES,
  type ControlState,
  FAILED,
  type Marked,
  PASSED,
  ruling,
  UNDECIDED,
  WAIVED,
  worseState,
} from "../../src/evaluate/roll-up-state.ts";
import { STRENGTHS, type Strength } from "../../src/policy/framework.ts";

const marked = (pairs: [Strength, number][]): Marked[] =>
  pairs.map(([strength, marks]) => ({ strength, marks }));

describe("a control of an account is", () => {
  test.each<[ControlState, string, [Strength, number][]]>([
    ["contradicted", "a direct verdict fails", [["direct", FAILED]]],
    ["contradicted", "a partial verdict fails", [["partial", FAILED]]],
    ["contradicted", "a prerequisite fails", [["prerequisite", FAILED]]],
    ["contradicted", "one of a policy's verdicts fails", [["direct", PASSED | FAILED]]],
    [
      "contradicted",
      "one fails beside unknown, waived and passed ones",
      [
        ["direct", PASSED | UNDECIDED | WAIVED],
        ["prerequisite", FAILED],
      ],
    ],
    ["incomplete", "a direct verdict is unknown", [["direct", PASSED | UNDECIDED]]],
    [
      "incomplete",
      "a partial verdict is unknown, whatever is waived",
      [
        ["direct", PASSED | WAIVED],
        ["partial", UNDECIDED],
      ],
    ],
    [
      "incomplete",
      "a prerequisite is unknown where all else would support",
      [
        ["direct", PASSED],
        ["prerequisite", UNDECIDED],
      ],
    ],
    [
      "incomplete",
      "a prerequisite is unknown where a partial one would support",
      [
        ["partial", PASSED],
        ["prerequisite", UNDECIDED],
      ],
    ],
    ["excepted", "a direct verdict is waived beside a passed one", [["direct", PASSED | WAIVED]]],
    [
      "excepted",
      "a waived prerequisite would be hidden by a passed direct one",
      [
        ["direct", PASSED],
        ["prerequisite", WAIVED],
      ],
    ],
    ["supported", "a direct verdict passes", [["direct", PASSED]]],
    [
      "supported",
      "a direct and a partial verdict pass",
      [
        ["direct", PASSED],
        ["partial", PASSED],
      ],
    ],
    [
      "partly-supported",
      "a partial verdict passes and no direct one was given",
      [
        ["direct", 0],
        ["partial", PASSED],
      ],
    ],
    ["not-assessed", "nothing is mapped", []],
    ["not-assessed", "the policies judged nothing", [["direct", 0]]],
    ["not-assessed", "a prerequisite passes: it supports nothing", [["prerequisite", PASSED]]],
    [
      "not-assessed",
      "a prerequisite is unknown where nothing would support",
      [["prerequisite", UNDECIDED]],
    ],
    ["not-assessed", "a related verdict passes", [["related", PASSED]]],
    ["not-assessed", "a related verdict fails", [["related", FAILED]]],
    ["not-assessed", "a related verdict is unknown or waived", [["related", UNDECIDED | WAIVED]]],
    [
      "supported",
      "related verdicts fail, are unknown and waived beside a passed direct one",
      [
        ["direct", PASSED],
        ["related", FAILED | UNDECIDED | WAIVED],
      ],
    ],
  ])("%s where %s", (state, _, pairs) => {
    expect(ruling(marked(pairs)).state).toBe(state);
    expect(ruling(marked(pairs).toReversed()).state).toBe(state);
  });
});

const controls = fc.array(
  fc.record({ strength: fc.constantFrom(...STRENGTHS), marks: fc.integer({ min: 0, max: 15 }) }),
  { maxLength: 5 },
);

/** Hides some verdicts of a policy: what they were becomes unknown. */
const hidden = ({ strength, marks }: Marked, mask: number): Marked => ({
  strength,
  marks: (marks & mask) === 0 ? marks : (marks & ~mask) | UNDECIDED,
});

test("whatever verdicts are hidden, what was contradicted or incomplete is never supported", () => {
  const masks = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(controls, masks, (control, [...mask]) => {
      const full = ruling(control).state;
      fc.pre(full === "contradicted" || full === "incomplete");
      const masked = ruling(control.map((each, index) => hidden(each, mask[index] ?? 0))).state;
      expect(["supported", "partly-supported"]).not.toContain(masked);
    }),
    { numRuns: 5000, seed: 20261121 },
  );
});

test("of two states the worse one is that nearer to contradicted", () => {
  for (const [index, state] of CONTROL_STATES.entries()) {
    for (const other of CONTROL_STATES.slice(index)) {
      expect(worseState(state, other)).toBe(state);
      expect(worseState(other, state)).toBe(state);
    }
  }
});
