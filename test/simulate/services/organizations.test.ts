import {
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
} from "@aws-sdk/client-organizations";
import { expect, test } from "vitest";
import { generateWorld } from "../../../src/simulate/generate.ts";
import { answer, refusal, simulated } from "../simulated.ts";

const EVERY = "every-kind-of-resource";
const MANAGEMENT = "111111111111";
const LOGS = "222222222222";
const DELEGATED = "333333333333";

async function pagesOf(world: Parameters<typeof simulated>[0], account: string): Promise<number[]> {
  const { organizations } = (await simulated(world)).as(account);
  const sizes: number[] = [];
  let NextToken: string | undefined;
  do {
    const page = await organizations.send(new ListAccountsCommand({ NextToken }));
    sizes.push(page.Accounts?.length ?? -1);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return sizes;
}

test("an account is listed with everything that AWS says of it", async () => {
  const { organizations } = (await simulated(EVERY)).as(MANAGEMENT);
  const { Accounts } = await organizations.send(new ListAccountsCommand());
  expect(Accounts?.map((each) => each.Id)).toEqual([MANAGEMENT, LOGS, DELEGATED]);
  expect(Accounts?.[1]).toEqual({
    Id: LOGS,
    Arn: `arn:aws:organizations::${MANAGEMENT}:account/o-simulated0/${LOGS}`,
    Email: `${LOGS}@example.com`,
    Name: "log-archive",
    State: "ACTIVE",
    Status: "ACTIVE",
    JoinedMethod: "CREATED",
    JoinedTimestamp: new Date("2024-01-15T09:00:00Z"),
    Paths: [expect.stringMatching(/^o-simulated0\/r-root\/ou-root-[0-9a-f]{8}\/222222222222\/$/)],
  });
});

test.for([
  [
    "accounts-with-only-state",
    ["ACTIVE", "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED", "PENDING_ACTIVATION"],
    Array(6).fill(undefined),
  ],
  [
    "accounts-with-only-status",
    Array(6).fill(undefined),
    ["ACTIVE", "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "SUSPENDED", undefined],
  ],
  ["accounts-with-neither-state-nor-status", Array(6).fill(undefined), Array(6).fill(undefined)],
] as const)(
  "%s: State and Status are given as the world says",
  async ([world, states, statuses]) => {
    const { organizations } = (await simulated(world)).as(MANAGEMENT);
    const { Accounts = [] } = await organizations.send(new ListAccountsCommand());
    expect(Accounts.map((each) => each.State)).toEqual(states);
    expect(Accounts.map((each) => each.Status)).toEqual(statuses);
  },
);

test("accounts come twenty a page", async () => {
  expect(await pagesOf(generateWorld({ accounts: 45 }), "100000000000")).toEqual([20, 20, 5]);
});

test("a page can be empty and yet not the last, the first one too", async () => {
  const world = generateWorld({ accounts: 45 });
  const organization = { ...world.organization, emptyPages: [0, 2] };
  expect(await pagesOf({ ...world, organization }, "100000000000")).toEqual([0, 20, 20, 0, 5]);
});

test("more than twenty a page, and a token of nobody, are refused", async () => {
  const { organizations } = (await simulated(EVERY)).as(MANAGEMENT);
  const tooMany = organizations.send(new ListAccountsCommand({ MaxResults: 21 }));
  expect((await refusal(tooMany)).name).toBe("InvalidInputException");
  const foreign = organizations.send(new ListAccountsCommand({ NextToken: "forged" }));
  expect((await refusal(foreign)).name).toBe("InvalidInputException");
});

test("any member may describe the organization, and only administrators may list it", async () => {
  const { as } = await simulated(EVERY);
  const { organizations } = as(LOGS);
  const { Organization } = await organizations.send(new DescribeOrganizationCommand());
  expect(Organization).toMatchObject({
    Id: "o-simulated0",
    MasterAccountId: MANAGEMENT,
    FeatureSet: "ALL",
  });
  expect(await refusal(organizations.send(new ListAccountsCommand()))).toMatchObject({
    name: "AccessDeniedException",
    status: 400,
  });
  const delegated = await as(DELEGATED).organizations.send(new ListAccountsCommand());
  expect(delegated.Accounts).toHaveLength(3);
});

test("without an organization there is none to describe", async () => {
  const { organizations } = (await simulated("delivery-states")).as(MANAGEMENT);
  const described = organizations.send(new DescribeOrganizationCommand());
  expect((await refusal(described)).name).toBe("AWSOrganizationsNotInUseException");
});

test("the tree can be walked down from the root and up from an account", async () => {
  const { organizations } = (await simulated("organization-trail-with-three-members")).as(
    MANAGEMENT,
  );
  const { Roots } = await organizations.send(new ListRootsCommand());
  expect(Roots).toMatchObject([{ Id: "r-root", Name: "Root" }]);
  const below = async (ParentId: string) => {
    const command = new ListOrganizationalUnitsForParentCommand({ ParentId });
    return (await organizations.send(command)).OrganizationalUnits ?? [];
  };
  const units = await below("r-root");
  expect(units.map((each) => each.Name)).toEqual(["Sandbox", "Security", "Workloads"]);
  const [production] = await below(units[2]?.Id ?? "");
  expect(production?.Name).toBe("Production");
  const parents = async (ChildId: string) =>
    (await organizations.send(new ListParentsCommand({ ChildId }))).Parents;
  expect(await parents("333333333333")).toEqual([
    { Id: production?.Id, Type: "ORGANIZATIONAL_UNIT" },
  ]);
  expect(await parents(units[2]?.Id ?? "")).toEqual([{ Id: "r-root", Type: "ROOT" }]);
  expect(await parents(MANAGEMENT)).toEqual([{ Id: "r-root", Type: "ROOT" }]);
  const OrganizationalUnitId = production?.Id;
  const described = await organizations.send(
    new DescribeOrganizationalUnitCommand({ OrganizationalUnitId }),
  );
  expect(described.OrganizationalUnit).toEqual(production);
});

test.for([
  [new ListParentsCommand({ ChildId: "999999999999" }), "ChildNotFoundException"],
  [
    new ListOrganizationalUnitsForParentCommand({ ParentId: "ou-root-00000000" }),
    "ParentNotFoundException",
  ],
] as const)("what is not in the tree is not found: %#", async ([command, name]) => {
  const { organizations } = (await simulated(EVERY)).as(MANAGEMENT);
  const sent =
    command instanceof ListParentsCommand
      ? organizations.send(command)
      : organizations.send(command);
  expect((await refusal(sent)).name).toBe(name);
});

test("trusted access and delegated administrators are listed by service", async () => {
  const { organizations } = (await simulated(EVERY)).as(MANAGEMENT);
  const access = await organizations.send(new ListAWSServiceAccessForOrganizationCommand());
  expect(access.EnabledServicePrincipals?.map((each) => each.ServicePrincipal)).toEqual([
    "account.amazonaws.com",
    "cloudtrail.amazonaws.com",
  ]);
  const of = async (ServicePrincipal: string) => {
    const command = new ListDelegatedAdministratorsCommand({ ServicePrincipal });
    const { DelegatedAdministrators } = answer(await organizations.send(command));
    return DelegatedAdministrators?.map((each) => [each.Id, each.State]);
  };
  expect(await of("cloudtrail.amazonaws.com")).toEqual([[DELEGATED, "ACTIVE"]]);
  expect(await of("config.amazonaws.com")).toEqual([]);
});
