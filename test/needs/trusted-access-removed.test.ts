import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";
import { MANAGEMENT, organization } from "./worlds.ts";

test("with trusted access removed the trail shrinks to its owner: the cause and each uncovered member are told", async () => {
  const before = await judged(organization());
  const after = await judged(
    organization({ organization: { managementAccount: MANAGEMENT, trustedAccess: [] } }),
  );
  expect(Object.values(before.of("account-has-multi-region-trail-logging"))).toEqual(
    Array(3).fill("pass"),
  );
  expect(after.exitCode).toBe(1);
  expect(Object.values(after.of("organization-trusted-access-enabled"))).toEqual(["fail"]);
  expect(after.of("account-has-multi-region-trail-logging")).toEqual({
    [MANAGEMENT]: "pass",
    "222222222222": "fail",
    "333333333333": "fail",
  });
  const covers = after.verdicts.find(
    ({ policy }) => policy === "organization-trail-covers-every-account",
  );
  expect(covers?.verdict).toBe("fail");
  expect(covers?.message).toMatch(/111111111111.*222222222222.*333333333333/);
  // The same ARN, no longer an organization trail.
  expect(Object.keys(after.of("trail-is-multi-region"))).toEqual(["organization-trail"]);
});
