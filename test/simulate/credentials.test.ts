import { expect, test } from "vitest";
import { callerOf, entryCredentials, sessionCredentials } from "../../src/simulate/credentials.ts";

const session = {
  accountId: "222222222222",
  issuedBy: "regional",
  role: { name: "TrailproofAuditor", session: "run" },
  expires: 1_800_000_000_000,
  serial: 7,
} as const;

test("the keys of an account's user name the account", () => {
  const { accessKeyId } = entryCredentials("111111111111");
  expect(callerOf(accessKeyId, undefined)).toMatchObject({
    accountId: "111111111111",
    issuedBy: "user",
  });
});

test("the keys and the token of a session hold all there is to know of it", () => {
  const { accessKeyId, sessionToken } = sessionCredentials(session);
  expect(callerOf(accessKeyId, sessionToken)).toEqual(session);
});

test.for([
  ["a key of somebody else", "AKIAIOSFODNN7EXAMPLE", undefined],
  ["a session without its token", sessionCredentials(session).accessKeyId, undefined],
  ["a token that is no JSON", sessionCredentials(session).accessKeyId, "bm90IGpzb24"],
  ["a token of no known issuer", sessionCredentials(session).accessKeyId, "WyJub2JvZHkiXQ"],
  ["a token without end", sessionCredentials(session).accessKeyId, "A".repeat(5000)],
] as const)("%s is nobody's", ([, key, token]) => {
  expect(callerOf(key, token)).toBeUndefined();
});
