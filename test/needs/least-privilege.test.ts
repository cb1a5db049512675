import { expect, test } from "vitest";
import { CALLS, type Call, type Operation } from "../../src/collect/calls.ts";
import { type IamPart, permissions } from "../../src/commands/iam/permissions.ts";
import {
  generatedAccountId,
  generateWorld,
  MANAGEMENT_ACCOUNT,
} from "../../src/simulate/generate.ts";
import { judged } from "../whole-path/judged.ts";

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

function named(operation: string): Operation {
  if (isOperation(operation)) return operation;
  throw new Error(`${operation} is not in the table of calls`);
}

const isOperation = (name: string): name is Operation => Object.hasOwn(CALLS, name);
