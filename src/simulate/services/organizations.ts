import type { Request } from "../answers.ts";
import { type Answer, epochSeconds, given, givenNumber, page, Refusal } from "../answers.ts";
import { type Directory, pathOf, unitId } from "../directory.ts";
import { type IndexedWorld, isMember } from "../indexed-world.ts";
import { jsonProtocol } from "../protocols/json.ts";
import type { Account, Organization } from "../schema/organization.ts";
import type { Operation, Service } from "./service.ts";

const LARGEST_PAGE = 20;
const JOINED = epochSeconds(Date.parse("2024-01-15T09:00:00Z"));

type Context = {
  request: Request;
  world: IndexedWorld;
  organization: Organization;
  tree: Directory;
};

export const organizations: Service = {
  name: "organizations",
  protocol: jsonProtocol("1.1"),
  resourceParameters: ["ChildId", "ParentId", "OrganizationalUnitId"],
  isGlobal: true,
  operations: {
    DescribeOrganization: ofMember(describeOrganization),
    ListAccounts: ofAdministrator(listAccounts),
    ListRoots: ofAdministrator(listRoots),
    ListParents: ofAdministrator(listParents),
    ListOrganizationalUnitsForParent: ofAdministrator(listUnits),
    DescribeOrganizationalUnit: ofAdministrator(describeUnit),
    ListAWSServiceAccessForOrganization: ofAdministrator(listServiceAccess),
    ListDelegatedAdministrators: ofAdministrator(listDelegatedAdministrators),
  },
};

function ofMember(answer: (context: Context) => unknown): Operation {
  return (request, world): Answer => {
    const { organization } = world.world;
    if (
      organization === undefined ||
      world.directory === undefined ||
      !isMember(world, request.caller.accountId)
    ) {
      throw new Refusal(
        "AWSOrganizationsNotInUseException",
        "Your account is not a member of an organization.",
      );
    }
    return { body: answer({ request, world, organization, tree: world.directory }) };
  };
}

/** The management account, or a delegated administrator of whatever service. */
function ofAdministrator(answer: (context: Context) => unknown): Operation {
  return ofMember((context) => {
    const { managementAccount, delegatedAdministrators = {} } = context.organization;
    const allowed = [managementAccount, ...Object.values(delegatedAdministrators).flat()];
    if (allowed.includes(context.request.caller.accountId)) return answer(context);
    const says = "You don't have permissions to access this resource.";
    throw new Refusal("AccessDeniedException", says);
  });
}

const arn = ({ world, organization, tree }: Context, type: string, rest: string): string =>
  `arn:${world.partition}:organizations::${organization.managementAccount}:${type}/${tree.id}${rest}`;

function describeOrganization(context: Context): unknown {
  const { organization, tree } = context;
  return {
    Organization: {
      Id: tree.id,
      Arn: arn(context, "organization", ""),
      FeatureSet: organization.featureSet ?? "ALL",
      MasterAccountId: organization.managementAccount,
      MasterAccountArn: arn(context, "account", `/${organization.managementAccount}`),
      MasterAccountEmail: `${organization.managementAccount}@example.com`,
      AvailablePolicyTypes: [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }],
    },
  };
}

function paged<T>(
  { request }: Context,
  items: readonly T[],
): { items: T[]; next: string | undefined } {
  const size = givenNumber(request.input, "MaxResults") ?? LARGEST_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    throw new Refusal("InvalidInputException", "You specified an invalid value for MaxResults.");
  }
  const token = given(request.input, "NextToken");
  return page(items, { token, size }, () => {
    return new Refusal("InvalidInputException", "You specified an invalid next token.");
  });
}

/**
 * Pages of accounts. An empty page has a token like any other: `empty-` stands in front of the
 * token of the page that it delays.
 */
function listAccounts(context: Context): unknown {
  const { request, organization, tree } = context;
  const token = given(request.input, "NextToken");
  const size = givenNumber(request.input, "MaxResults") ?? LARGEST_PAGE;
  const [, delayed] = /^empty-(.+)$/.exec(token ?? "") ?? [];
  const start = Number(/(\d+)$/.exec(token ?? "")?.[1] ?? 0);
  const isEmpty = organization.emptyPages?.includes(Math.floor(start / size)) === true;
  if (isEmpty && delayed === undefined) {
    return { Accounts: [], NextToken: `empty-page-${start}` };
  }
  const input = { ...request.input, NextToken: delayed ?? token };
  const { items, next } = paged({ ...context, request: { ...request, input } }, tree.members);
  return { Accounts: items.map((each) => account(context, each)), NextToken: next };
}

function account(context: Context, listed: Account): unknown {
  const { organization, tree } = context;
  const { id, state = "ACTIVE" } = listed;
  const lists = organization.lists ?? "state-and-status";
  return {
    Id: id,
    Arn: arn(context, "account", `/${id}`),
    Email: `${id}@example.com`,
    Name: nameOf(listed),
    Status: lists === "state-and-status" || lists === "status" ? statusOf(state) : undefined,
    State: lists === "state-and-status" || lists === "state" ? state : undefined,
    Paths: organization.listsPaths === false ? undefined : [pathOf(tree, listed)],
    JoinedMethod: id === organization.managementAccount ? "INVITED" : "CREATED",
    JoinedTimestamp: JOINED,
  };
}

const nameOf = ({ id, name }: Account): string => name ?? `account-${id}`;

/** Status, the older field, calls a closed account suspended and does not know pending ones. */
function statusOf(state: string): string | undefined {
  if (state === "CLOSED") return "SUSPENDED";
  return state === "PENDING_ACTIVATION" ? undefined : state;
}

function listRoots(context: Context): unknown {
  const { rootId } = context.tree;
  const PolicyTypes = [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }];
  return {
    Roots: [{ Id: rootId, Arn: arn(context, "root", `/${rootId}`), Name: "Root", PolicyTypes }],
  };
}

function listParents({ request, tree, world }: Context): unknown {
  const child = given(request.input, "ChildId") ?? "";
  const member = world.accounts.get(child);
  const id = member === undefined ? tree.units.get(child)?.parentId : unitId(member.ou ?? "");
  if (id === undefined) throw new Refusal("ChildNotFoundException", "We can't find the child.");
  return { Parents: [{ Id: id, Type: id === tree.rootId ? "ROOT" : "ORGANIZATIONAL_UNIT" }] };
}

function listUnits(context: Context): unknown {
  const { request, tree } = context;
  const parent = given(request.input, "ParentId") ?? "";
  if (parent !== tree.rootId && !tree.units.has(parent)) {
    throw new Refusal("ParentNotFoundException", "We can't find the parent.");
  }
  const { items, next } = paged(context, tree.childUnits.get(parent) ?? []);
  return { OrganizationalUnits: items.map((each) => unit(context, each)), NextToken: next };
}

const unit = (context: Context, { id, name }: { id: string; name: string }): unknown => ({
  Id: id,
  Arn: arn(context, "ou", `/${id}`),
  Name: name,
});

function describeUnit(context: Context): unknown {
  const found = context.tree.units.get(given(context.request.input, "OrganizationalUnitId") ?? "");
  if (found === undefined) {
    const says = "We can't find the organizational unit.";
    throw new Refusal("OrganizationalUnitNotFoundException", says);
  }
  return { OrganizationalUnit: unit(context, found) };
}

function listServiceAccess(context: Context): unknown {
  const services = [...context.world.trustedAccess].sort();
  const { items, next } = paged(context, services);
  const EnabledServicePrincipals = items.map((each) => ({
    ServicePrincipal: each,
    DateEnabled: JOINED,
  }));
  return { EnabledServicePrincipals, NextToken: next };
}

function listDelegatedAdministrators(context: Context): unknown {
  const { delegatedAdministrators = {} } = context.organization;
  const service = given(context.request.input, "ServicePrincipal");
  const ids = Object.entries(delegatedAdministrators)
    .filter(([principal]) => service === undefined || principal === service)
    .flatMap(([, accounts]) => accounts);
  const { items, next } = paged(context, [...new Set(ids)].sort());
  const DelegatedAdministrators = items.map((id) => ({
    ...Object(account(context, context.world.accounts.get(id) ?? { id })),
    Paths: undefined,
    DelegationEnabledDate: JOINED,
  }));
  return { DelegatedAdministrators, NextToken: next };
}
