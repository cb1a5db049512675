import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CALLS, type Call, type Operation } from "../../src/collect/calls.ts";
import { type IamPart, permissions } from "../../src/commands/iam/permissions.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import {
  generatedAccountId,
  generateWorld,
  MANAGEMENT_ACCOUNT,
} from "../../src/simulate/generate.ts";
import { judged } from "../whole-path/judged.ts";

const README = readFileSync("README.md", "utf8");
const HUB = generatedAccountId(3);

const partOf = (account: string): IamPart =>
  account === HUB ? "hub" : account === MANAGEMENT_ACCOUNT ? "management" : "member";

const allowedTo = (part: IamPart): string[] =>
  permissions(part).Statement.flatMap(({ Action }) => Action);

/** Assuming roles is the hub's alone to be granted; whoever tries first and is refused loses nothing. */
const ASSUMING = ["sts:AssumeRole", "sts:GetCallerIdentity"];

test("a whole run needs no action that `iam` does not print for the account that makes the call", async () => {
  const world = {
    ...generateWorld({ accounts: 5, regions: ["us-east-1", "eu-west-1"], localTrails: 2 }),
    roles: [{ name: "TrailproofAuditor", trusts: [HUB] }],
  };
  const organizationRole = `arn:aws:iam::${MANAGEMENT_ACCOUNT}:role/TrailproofAuditor`;
  const run = await judged(world, { organizationRole }, { entry: HUB });
  expect(run.report.complete).toBe(true);
  const beyond = run.calls
    .filter(({ operation }) => !ASSUMING.includes(operation))
    .flatMap(({ operation, accountId }) => {
      const { actions }: Call = CALLS[named(operation)];
      const allowed = allowedTo(partOf(accountId));
      return actions
        .filter((action) => !allowed.includes(action))
        .map((action) => `${partOf(accountId)} ${action}`);
    });
  expect([...new Set(beyond)]).toEqual([]);
  expect(new Set(run.calls.map(({ accountId }) => partOf(accountId)))).toEqual(
    new Set(["hub", "management", "member"]),
  );
});

/** What SecurityAudit does not allow of what a scan asks. */
const BEYOND_SECURITY_AUDIT: Operation[] = [
  "account:ListRegions",
  "cloudtrail:GetEventConfiguration",
  "cloudtrail:GetEventDataStore",
  "cloudtrail:GetResourcePolicy",
  "cloudtrail:ListChannels",
  "cloudtrail:ListEventDataStores",
];

test("SecurityAudit alone leaves unknown what README says, and nothing else", async () => {
  const faults = BEYOND_SECURITY_AUDIT.map((operation) => ({
    operation,
    kind: "access-denied" as const,
  }));
  const world = generateWorld({ accounts: 2, regions: ["us-east-1", "eu-west-1"] });
  const { verdicts } = await judged({ ...world, faults });
  const unknown = verdicts.filter(({ verdict }) => verdict === "unknown");
  const [, told = ""] = /only the verdicts of the policies `([^`]+)`/.exec(README) ?? [];
  const ids = builtinPolicies().map(({ id }) => id);
  expect([...new Set(unknown.map(({ policy }) => policy))].sort()).toEqual(
    ids.filter((id) => id.startsWith(told.replace("*", ""))).sort(),
  );
  expect(told).toBe("event-data-store-*");
});

function named(operation: string): Operation {
  if (isOperation(operation)) return operation;
  throw new Error(`${operation} is not in the table of calls`);
}

const isOperation = (name: string): name is Operation => Object.hasOwn(CALLS, name);
