import { AuditError } from "../errors.ts";
import type { ListedAccount, OrganizationRecord } from "../snapshot/organization-record.ts";
import { type Fact, isUnknown, unknown } from "../snapshot/unknown.ts";
import { listAccounts, type OrganizationIds } from "./accounts.ts";
import { type Ask, type Place, told, toldOr } from "./call.ts";
import { type Evidence, type Notebook, openNotebook } from "./evidence.ts";
import { text } from "./given.ts";
import type { Roots } from "./org-units.ts";
import { everyPage } from "./pages.ts";
import type { ScanRequest } from "./request.ts";
import { serviceControlPolicies } from "./service-control-policies.ts";

const CLOUDTRAIL = "cloudtrail.amazonaws.com";

/** What the accounts' audits need to know of the organization, and how the rest of it is asked. */
export type Organization = Pick<
  OrganizationRecord,
  "id" | "accounts" | "delegatedAdministrators"
> & {
  /** The whole record: AWS tells policies so slowly that no audit is to wait for them. */
  record(): Promise<OrganizationRecord>;
};

/** The organization with its accounts, asked as its management account or a delegated administrator. */
export async function listOrganization(
  ask: Ask,
  place: Place,
  request: ScanRequest,
): Promise<Organization> {
  const notebook = openNotebook();
  // First: where the accounts cannot be listed the run ends.
  const { accounts, ids, evidence, units, roots } = await listAccounts(ask, place, request);
  for (const page of evidence) notebook.tells(["/accounts"], page);
  for (const page of units) notebook.note(page);
  const [described, trustedAccess, delegatedAdministrators] = await Promise.all([
    describe(ask, place, { notebook, ids, listed: evidence[0] ?? null }),
    hasTrustedAccess(ask, place, notebook),
    delegated(ask, place, notebook),
  ]);
  const known = { ...described, trustedAccess, delegatedAdministrators, accounts };
  return {
    ...known,
    async record() {
      const policies = await organizationPolicies({ ask, place, notebook }, roots);
      const { observations, sources } = notebook;
      return { kind: "organization", ...known, ...policies, observations, sources };
    },
  };
}

async function organizationPolicies(
  asked: { ask: Ask; place: Place; notebook: Notebook },
  { roots, evidence }: Roots,
) {
  for (const page of evidence) asked.notebook.tells(["/serviceControlPolicies"], page);
  const [controls, delegation] = await Promise.all([
    serviceControlPolicies(asked, roots),
    asked.ask("organizations:DescribeResourcePolicy", asked.place, {}),
  ]);
  asked.notebook.tells(["/delegationPolicy"], delegation.evidence);
  const none = { code: "ResourcePolicyNotFoundException", means: null };
  const delegationPolicy = toldOr(delegation, none, ({ ResourcePolicy: policy }) =>
    text(policy?.Content, "Content"),
  );
  return { delegationPolicy, serviceControlPolicies: controls };
}

type Known = { notebook: Notebook; ids: OrganizationIds | null; listed: Evidence | null };

/** Findings are recognised by the organization's id, so a refusal must not hide it. */
async function describe(ask: Ask, place: Place, { notebook, ids, listed }: Known) {
  const answer = await ask("organizations:DescribeOrganization", place, {});
  notebook.tells(["/id", "/managementAccountId", "/featureSet"], answer.evidence);
  const described = {
    id: told(answer, ({ Organization: it }) => text(it?.Id, "Id")),
    managementAccountId: told(answer, ({ Organization: it }) =>
      text(it?.MasterAccountId, "MasterAccountId"),
    ),
    featureSet: told(answer, ({ Organization: it }) => text(it?.FeatureSet, "FeatureSet")),
  };
  if (answer.ok || ids === null) return described;
  notebook.tells(["/id", "/managementAccountId"], listed);
  return { ...described, ...ids };
}

async function hasTrustedAccess(ask: Ask, place: Place, notebook: Notebook) {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) => ask("organizations:ListAWSServiceAccessForOrganization", place, { NextToken }),
    (page) => page.NextToken,
  );
  for (const page of evidence) notebook.tells(["/trustedAccess"], page);
  const services = pages.flatMap((page) => page.EnabledServicePrincipals ?? []);
  const isListed = services.some((service) => service.ServicePrincipal === CLOUDTRAIL);
  return isListed ? true : (cut ?? false);
}

async function delegated(ask: Ask, place: Place, notebook: Notebook): Promise<Fact<string[]>> {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) =>
      ask("organizations:ListDelegatedAdministrators", place, {
        ServicePrincipal: CLOUDTRAIL,
        NextToken,
      }),
    (page) => page.NextToken,
  );
  for (const page of evidence) notebook.tells(["/delegatedAdministrators"], page);
  const ids = pages.flatMap((page) => page.DelegatedAdministrators ?? []).map(({ Id }) => Id);
  return cut ?? ids.filter((id) => id !== undefined).sort();
}

/** What a scan of single accounts, which asks nothing of the organization, says of it. */
export function noOrganization(
  accountIds: readonly string[],
  { excludeAccounts }: ScanRequest,
): Organization {
  const outside = unknown("outside-scope", {
    detail: "the scan was not asked for the organization",
  });
  const listed = (id: string): ListedAccount => ({
    id,
    name: null,
    state: null,
    ouPath: outside,
    parents: outside,
    skipped: excludeAccounts.includes(id) ? "--exclude-accounts" : null,
  });
  const record: OrganizationRecord = {
    kind: "organization",
    id: outside,
    managementAccountId: outside,
    featureSet: outside,
    trustedAccess: outside,
    delegatedAdministrators: outside,
    delegationPolicy: outside,
    serviceControlPolicies: outside,
    accounts: accountIds.map(listed),
    observations: [],
    sources: {},
  };
  return { ...record, record: async () => record };
}

/** The management account, as any member may ask; what --organization-role by name is looked up in. */
export async function managementAccount(ask: Ask, place: Place): Promise<string> {
  const answer = await ask("organizations:DescribeOrganization", place, {});
  const id = told(answer, ({ Organization: it }) => text(it?.MasterAccountId, "MasterAccountId"));
  if (!isUnknown(id)) return id;
  const { detail, reason } = id.$unknown;
  throw new AuditError(
    "cannot-list-accounts",
    `The management account cannot be found out: ${detail ?? reason}`,
    "Give --organization-role as a full ARN, or allow organizations:DescribeOrganization.",
  );
}
