import { type Answer, given, givenNumber, page, Refusal, type Request } from "../answers.ts";
import { type IndexedWorld, identityName } from "../indexed-world.ts";
import { queryProtocol } from "../protocols/query.ts";
import type { Identity, ManagedPolicy } from "../schema/identities.ts";
import { getAccountAuthorizationDetails } from "./iam-details.ts";
import { attached, encoded, MADE, managedPolicy, principal } from "./iam-documents.ts";
import type { Service } from "./service.ts";

const PAGE = 100;
const LARGEST_PAGE = 1000;

export const iam: Service = {
  name: "iam",
  protocol: queryProtocol("https://iam.amazonaws.com/doc/2010-05-08/"),
  resourceParameters: ["RoleName", "PolicyArn"],
  isGlobal: true,
  operations: {
    GetRole: (request, world) => {
      const found = principal(role(request, world), world);
      return { body: { Role: { ...found, MaxSessionDuration: 3600 } } };
    },
    ListRolePolicies: (request, world) => {
      const names = Object.keys(role(request, world).inlinePolicies ?? {});
      return listed(request, "PolicyNames", names);
    },
    GetRolePolicy: getRolePolicy,
    ListAttachedRolePolicies: (request, world) =>
      listed(request, "AttachedPolicies", attached(role(request, world))),
    GetPolicy: (request, world) => ({
      body: { Policy: managedPolicy(policy(request, world), request, world) },
    }),
    GetPolicyVersion: getPolicyVersion,
    GetAccountAuthorizationDetails: (request, world) => {
      const { body, rest } = getAccountAuthorizationDetails(request, world, (items) =>
        cut(request, items),
      );
      return { body: { ...body, ...rest } };
    },
  },
};

/** One page, and what says so: IsTruncated and Marker. */
function cut<T>({ input }: Request, all: readonly T[]) {
  const size = Math.min(givenNumber(input, "MaxItems") ?? PAGE, LARGEST_PAGE);
  const { items, next } = page(all, { token: given(input, "Marker"), size }, () => {
    return new Refusal("ValidationError", "Invalid Marker.");
  });
  return { items, rest: { IsTruncated: next !== undefined, Marker: next } };
}

function listed(request: Request, list: string, all: readonly unknown[]): Answer {
  const { items, rest } = cut(request, all);
  return { body: { [list]: { member: items }, ...rest } };
}

const missing = (says: string): Refusal => new Refusal("NoSuchEntity", says, { status: 404 });

/** A role of the caller's account, by its name without its path. */
function role({ input, caller }: Request, world: IndexedWorld): Identity {
  const name = given(input, "RoleName") ?? "";
  const found = (world.identitiesOf.get(caller.accountId) ?? []).find(
    ({ arn }) => arn.includes(":role/") && identityName(arn) === name,
  );
  if (found !== undefined) return found;
  throw missing(`The role with name ${name} cannot be found.`);
}

function getRolePolicy(request: Request, world: IndexedWorld): Answer {
  const { inlinePolicies = {}, arn } = role(request, world);
  const PolicyName = given(request.input, "PolicyName") ?? "";
  const document = Object.hasOwn(inlinePolicies, PolicyName)
    ? inlinePolicies[PolicyName]
    : undefined;
  if (document === undefined) {
    throw missing(`The role policy with name ${PolicyName} cannot be found.`);
  }
  const RoleName = identityName(arn);
  return { body: { RoleName, PolicyName, PolicyDocument: encoded(document) } };
}

/** A managed policy of the caller's account or of AWS. */
function policy({ input, caller }: Request, world: IndexedWorld): ManagedPolicy {
  const arn = given(input, "PolicyArn") ?? "";
  const owner = arn.split(":")[4];
  const found = world.managedPolicies.get(arn);
  if (found !== undefined && (owner === "aws" || owner === caller.accountId)) return found;
  throw missing(`Policy ${arn} does not exist or is not attachable.`);
}

function getPolicyVersion(request: Request, world: IndexedWorld): Answer {
  const { policy: document, versionId = "v1", arn } = policy(request, world);
  const VersionId = given(request.input, "VersionId");
  if (VersionId !== versionId) {
    throw missing(`Policy ${arn} version ${VersionId} does not exist or is not attachable.`);
  }
  const version = { VersionId, IsDefaultVersion: true, CreateDate: MADE };
  return { body: { PolicyVersion: { Document: encoded(document), ...version } } };
}
