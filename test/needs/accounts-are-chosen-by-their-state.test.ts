import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";

test.for(["only-state", "state-and-status"])(
  "accounts listed with %s: those that work are audited, the others are listed with why",
  async (given) => {
    const run = await judged(`accounts-with-${given}`);
    expect(
      Object.fromEntries(run.report.audit.accounts.map(({ id, state, why }) => [id, why ?? state])),
    ).toEqual({
      "111111111111": "audited",
      "222222222222": "audited",
      "333333333333": "state SUSPENDED",
      "444444444444": "audited",
      "555555555555": "state CLOSED",
      "666666666666": "state PENDING_ACTIVATION",
    });
  },
);

test("accounts listed with Status alone are chosen by it", async () => {
  const run = await judged("accounts-with-only-status");
  const audited = run.report.audit.accounts.filter(({ state }) => state === "audited");
  expect(audited.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["111111111111", "222222222222"]),
  );
  expect(run.report.audit.accounts.find(({ id }) => id === "333333333333")?.state).toBe("skipped");
});

test("accounts listed with neither cannot be audited", async () => {
  await expect(judged("accounts-with-neither-state-nor-status")).rejects.toMatchObject({
    code: "cannot-list-accounts",
    message: expect.stringContaining("neither State nor Status"),
  });
});

test("an organization without an active account is no success", async () => {
  await expect(judged("no-active-account")).rejects.toMatchObject({ code: expect.any(String) });
});
