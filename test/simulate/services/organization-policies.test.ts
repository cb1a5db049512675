import {
  DescribePolicyCommand,
  DescribeResourcePolicyCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
} from "@aws-sdk/client-organizations";
import { expect, test } from "vitest";
import { generateWorld } from "../../../src/simulate/generate.ts";
import type { Organization } from "../../../src/simulate/schema/organization.ts";
import type { World } from "../../../src/simulate/world.ts";
import { refusal, simulated } from "../simulated.ts";
import { worldFile } from "../world-files.ts";

const EVERY = "every-kind-of-resource";
const MANAGEMENT = "111111111111";
const MEMBER = "222222222222";
const DELEGATED = "333333333333";
const Filter = "SERVICE_CONTROL_POLICY";

function differing(differs: Partial<Organization>): World {
  const world = worldFile(EVERY);
  return {
    ...world,
    organization: { managementAccount: MANAGEMENT, ...world.organization, ...differs },
  };
}

const organizations = async (world: World | string = EVERY, account = MANAGEMENT) =>
  (await simulated(world)).as(account).organizations;
type Client = Awaited<ReturnType<typeof organizations>>;

async function idOf(client: Client, name: string): Promise<string> {
  const { Policies = [] } = await client.send(new ListPoliciesCommand({ Filter }));
  return Policies.find((each) => each.Name === name)?.Id ?? "";
}

test("the policies of an organization are its own, and the one that AWS gives it", async () => {
  const { Policies } = await (await organizations()).send(new ListPoliciesCommand({ Filter }));
  expect(Policies).toEqual([
    {
      Id: "p-FullAWSAccess",
      Arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
      Name: "FullAWSAccess",
      Description: "Allows access to every operation",
      Type: Filter,
      AwsManaged: true,
    },
    {
      Id: expect.stringMatching(/^p-[0-9a-f]{10}$/),
      Arn: expect.stringMatching(
        /^arn:aws:organizations::111111111111:policy\/o-simulated0\/service_control_policy\/p-/,
      ),
      Name: "protect-trails",
      Description: "",
      Type: Filter,
      AwsManaged: false,
    },
  ]);
});

test("a policy is told as text", async () => {
  const client = await organizations();
  const PolicyId = await idOf(client, "protect-trails");
  const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId }));
  expect([
    Policy?.PolicySummary?.Name,
    JSON.parse(Policy?.Content ?? "").Statement[0].Effect,
  ]).toEqual(["protect-trails", "Deny"]);
});

test("a policy is attached to the root, the unit and the account that the world says", async () => {
  const client = await organizations();
  const PolicyId = await idOf(client, "protect-trails");
  const { Targets } = await client.send(new ListTargetsForPolicyCommand({ PolicyId }));
  expect(Targets?.map((each) => [each.Type, each.Name])).toEqual([
    ["ROOT", "Root"],
    ["ORGANIZATIONAL_UNIT", "Security"],
    ["ACCOUNT", "log-archive"],
  ]);
  expect(Targets?.[0]?.Arn).toBe(`arn:aws:organizations::${MANAGEMENT}:root/o-simulated0/r-root`);
  const full = new ListTargetsForPolicyCommand({ PolicyId: "p-FullAWSAccess" });
  expect((await client.send(full)).Targets).toHaveLength(5);
});

test("targets come twenty a page", async () => {
  const client = await organizations(generateWorld({ accounts: 45 }), "100000000000");
  const sizes: number[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListTargetsForPolicyCommand({ PolicyId: "p-FullAWSAccess", NextToken });
    const page = await client.send(command);
    sizes.push(page.Targets?.length ?? -1);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(sizes).toEqual([20, 20, 7]);
});

test.for([
  ["an account with a policy of its own", MEMBER, ["FullAWSAccess", "protect-trails"]],
  ["an account that only inherits", DELEGATED, ["FullAWSAccess"]],
] as const)("the policies for %s are those attached there", async ([, TargetId, names]) => {
  const client = await organizations();
  const { Policies } = await client.send(new ListPoliciesForTargetCommand({ TargetId, Filter }));
  expect(Policies?.map((each) => each.Name)).toEqual(names);
});

test("where the policy type is off, policies exist and hang nowhere", async () => {
  const client = await organizations(differing({ serviceControlPolicyStatus: "DISABLED" }));
  expect((await client.send(new ListRootsCommand())).Roots?.[0]?.PolicyTypes).toEqual([]);
  expect((await client.send(new ListPoliciesCommand({ Filter }))).Policies).toHaveLength(2);
  for (const name of ["protect-trails", "FullAWSAccess"]) {
    const PolicyId = await idOf(client, name);
    const listed = await client.send(new ListTargetsForPolicyCommand({ PolicyId }));
    expect(listed.Targets).toEqual([]);
  }
});

test("a policy type being switched off says so, and FullAWSAccess can be replaced", async () => {
  const serviceControlPolicies = [
    { name: "FullAWSAccess", id: "p-FullAWSAccess", policy: {}, targets: ["root"] },
  ];
  const serviceControlPolicyStatus = "PENDING_DISABLE" as const;
  const client = await organizations(
    differing({ serviceControlPolicies, serviceControlPolicyStatus }),
  );
  expect((await client.send(new ListRootsCommand())).Roots?.[0]?.PolicyTypes).toEqual([
    { Type: Filter, Status: "PENDING_DISABLE" },
  ]);
  const full = new ListTargetsForPolicyCommand({ PolicyId: "p-FullAWSAccess" });
  expect((await client.send(full)).Targets?.map((each) => each.Type)).toEqual(["ROOT"]);
});

test("of another type there are no policies, and a type that there is not is refused", async () => {
  const { organizations: client } = (await simulated(EVERY)).as(DELEGATED);
  const { Policies } = await client.send(new ListPoliciesCommand({ Filter: "TAG_POLICY" }));
  expect(Policies).toEqual([]);
  const unheard = client.send(new ListPoliciesCommand({ Filter: "UNHEARD_OF" as typeof Filter }));
  expect((await refusal(unheard)).name).toBe("InvalidInputException");
});

test("the delegation policy is told as text, or as absent", async () => {
  const told = await (await organizations()).send(new DescribeResourcePolicyCommand());
  expect(JSON.parse(told.ResourcePolicy?.Content ?? "").Statement[0].Action).toBe(
    "organizations:ListAccounts",
  );
  const { resourcePolicy: _, ...none } = worldFile(EVERY).organization ?? {
    managementAccount: MANAGEMENT,
  };
  const client = await organizations({ ...worldFile(EVERY), organization: none });
  const absent = await refusal(client.send(new DescribeResourcePolicyCommand()));
  expect(absent.name).toBe("ResourcePolicyNotFoundException");
});

test.for([
  ["no policy", new DescribePolicyCommand({ PolicyId: "p-00000000" }), "PolicyNotFoundException"],
  [
    "no target",
    new ListPoliciesForTargetCommand({ TargetId: "999999999999", Filter }),
    "TargetNotFoundException",
  ],
] as const)("%s is refused", async ([, command, name]) => {
  const sent: Promise<unknown> = (await organizations()).send(command as DescribePolicyCommand);
  expect((await refusal(sent)).name).toBe(name);
});

test("a plain member may not read policies", async () => {
  const sent = (await organizations(EVERY, MEMBER)).send(new ListPoliciesCommand({ Filter }));
  expect((await refusal(sent)).name).toBe("AccessDeniedException");
});
