import type { AccountRecord, IdentityPolicy } from "../../snapshot/account-record.ts";
import { and, any, not, type Truth } from "../../snapshot/logic.ts";
import { type Fact, isUnknown, openEnd, unknown } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { PolicyDocument } from "../policy-document/document.ts";
import { ANY, globExtent } from "../policy-document/glob.ts";
import { judge } from "../policy-document/judge.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import { type Context, FREE, open } from "../policy-document/request.ts";
import type { Account } from "../schema/account.ts";
import { TAMPERING } from "./trail-guard.ts";

/**
 * Users, groups and roles whom a policy of the account's own lets stop, change or delete a trail, but
 * for those that the config names. Roles of IAM Identity Center count, for people use them;
 * service-linked roles do not, for only their service can use one.
 */
export function unnamedAdministrators(
  { context, header }: Join,
  { id, identityPolicies }: AccountRecord,
): Account["unnamedCloudTrailAdministrators"] {
  const { cloudTrailAdministrators: named } = context.wanted;
  if (named === null) return null;
  if (isUnknown(identityPolicies)) return identityPolicies;
  if (identityPolicies === null) return unknown("not-collected", { detail: "IAM policies" });
  const trails = `arn:${header.partition}:cloudtrail:${ANY}:${id}:trail/${ANY}`;
  const decided = [...policiesOf(identityPolicies)]
    .filter(([arn]) => !isServiceLinked(arn) && !isNamed(arn, named))
    .map(([arn, policies]) => ({ arn, may: mayTamper(arn, policies, trails) }));
  const undecided = decided.flatMap(({ may }) => (isUnknown(may) ? [may] : []));
  return [
    ...decided
      .filter(({ may }) => may === true)
      .map(({ arn }) => arn)
      .sort(),
    ...openEnd(undecided),
  ];
}

/** Nobody can make a role below this path but AWS. */
const isServiceLinked = (arn: string) => arn.includes(":role/aws-service-role/");

const isNamed = (arn: string, named: readonly string[]) =>
  named.some((pattern) => globExtent(pattern, arn).always === true);

type Document = Fact<PolicyDocument>;

function policiesOf(policies: readonly IdentityPolicy[]): Map<string, Document[]> {
  const found = new Map<string, Document[]>();
  for (const { document, on } of policies) {
    const read = isUnknown(document) ? document : parsePolicyDocument(document);
    for (const arn of on) {
      const before = found.get(arn);
      if (before === undefined) found.set(arn, [read]);
      else before.push(read);
    }
  }
  return found;
}

/** Whether one policy allows one of the calls on some trail, and none denies it on all of them. */
function mayTamper(arn: string, documents: readonly Document[], resource: string): Truth {
  return any(TAMPERING, (name) => {
    const request = {
      action: `cloudtrail:${name}`,
      resource,
      principal: { kind: "arn", arn } as const,
      context: circumstances,
    };
    const judged = documents.map((each) => (isUnknown(each) ? each : judge(each, request)));
    return and(
      any<Judged>(judged, ({ allowed }) => allowed.ever),
      not(any<Judged>(judged, ({ denied }) => denied.always)),
    );
  });
}

type Judged = ReturnType<typeof judge>;

/** Who asks is what it is; how and from where may be anything, and one way is enough. */
const circumstances: Context = (key) =>
  /^aws:(principal|user(id|name)$)/.test(key) ? open(key) : FREE;
