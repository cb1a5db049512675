import { expect, test } from "vitest";
import { AuditError } from "../../src/errors.ts";
import { readWorld } from "../../src/simulate/world.ts";

const good = `now: 2026-11-01T06:00:00Z
regions: { us-east-1: ENABLED_BY_DEFAULT }
accounts:
  - id: "111111111111"
`;

function mistake(text: string): AuditError {
  try {
    readWorld(text, "w.yaml");
  } catch (error) {
    if (error instanceof AuditError) return error;
    throw error;
  }
  throw new Error("the world was read");
}

test("a world of a clock, a region and an account is one", () => {
  expect(readWorld(good, "w.yaml").accounts).toEqual([{ id: "111111111111" }]);
});

const trail = (fields: string) =>
  `${good}trails:\n  - name: t\n    account: "111111111111"\n    homeRegion: us-east-1\n${fields}`;

test.for([
  ["no YAML", `${good}: [`, 5, ""],
  ["no time", good.replace("2026-11-01T06:00:00Z", "someday"), 1, "someday is not a time"],
  ["a key that there is not", `${good}acounts: []\n`, 5, "acounts"],
  [
    "an account without quotes",
    good.replace('"111111111111"', "111111111111"),
    4,
    "/accounts/0/id",
  ],
  ["a region in no known state", good.replace("ENABLED_BY_DEFAULT", "ON"), 2, "/regions/us-east-1"],
  ["a misspelt setting of a trail", trail("    multiRegion: true\n"), 9, "multiRegion"],
  ["an account twice", `${good}  - id: "111111111111"\n`, 5, "111111111111 is there twice"],
  [
    "a trail of no account",
    trail("").replace('account: "111111111111"', 'account: "999999999999"'),
    7,
    "999999999999 is not among the accounts",
  ],
  [
    "a home region of no account",
    trail("").replace("homeRegion: us-east-1", "homeRegion: eu-west-1"),
    8,
    "eu-west-1 is not among the regions",
  ],
  [
    "a management account that is none",
    `${good}organization: { managementAccount: "999999999999" }\n`,
    5,
    "999999999999 is not among the accounts",
  ],
  [
    "an attached policy that it does not have",
    `${good}identities:\n  - arn: arn:aws:iam::111111111111:role/r\n    attachedPolicies: ["arn:aws:iam::aws:policy/P"]\n`,
    6,
    "arn:aws:iam::aws:policy/P is not among the managedPolicies",
  ],
  [
    "an identity twice",
    `${good}identities:\n  - arn: arn:aws:iam::111111111111:role/r\n  - arn: arn:aws:iam::111111111111:role/r\n`,
    7,
    "role/r is there twice",
  ],
  [
    "an identity of no known kind",
    `${good}identities:\n  - arn: arn:aws:iam::111111111111:server/s\n`,
    6,
    "/identities/0/arn",
  ],
  [
    "a policy attached to a unit that there is not",
    `${good}organization:\n  managementAccount: "111111111111"\n  serviceControlPolicies:\n    - { name: p, policy: {}, targets: [root, Nowhere] }\n`,
    8,
    "policy p: there is no Nowhere in the organization",
  ],
  [
    "a service control policy twice",
    `${good}organization:\n  managementAccount: "111111111111"\n  serviceControlPolicies:\n    - { name: p, policy: {}, targets: [] }\n    - { name: p, policy: {}, targets: [] }\n`,
    9,
    "p is there twice",
  ],
  [
    "an alarm on nothing",
    `${good}alarms:\n  - { name: a, account: "111111111111", region: us-east-1, metricName: M }\n`,
    6,
    "alarm a: say metricName and namespace",
  ],
  [
    "maths that is neither metric nor expression",
    `${good}alarms:\n  - { name: a, account: "111111111111", region: us-east-1, metrics: [{ id: m }] }\n`,
    6,
    "alarm a: say metricName and namespace",
  ],
  [
    "an event data store twice",
    `${good}eventDataStores:\n  - { name: s, account: "111111111111", region: us-east-1 }\n  - { name: s, account: "111111111111", region: us-east-1 }\n`,
    7,
    "s is there twice",
  ],
  ["nothing", "", 1, "must be object"],
] as const)("a world file with %s is refused, naming file and line", ([, text, line, says]) => {
  const error = mistake(text);
  expect(error.code).toBe("bad-world");
  expect(error.message).toMatch(new RegExp(`^w\\.yaml:${line}: `));
  expect(error.message).toContain(says);
});

test("a world file longer than five million characters is refused before it is parsed", () => {
  expect(mistake("#".repeat(5_000_001)).message).toContain("longer than 5000000");
});

test("a world file cannot blow up through aliases", () => {
  const bomb = `a: &a [1,1]\n${["b", "c", "d", "e", "f", "g", "h", "i"]
    .map((name, index) => {
      const before = String.fromCharCode("a".charCodeAt(0) + index);
      return `${name}: &${name} [${Array(9).fill(`*${before}`).join(",")}]`;
    })
    .join("\n")}\n`;
  expect(mistake(bomb).code).toBe("bad-world");
});
