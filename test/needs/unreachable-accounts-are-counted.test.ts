import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";

const tally = (list: readonly { state: string }[]) => {
  const of = (state: string) => list.filter((each) => each.state === state).length;
  return {
    audited: of("audited"),
    skipped: of("skipped"),
    unreachable: of("unreachable"),
    partial: of("partial"),
  };
};

test("of eleven accounts eight are audited, two skipped, one is unreachable; the run is incomplete and lists all", async () => {
  const run = await judged("eleven-accounts");
  const { accounts } = run.report.audit;
  expect(accounts).toHaveLength(11);
  expect(tally(accounts)).toEqual({ audited: 8, skipped: 2, unreachable: 1, partial: 0 });
  expect(accounts.filter(({ state, why }) => state !== "audited" && why === null)).toEqual([]);
  expect(run.exitCode).toBe(3);
  expect(run.heard.out).toContain("Audited 8 of 9 accounts");
  for (const id of ["100000000007", "100000000008", "100000000010"]) {
    expect(run.resultsFile()).toContain(id);
  }
});

test("with the renewal refused, seven are audited and one is partial", async () => {
  const run = await judged("eleven-accounts-renewal-refused");
  expect(tally(run.report.audit.accounts)).toEqual({
    audited: 7,
    skipped: 2,
    unreachable: 1,
    partial: 1,
  });
  expect(run.exitCode).toBe(3);
});
