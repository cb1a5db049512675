import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { entryCredentials } from "../../../src/simulate/credentials.ts";
import type { World } from "../../../src/simulate/world.ts";
import { answer, refusal, simulated } from "../simulated.ts";

const world: World = {
  now: "2026-11-01T06:00:00Z",
  regions: { "us-east-1": "ENABLED_BY_DEFAULT", "me-south-1": "ENABLED", "af-south-1": "DISABLED" },
  organization: { managementAccount: "111111111111" },
  accounts: [
    { id: "111111111111", roles: [{ name: "hub/Reader", trusts: ["222222222222"] }] },
    { id: "222222222222" },
    { id: "333333333333", roles: [{ name: "Guarded", externalId: "secret" }] },
    { id: "444444444444", state: "SUSPENDED" },
    { id: "555555555555", state: "PENDING_CLOSURE" },
  ],
};

const assume = (account: string, role = "TrailproofAuditor", more = {}) =>
  new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${account}:role/${role}`,
    RoleSessionName: "run",
    ...more,
  });

test("a user is told who it is", async () => {
  const { as } = await simulated(world);
  expect(answer(await as("222222222222").sts.send(new GetCallerIdentityCommand()))).toEqual({
    Account: "222222222222",
    Arn: "arn:aws:iam::222222222222:user/auditor",
    UserId: "AIDASIMULATED",
  });
});

test("a role's session calls as that account, its path left out of its ARN", async () => {
  const { as } = await simulated(world);
  const assumed = await as("222222222222").sts.send(assume("111111111111", "hub/Reader"));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = assumed.Credentials ?? {};
  const keys = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  const { sts } = as("111111111111", "us-east-1", keys);
  expect((await sts.send(new GetCallerIdentityCommand())).Arn).toBe(
    "arn:aws:sts::111111111111:assumed-role/Reader/run",
  );
  expect(assumed.AssumedRoleUser?.Arn).toBe("arn:aws:sts::111111111111:assumed-role/Reader/run");
});

test("a session lasts as long as was asked for, by the clock of whoever asks", async () => {
  const { as } = await simulated(world);
  const { sts } = as("111111111111");
  const before = Date.now();
  const { Credentials } = await sts.send(
    assume("222222222222", undefined, { DurationSeconds: 900 }),
  );
  const lasts = (Credentials?.Expiration?.getTime() ?? 0) - before;
  expect(Math.round(lasts / 100_000)).toBe(9);
});

test.for([
  ["a role that is not there", "111111111111", assume("222222222222", "Nobody")],
  ["a role of no account", "111111111111", assume("999999999999")],
  ["a role that does not trust the caller", "222222222222", assume("333333333333", "Guarded")],
  ["a role without its external id", "111111111111", assume("333333333333", "Guarded")],
  [
    "a role with a wrong external id",
    "111111111111",
    assume("333333333333", "Guarded", { ExternalId: "guess" }),
  ],
  ["a role of a suspended account", "111111111111", assume("444444444444")],
] as const)("%s cannot be assumed: AccessDenied", async ([, caller, command]) => {
  const { as } = await simulated(world);
  const { name, status, message } = await refusal(as(caller).sts.send(command));
  expect([name, status]).toEqual(["AccessDenied", 403]);
  expect(message).toContain(
    `arn:aws:iam::${caller}:user/auditor is not authorized to perform: sts:AssumeRole on resource: ${command.input.RoleArn}`,
  );
});

test.for([
  ["with its external id", assume("333333333333", "Guarded", { ExternalId: "secret" })],
  ["of an account that is closing", assume("555555555555")],
  ["that trusts the management account by default", assume("222222222222")],
] as const)("a role %s can be assumed", async ([, command]) => {
  const { as } = await simulated(world);
  expect((await as("111111111111").sts.send(command)).Credentials).toBeDefined();
});

test("a chained session is refused more than an hour", async () => {
  const { as } = await simulated(world);
  const chained = as(
    "111111111111",
    "us-east-1",
    entryCredentials("111111111111", { issuedBy: "regional" }),
  );
  const asked = assume("222222222222", undefined, { DurationSeconds: 7200 });
  expect((await refusal(chained.sts.send(asked))).name).toBe("ValidationError");
  expect((await as("111111111111").sts.send(asked)).Credentials).toBeDefined();
});

test("a disabled region's STS knows nobody", async () => {
  const { as } = await simulated(world);
  const { sts } = as("111111111111", "af-south-1");
  expect(await refusal(sts.send(new GetCallerIdentityCommand()))).toMatchObject({
    name: "InvalidClientTokenId",
    status: 403,
  });
});

test.for([
  [true, "InvalidClientTokenId"],
  [undefined, "ok"],
] as const)(
  "where us-east-1 is the global STS (%s), its tokens in an opt-in region: %s",
  async ([usEast1IsGlobalSts, outcome]) => {
    const { as, calls } = await simulated(
      usEast1IsGlobalSts === undefined ? world : { ...world, usEast1IsGlobalSts },
    );
    const { Credentials } = await as("111111111111").sts.send(assume("222222222222"));
    const keys = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
    const { sts } = as("222222222222", "me-south-1", keys);
    await sts.send(new GetCallerIdentityCommand()).catch(() => undefined);
    expect(calls().at(-1)?.outcome).toBe(outcome);
  },
);
