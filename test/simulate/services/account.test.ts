import { ListRegionsCommand } from "@aws-sdk/client-account";
import { expect, test } from "vitest";
import { refusal, simulated } from "../simulated.ts";

const WORLD = "organization-trail-in-opt-in-region";
const MANAGEMENT = "111111111111";

test("an account lists its own regions with their opt status", async () => {
  const { account } = (await simulated(WORLD)).as("222222222222");
  expect((await account.send(new ListRegionsCommand())).Regions).toEqual([
    { RegionName: "eu-west-1", RegionOptStatus: "ENABLED_BY_DEFAULT" },
    { RegionName: "me-south-1", RegionOptStatus: "ENABLED" },
    { RegionName: "us-east-1", RegionOptStatus: "ENABLED_BY_DEFAULT" },
  ]);
});

test("the regions can be asked for by status, and page by page", async () => {
  const { account } = (await simulated(WORLD)).as("333333333333");
  const RegionOptStatusContains = ["DISABLED" as const];
  const disabled = await account.send(new ListRegionsCommand({ RegionOptStatusContains }));
  expect(disabled.Regions?.map((each) => each.RegionName)).toEqual(["me-south-1"]);
  const first = await account.send(new ListRegionsCommand({ MaxResults: 2 }));
  const { NextToken } = first;
  const second = await account.send(new ListRegionsCommand({ MaxResults: 2, NextToken }));
  expect([first.Regions?.length, second.Regions?.length, second.NextToken]).toEqual([
    2,
    1,
    undefined,
  ]);
});

test("the management account lists a member's regions", async () => {
  const { account } = (await simulated(WORLD)).as(MANAGEMENT);
  const { Regions } = await account.send(new ListRegionsCommand({ AccountId: "333333333333" }));
  expect(Regions).toContainEqual({ RegionName: "me-south-1", RegionOptStatus: "DISABLED" });
});

test.for([
  ["the management account, naming itself", MANAGEMENT, MANAGEMENT],
  ["a member, naming another", "222222222222", "333333333333"],
  ["the management account, naming a stranger", MANAGEMENT, "999999999999"],
] as const)("%s is denied", async ([, caller, AccountId]) => {
  const { account } = (await simulated(WORLD)).as(caller);
  expect(await refusal(account.send(new ListRegionsCommand({ AccountId })))).toMatchObject({
    name: "AccessDeniedException",
    status: 403,
  });
});
