import { expect, test } from "vitest";
import { openNotebook } from "../../src/collect/evidence.ts";

const call = (answer: string | null) => ({
  answer,
  observation: {
    operation: "s3:GetBucketPolicy",
    accountId: "111111111111",
    region: "us-east-1",
    time: null,
    requestId: null,
    principal: null,
    outcome: "ok",
  },
});

test("an answer that poses as a marker is kept with its dollar escaped", () => {
  const notebook = openNotebook();
  notebook.note(call('{"tags":{"$unknown":{"reason":"timeout"}}}'));
  expect(notebook.observations[0]?.answer).toEqual({
    tags: { $$unknown: { reason: "timeout" } },
  });
});

test("a call is kept once, and the same answer of another call is pointed at", () => {
  const notebook = openNotebook();
  const [first, second] = [call('{"a":1}'), call('{"a":1}')];
  notebook.tells(["/a", "/b"], first);
  notebook.tells(["/c"], second);
  notebook.tells(["/d"], first);
  expect(notebook.observations).toHaveLength(2);
  expect(notebook.observations[1]).toMatchObject({ sameAnswerAs: 0 });
  expect(notebook.sources).toEqual({ "/a": 0, "/b": 0, "/c": 1, "/d": 0 });
});

test("a long answer is cut, and says how long it was", () => {
  const notebook = openNotebook();
  notebook.note(call(JSON.stringify({ text: "x".repeat(50_000) })));
  expect(notebook.observations[0]?.answer).toMatchObject({ length: 50_011 });
  expect(JSON.stringify(notebook.observations[0]).length).toBeLessThan(18_000);
});

test("a call that the deadline did not let be made leaves no trace", () => {
  const notebook = openNotebook();
  notebook.tells(["/a"], null);
  expect(notebook).toMatchObject({ observations: [], sources: {} });
});
