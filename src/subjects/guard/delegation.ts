import { any, type Truth } from "../../snapshot/logic.ts";
import type { OrganizationRecord } from "../../snapshot/organization-record.ts";
import { type Fact, isKnown, isUnknown, mapFact, unknownMore } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { PolicyDocument } from "../policy-document/document.ts";
import { ANY } from "../policy-document/glob.ts";
import { judge } from "../policy-document/judge.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import { wholeAccount } from "../policy-document/principal.ts";
import { known } from "../policy-document/request.ts";
import type { Organization } from "../schema/organization.ts";

/** Who administers CloudTrail for the organization beside the management account, and what could hinder it. */
export function delegation(
  { context, header }: Join,
  record: OrganizationRecord,
): Pick<
  Organization,
  "delegatedAdministrators" | "unnamedDelegatedAdministrators" | "delegationPolicyDenies"
> {
  const { delegatedAdministrators: all, delegationPolicy } = record;
  const denied = mapFact(delegationPolicy, (text) =>
    text === null ? false : hindersCloudTrail(text, record, header.partition),
  );
  if (isUnknown(all)) {
    const open = [unknownMore(all)];
    return {
      delegatedAdministrators: open,
      unnamedDelegatedAdministrators: open,
      delegationPolicyDenies: denied,
    };
  }
  return {
    delegatedAdministrators: all,
    unnamedDelegatedAdministrators: all.filter((id) => !context.named.includes(id)),
    delegationPolicyDenies: denied,
  };
}

/** What AWSServiceRoleForCloudTrail asks of Organizations. */
const NEEDED = [
  "organizations:DescribeOrganization",
  "organizations:DescribeAccount",
  "organizations:ListAccounts",
  "organizations:ListAWSServiceAccessForOrganization",
  "organizations:ListDelegatedAdministrators",
];

/** Unlike service control policies, the organization's own resource policy binds service-linked roles. */
function hindersCloudTrail(text: string, record: OrganizationRecord, partition: string): Truth {
  const document = parsePolicyDocument(text);
  if (isUnknown(document)) return document;
  if (document.statements.every(({ effect }) => effect === "Allow")) return false;
  return any(accountsIn(document, record), (account) => {
    const id = isKnown(account) ? account : ANY;
    const role = `role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail`;
    const answer = any(
      NEEDED,
      (action) =>
        judge(document, {
          action,
          resource: ANY,
          principal: { kind: "arn", arn: `arn:${partition}:iam::${id}:${role}` },
          context: known({ "aws:PrincipalOrgID": isKnown(record.id) ? [record.id] : record.id }),
        }).denied.ever,
    );
    return isKnown(account) || answer === false ? answer : account;
  });
}

/** The management account stands for all that the document does not name. */
function accountsIn({ statements }: PolicyDocument, record: OrganizationRecord): Fact<string>[] {
  const listed = new Set(record.accounts.map(({ id }) => id));
  const named = statements
    .flatMap(({ principals }) => principals?.values ?? [])
    .map(({ value }) => wholeAccount(value) ?? value.split(":")[4] ?? "");
  return [record.managementAccountId, ...new Set(named.filter((id) => listed.has(id)))];
}
