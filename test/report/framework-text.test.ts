import { expect, test } from "vitest";
import type { ControlRollUp, FrameworkRollUp } from "../../src/evaluate/roll-up.ts";
import type { ControlState } from "../../src/evaluate/roll-up-state.ts";
import { frameworkLines } from "../../src/report/framework-text.ts";
import { paint } from "../../src/report/terminal.ts";

const plain = paint(false);

function control(id: string, state: ControlState, contradicted = 0): ControlRollUp {
  const none = { incomplete: 0, excepted: 0, supported: 0 };
  const counts = { ...none, contradicted, "not-assessed": 0, "partly-supported": 0 };
  return { id, paraphrase: "p", state, rollUp: counts, policies: [], accounts: [] };
}

const beyond = { ...control("9", "not-assessed"), notAssessable: "why" };

const framework = (controls: ControlRollUp[], scope: string | null = null): FrameworkRollUp => ({
  ...{ id: "fw", title: "FW 1", scope, accounts: 1200, controls },
});

test("each framework has one line, every control is in one column, and what is contradicted is named", () => {
  const controls = [
    control("1", "supported"),
    control("2", "supported"),
    control("3", "partly-supported"),
    control("4", "not-assessed"),
    beyond,
    control("5", "incomplete"),
    { ...control("6", "contradicted", 1100), notAssessable: "only a prerequisite" },
  ];
  expect(frameworkLines([framework(controls, "cde")], plain)).toEqual([
    "Frameworks: controls by what the verdicts support evidence for, each by its worst account",
    "                              supported  partly-supported  not-assessed  excepted  incomplete  contradicted  not assessable",
    "  FW 1 (cde, 1,200 accounts)          2                 1             1         0           1             1               1",
    "    contradicted: 6 in 1,100 accounts",
  ]);
});

test("of many contradicted controls eight are named", () => {
  const many = Array.from({ length: 10 }, (_, index) => control(`1.${index}`, "contradicted", 1));
  const last = frameworkLines([framework(many)], plain).at(-1);
  expect(last).toMatch(/^ {4}contradicted: 1\.0 in 1 account, .*1\.7 in 1 account, and 2 more$/);
});

test("nothing is said where no framework was asked about, and nobody complies", () => {
  expect(frameworkLines([], plain)).toEqual([]);
  expect(frameworkLines([framework([beyond])], plain).join("\n")).not.toMatch(/compli|in place/i);
});

test("a scope's name cannot act on the terminal", () => {
  const lines = frameworkLines([framework([beyond], "\u001b[2J\u202epay\n::error::x")], plain);
  for (const bad of ["\u001b", "\u202e", "\n"]) expect(lines.join("")).not.toContain(bad);
});
