import { expect, test } from "vitest";
import { combinations } from "../../../src/commands/check/combinations.ts";
import type { TemplateState } from "../../../src/templates/resource.ts";

const state = (assuming: string | null, appliedWith?: string): TemplateState => ({
  assuming,
  resources: [],
  open: null,
  ...(appliedWith === undefined ? {} : { appliedWith }),
});

/** A stack with so many ways that it leaves open, and files of values with as many each. */
const stack = (name: string, open: number, files: { [file: string]: number } = {}) => ({
  stack: name,
  states: [
    ...Array.from({ length: open }, (_, n) => state(String(n))),
    ...Object.entries(files).flatMap(([file, count]) =>
      Array.from({ length: count }, (_, n) => state(`${file} ${n}`, file)),
    ),
  ],
});

const told = (stacks: Parameters<typeof combinations>[0]) =>
  combinations(stacks).list.map(
    ({ appliedWith, stacks: all }) =>
      `${appliedWith ?? "-"}: ${all.map(({ state: { assuming } }) => assuming).join(", ")}`,
  );

test("stacks with a file of one name are applied with it together, others as they are by default", () => {
  const stacks = [stack("a", 1, { prod: 1, dev: 1 }), stack("b", 2, { prod: 1 }), stack("c", 1)];
  expect(told(stacks)).toEqual([
    "-: 0, 0, 0",
    "-: 0, 1, 0",
    "prod: prod 0, prod 0, 0",
    "dev: dev 0, 0, 0",
  ]);
  expect(combinations(stacks).note).toBeNull();
});

test("what stays open with a file is tried in every way", () => {
  expect(told([stack("a", 1, { prod: 2 }), stack("b", 1, { prod: 2 })])).toEqual([
    "-: 0, 0",
    "prod: prod 0, prod 0",
    "prod: prod 0, prod 1",
    "prod: prod 1, prod 0",
    "prod: prod 1, prod 1",
  ]);
});

test("files of many stacks do not multiply", () => {
  const stacks = Array.from({ length: 20 }, (_, n) =>
    stack(`s${n}`, 1, { prod: 1, dev: 1, test: 1 }),
  );
  expect(combinations(stacks).list).toHaveLength(4);
});

test("no more than 64 ways are tried, each file in one at least, and what is not is said", () => {
  const stacks = [stack("a", 30, { prod: 40, dev: 40 }), stack("b", 2)];
  const { list, note } = combinations(stacks);
  expect(list).toHaveLength(62);
  expect(list.filter(({ appliedWith }) => appliedWith === "prod")).toHaveLength(1);
  expect(list.filter(({ appliedWith }) => appliedWith === "dev")).toHaveLength(1);
  expect(note).toBe("Of the conditions that stay open with prod, dev not every one was tried.");
});

test("files count among the ways of which there may be 64", () => {
  const { list } = combinations([stack("a", 8), stack("b", 8, { prod: 1 })]);
  expect(list).toHaveLength(16);
  expect(combinations([stack("a", 8), stack("b", 8)]).list).toHaveLength(64);
});

test("of too many ways together each stack's own are tried beside the firsts", () => {
  const { list, note } = combinations([stack("a", 40), stack("b", 2, { prod: 1 })]);
  expect(list).toHaveLength(42);
  expect(note).toMatch(/^Stacks leave open 80 ways/);
});
