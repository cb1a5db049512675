import type { AttachedPolicy, ManagedPolicyDetail, PolicyDetail } from "@aws-sdk/client-iam";
import type { IdentityPolicy } from "../snapshot/account-record.ts";
import { type Fact, isUnknown, unknown } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import type { Answer, Caller } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import { policyDocument } from "./given.ts";
import { everyPage } from "./pages.ts";
import type { Run } from "./run.ts";
import { mayConcern } from "./statements.ts";

type Details = Output<"iam:GetAccountAuthorizationDetails">;
type Filter = ("User" | "Role" | "Group" | "LocalManagedPolicy")[];

const OWN: Filter = ["User", "Role", "Group", "LocalManagedPolicy"];
/** More than an account has that gives rights to CloudTrail on purpose. */
const MOST_POLICIES = 5000;

/** What one page tells: policies in place, the account's managed ones, and who has which of them. */
type Read = {
  marker: string | undefined;
  inline: IdentityPolicy[];
  managed: { arn: string; name: string; document: Fact<string> }[];
  attached: { arn: string; to: string }[];
};

/**
 * An account's own IAM policies that may say something of CloudTrail's actions, and who has them;
 * null where the scan is not asked for them. AWS's own managed policies are not among them.
 */
export async function identityPolicies(
  { ask, request, leader: region }: Run,
  caller: Caller,
  notebook: Notebook,
): Promise<Fact<IdentityPolicy[] | null>> {
  if (!request.identityPolicies) return null;
  const { pages, evidence, cut } = await everyPage(
    async (Marker) => {
      const asked = { Filter: OWN, MaxItems: 200, Marker };
      const answer = await ask("iam:GetAccountAuthorizationDetails", { caller, region }, asked);
      return reduced(answer);
    },
    (page) => page.marker,
  );
  for (const page of evidence) notebook.tells(["/identityPolicies"], page);
  if (cut !== null) return cut;
  const policies = joined(pages);
  if (policies.length <= MOST_POLICIES) return policies;
  return unknown("unsupported", { detail: `${policies.length} policies of the account's own` });
}

/** Whole pages would be kept until the last is read: some accounts have thousands of roles. */
function reduced(answer: Answer<Details>): Answer<Read> {
  if (!answer.ok) return answer;
  const { Marker, UserDetailList, GroupDetailList, RoleDetailList, Policies } = answer.value;
  const holders = [
    ...(UserDetailList ?? []).map((user) => ({ ...user, policies: user.UserPolicyList })),
    ...(GroupDetailList ?? []).map((group) => ({ ...group, policies: group.GroupPolicyList })),
    ...(RoleDetailList ?? []).map((role) => ({ ...role, policies: role.RolePolicyList })),
  ];
  const value: Read = {
    marker: Marker,
    inline: holders.flatMap(({ Arn, policies }) => inlineOf(policies, Arn ?? "")),
    managed: (Policies ?? []).map(readManaged).filter(concernsTrails),
    attached: holders.flatMap(({ Arn, AttachedManagedPolicies: list }) =>
      attachedTo(list, Arn ?? ""),
    ),
  };
  return { ...answer, value };
}

const concernsTrails = ({ document }: { document: Fact<string> }): boolean =>
  isUnknown(document) || mayConcern(document, "cloudtrail");

const inlineOf = (policies: readonly PolicyDetail[] | undefined, arn: string): IdentityPolicy[] =>
  (policies ?? [])
    .map(({ PolicyName: name = "", PolicyDocument }) => ({
      name,
      document: policyDocument(PolicyDocument, "PolicyDocument"),
      on: [arn],
    }))
    .filter(concernsTrails);

function readManaged({ Arn = "", PolicyName = "", PolicyVersionList }: ManagedPolicyDetail) {
  const version = PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion === true);
  return { arn: Arn, name: PolicyName, document: policyDocument(version?.Document, "Document") };
}

const attachedTo = (policies: readonly AttachedPolicy[] | undefined, to: string) =>
  (policies ?? []).map(({ PolicyArn: arn = "" }) => ({ arn, to }));

/** A managed policy and those who have it may be on different pages; one that nobody has gives nothing. */
function joined(pages: readonly Read[]): IdentityPolicy[] {
  const holders = new Map<string, string[]>();
  for (const { arn, to } of pages.flatMap(({ attached }) => attached)) {
    const known = holders.get(arn);
    if (known === undefined) holders.set(arn, [to]);
    else known.push(to);
  }
  const managed = pages
    .flatMap((page) => page.managed)
    .map(({ arn, name, document }) => ({ name, document, on: (holders.get(arn) ?? []).sort() }))
    .filter(({ on }) => on.length > 0);
  return [...pages.flatMap(({ inline }) => inline), ...managed];
}
