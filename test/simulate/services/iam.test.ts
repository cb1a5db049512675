import {
  GetAccountAuthorizationDetailsCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import type { Identity } from "../../../src/simulate/schema/identities.ts";
import type { World } from "../../../src/simulate/world.ts";
import { answer, refusal, simulated } from "../simulated.ts";
import { worldFile } from "../world-files.ts";

const EVERY = "every-kind-of-resource";
const OWNER = "111111111111";
const MEMBER = "222222222222";
const RoleName = "cloudtrail-to-logs";
const MORE = `arn:aws:iam::${OWNER}:policy/audit/more-logs`;
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

const iam = async (account = OWNER, world: World | string = EVERY) =>
  (await simulated(world)).as(account).iam;

const decoded = (document: string | undefined): unknown =>
  JSON.parse(decodeURIComponent(document ?? ""));

test("a role is told with whom it trusts, percent-encoded, and its boundary", async () => {
  const { Role } = await (await iam()).send(new GetRoleCommand({ RoleName }));
  expect(Role).toMatchObject({
    Path: "/",
    RoleName,
    RoleId: expect.stringMatching(/^AROA[0-9A-F]{17}$/),
    Arn: `arn:aws:iam::${OWNER}:role/${RoleName}`,
    CreateDate: new Date("2024-01-15T09:00:00Z"),
    PermissionsBoundary: {
      PermissionsBoundaryType: "Policy",
      PermissionsBoundaryArn: ADMIN,
    },
  });
  expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22%3A%222012-10-17%22/);
  expect(decoded(Role?.AssumeRolePolicyDocument)).toMatchObject({
    Statement: [{ Principal: { Service: "cloudtrail.amazonaws.com" } }],
  });
});

test("what a form would leave alone is encoded in a policy too", async () => {
  const assumeRolePolicy = `{"a":"!'()* ~+"}`;
  const arn = `arn:aws:iam::${OWNER}:role/service/odd`;
  const world = { ...worldFile(EVERY), identities: [{ arn, assumeRolePolicy }] };
  const { Role } = await (await iam(OWNER, world)).send(new GetRoleCommand({ RoleName: "odd" }));
  expect([Role?.Path, Role?.AssumeRolePolicyDocument]).toEqual([
    "/service/",
    "%7B%22a%22%3A%22%21%27%28%29%2A%20~%2B%22%7D",
  ]);
});

test("a role's inline and attached policies are told by name, then each by itself", async () => {
  const client = await iam();
  const inline = await client.send(new ListRolePoliciesCommand({ RoleName }));
  expect([inline.PolicyNames, inline.IsTruncated]).toEqual([["write-logs"], false]);
  const [PolicyName] = inline.PolicyNames ?? [];
  const one = answer(await client.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
  expect([one.RoleName, one.PolicyName]).toEqual([RoleName, "write-logs"]);
  expect(decoded(one.PolicyDocument)).toMatchObject({
    Statement: [{ Action: ["logs:CreateLogStream", "logs:PutLogEvents"] }],
  });
  const attached = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  expect(attached.AttachedPolicies).toEqual([{ PolicyName: "more-logs", PolicyArn: MORE }]);
});

test("a managed policy names its default version, which holds the document", async () => {
  const client = await iam();
  const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: MORE }));
  expect(Policy).toMatchObject({
    PolicyName: "more-logs",
    Path: "/audit/",
    DefaultVersionId: "v3",
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
  });
  const version = (VersionId: string) =>
    client.send(new GetPolicyVersionCommand({ PolicyArn: MORE, VersionId }));
  const { PolicyVersion } = await version("v3");
  expect(PolicyVersion).toMatchObject({ VersionId: "v3", IsDefaultVersion: true });
  expect(decoded(PolicyVersion?.Document)).toMatchObject({
    Statement: [{ Action: "logs:Describe*" }],
  });
  expect((await refusal(version("v1"))).name).toBe("NoSuchEntityException");
});

test.for([
  ["a role", new GetRoleCommand({ RoleName: "gone" })],
  ["an inline policy", new GetRolePolicyCommand({ RoleName, PolicyName: "__proto__" })],
  ["a policy", new GetPolicyCommand({ PolicyArn: `${MORE}-gone` })],
] as const)("%s that there is not is NoSuchEntity", async ([, command]) => {
  const sent: Promise<unknown> = (await iam()).send(command as GetRoleCommand);
  expect(await refusal(sent)).toMatchObject({ name: "NoSuchEntityException", status: 404 });
});

test("an account reads AWS's managed policies and its own, and no other account's", async () => {
  const { as } = await simulated(EVERY);
  const read = (account: string, PolicyArn: string) =>
    as(account).iam.send(new GetPolicyCommand({ PolicyArn }));
  expect((await read(MEMBER, ADMIN)).Policy?.AttachmentCount).toBe(1);
  expect((await refusal(read(MEMBER, MORE))).name).toBe("NoSuchEntityException");
});

const details = (identities: Identity[]): World => ({ ...worldFile(EVERY), identities });
const arn = (rest: string) => `arn:aws:iam::${OWNER}:${rest}`;
const policy = { Version: "2012-10-17", Statement: [] };
const everybody = details([
  { arn: arn("role/r"), inlinePolicies: { own: policy }, attachedPolicies: [MORE] },
  { arn: arn("user/team/u"), groups: ["g"], permissionsBoundary: ADMIN },
  { arn: arn("group/g"), attachedPolicies: [ADMIN] },
  { arn: `arn:aws:iam::${MEMBER}:user/foreign` },
]);

test("the details of an account hold its users, groups, roles and the policies that they have", async () => {
  const client = await iam(OWNER, everybody);
  const told = await client.send(new GetAccountAuthorizationDetailsCommand());
  expect(told.UserDetailList).toMatchObject([
    {
      UserName: "u",
      Path: "/team/",
      GroupList: ["g"],
      PermissionsBoundary: { PermissionsBoundaryArn: ADMIN },
    },
  ]);
  expect(told.GroupDetailList).toMatchObject([
    { GroupName: "g", AttachedManagedPolicies: [{ PolicyArn: ADMIN }] },
  ]);
  const [role] = told.RoleDetailList ?? [];
  expect(role).toMatchObject({ RoleName: "r", AttachedManagedPolicies: [{ PolicyArn: MORE }] });
  expect(
    role?.RolePolicyList?.map((each) => [each.PolicyName, decoded(each.PolicyDocument)]),
  ).toEqual([["own", policy]]);
  expect(told.Policies?.map((each) => [each.Arn, each.DefaultVersionId])).toEqual([
    [MORE, "v3"],
    [ADMIN, "v1"],
  ]);
  expect(decoded(told.Policies?.[1]?.PolicyVersionList?.[0]?.Document)).toMatchObject({
    Statement: [{ Action: "*" }],
  });
});

test("the details come page by page over all lists, and of the kinds that are asked", async () => {
  const client = await iam(OWNER, everybody);
  const sizes: number[][] = [];
  let Marker: string | undefined;
  do {
    const command = new GetAccountAuthorizationDetailsCommand({ MaxItems: 2, Marker });
    const told = await client.send(command);
    const lists = [told.UserDetailList, told.GroupDetailList, told.RoleDetailList, told.Policies];
    sizes.push(lists.map((each) => each?.length ?? -1));
    expect(told.IsTruncated).toBe(told.Marker !== undefined);
    Marker = told.Marker;
  } while (Marker !== undefined);
  expect(sizes).toEqual([
    [1, 1, 0, 0],
    [0, 0, 1, 1],
    [0, 0, 0, 1],
  ]);
  const Filter = ["Role" as const, "LocalManagedPolicy" as const];
  const some = await client.send(new GetAccountAuthorizationDetailsCommand({ Filter }));
  expect([some.UserDetailList, some.RoleDetailList?.length, some.Policies?.length]).toEqual([
    [],
    1,
    1,
  ]);
});
