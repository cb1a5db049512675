import { expect, test } from "vitest";
import { adaptiveLimit } from "../../src/collect/limit.ts";
import { pacer, pause } from "../../src/collect/throttle.ts";

const RATE = { perSecond: 10, burst: 3 };

test("a burst goes at once, and what is beyond it waits its turn", () => {
  const pace = pacer(() => 0);
  const waits = Array.from({ length: 5 }, () => Math.round(pace("a", RATE)));
  expect(waits).toEqual([0, 0, 0, 105, 211]);
});

test("accounts, regions and operations do not wait for each other", () => {
  const pace = pacer(() => 0);
  for (let n = 0; n < 3; n += 1) pace("one", RATE);
  expect(pace("another", RATE)).toBe(0);
});

test("a pause is random up to a bound that doubles and ends at twenty seconds", () => {
  const most = () => 1;
  expect([1, 2, 3, 20].map((attempt) => pause(attempt, 200, most))).toEqual([
    200, 400, 800, 20_000,
  ]);
  expect(pause(5, 200, () => 0)).toBe(0);
});

test("no more runs at once than the limit, and a throttle halves it once a second", async () => {
  let time = 0;
  const limit = adaptiveLimit({ start: 4, least: 1, most: 8 }, () => time);
  const ends: (() => void)[] = [];
  let busy = 0;
  const job = () =>
    limit.run(async () => {
      busy += 1;
      await new Promise<void>((end) => ends.push(end));
      busy -= 1;
    });
  const all = Array.from({ length: 6 }, job);
  await Promise.resolve();
  expect(busy).toBe(4);
  limit.ease();
  limit.ease();
  expect(limit.size()).toBe(2);
  time = 1000;
  limit.ease();
  expect(limit.size()).toBe(1);
  while (ends.length > 0) {
    ends.shift()?.();
    await new Promise((later) => setImmediate(later));
  }
  await Promise.all(all);
  expect(busy).toBe(0);
});

test("a limit that is full and goes well grows, up to its bound", async () => {
  const limit = adaptiveLimit({ start: 2, least: 1, most: 3 });
  await Promise.all(Array.from({ length: 50 }, () => limit.run(async () => {})));
  expect(limit.size()).toBe(3);
});
