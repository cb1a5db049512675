import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import { refusal, simulated } from "../simulated.ts";

test.for([
  [
    true,
    "222222222222",
    {
      "eu-west-1": "opt-in-not-required",
      "me-south-1": "opted-in",
      "us-east-1": "opt-in-not-required",
    },
  ],
  [
    true,
    "333333333333",
    {
      "eu-west-1": "opt-in-not-required",
      "me-south-1": "not-opted-in",
      "us-east-1": "opt-in-not-required",
    },
  ],
  [
    false,
    "333333333333",
    { "eu-west-1": "opt-in-not-required", "us-east-1": "opt-in-not-required" },
  ],
] as const)("regions with AllRegions %s of %s", async ([AllRegions, account, regions]) => {
  const { ec2 } = (await simulated("organization-trail-in-opt-in-region")).as(account);
  const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({ AllRegions }));
  expect(Object.fromEntries(Regions.map((each) => [each.RegionName, each.OptInStatus]))).toEqual(
    regions,
  );
  expect(Regions[0]?.Endpoint).toBe("ec2.eu-west-1.amazonaws.com");
});

test("a disabled region does not know the caller: AuthFailure", async () => {
  const { ec2 } = (await simulated("organization-trail-in-opt-in-region")).as(
    "333333333333",
    "me-south-1",
  );
  expect(await refusal(ec2.send(new DescribeRegionsCommand()))).toMatchObject({
    name: "AuthFailure",
    status: 401,
  });
});
