import { expect, test } from "vitest";
import { bar, progress } from "../../src/commands/progress.ts";
import { listening } from "../whole-path/judged.ts";

const event = { accountsExpected: 800, accountsDone: 200, calls: 7200, throttles: 0 };

test("the bar says accounts, calls, throttles and the time left", () => {
  expect(bar(event, 30_000)).toBe(
    "[======                  ] 200 of 800 accounts, 7200 calls, about 90 s left",
  );
  expect(bar({ ...event, throttles: 3 }, 300_000)).toMatch(/, 3 throttled, about 15 min left$/);
  expect(bar({ accountsExpected: 0, accountsDone: 0, calls: 1, throttles: 0 }, 10)).toBe(
    "[                        ] 0 of 0 accounts, 1 calls",
  );
});

test("it is drawn on a terminal, at most every tenth of a second, and cleared at the end", () => {
  const { console, heard } = listening();
  let now = 1000;
  const drawn = progress({ ...console, live: true }, () => now);
  drawn.show(event);
  drawn.show(event);
  now += 150;
  drawn.show(event);
  drawn.done();
  expect(heard.err.match(/200 of 800/g)).toHaveLength(2);
  expect(heard.err.endsWith("\r\u001b[2K")).toBe(true);
});

test("a pipe hears nothing of it", () => {
  const { console, heard } = listening();
  const drawn = progress(console, () => 0);
  drawn.show(event);
  drawn.done();
  expect(heard).toEqual({ out: "", err: "" });
});
