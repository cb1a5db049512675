import type { NamedPolicy } from "../snapshot/resources/named-policy.ts";
import { type Fact, isUnknown, unknown } from "../snapshot/unknown.ts";
import { type Ask, type Place, told } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import { policyDocument, text } from "./given.ts";
import { everyPage } from "./pages.ts";

/** A role, and whose credentials ask for it. */
export type RoleAsked = { ask: Ask; place: Place; name: string; notebook: Notebook };

// A role may have 20 policies attached, and inline ones of 10,240 characters in all.
const MOST_POLICIES = 50;

/** A policy of a role, and how its document is asked for. */
type Named = { name: string; document: (pointer: string) => Promise<Fact<string>> };

/** The role's inline policies and those attached to it, AWS's own among them. */
export async function rolePolicies(asked: RoleAsked): Promise<Fact<NamedPolicy[]>> {
  const [inline, attached] = await Promise.all([inlinePolicies(asked), attachedPolicies(asked)]);
  if (isUnknown(inline)) return inline;
  if (isUnknown(attached)) return attached;
  const policies = [...inline, ...attached];
  if (policies.length > MOST_POLICIES) {
    return unknown("not-collected", { detail: `the role has ${policies.length} policies` });
  }
  return Promise.all(
    policies.map(async ({ name, document }, index) => ({
      name,
      document: await document(`/policies/${index}/document`),
    })),
  );
}

async function inlinePolicies(asked: RoleAsked): Promise<Fact<Named[]>> {
  const { ask, place, name: RoleName, notebook } = asked;
  const { pages, evidence, cut } = await everyPage(
    (Marker) => ask("iam:ListRolePolicies", place, { RoleName, Marker }),
    (page) => page.Marker,
  );
  for (const page of evidence) notebook.tells(["/policies"], page);
  const names = pages.flatMap((page) => page.PolicyNames ?? []).sort();
  const document = async (PolicyName: string, pointer: string) => {
    const answer = await ask("iam:GetRolePolicy", place, { RoleName, PolicyName });
    notebook.tells([pointer], answer.evidence);
    return told(answer, (policy) => policyDocument(policy.PolicyDocument, "PolicyDocument"));
  };
  return cut ?? names.map((name) => ({ name, document: (pointer) => document(name, pointer) }));
}

async function attachedPolicies(asked: RoleAsked): Promise<Fact<Named[]>> {
  const { ask, place, name: RoleName, notebook } = asked;
  const { pages, evidence, cut } = await everyPage(
    (Marker) => ask("iam:ListAttachedRolePolicies", place, { RoleName, Marker }),
    (page) => page.Marker,
  );
  for (const page of evidence) notebook.tells(["/policies"], page);
  const attached = pages.flatMap((page) => page.AttachedPolicies ?? []);
  return (
    cut ??
    attached.map(({ PolicyName, PolicyArn }) => ({
      name: PolicyName ?? PolicyArn ?? "",
      document: (pointer) => managedPolicy(asked, PolicyArn, pointer),
    }))
  );
}

/** The document of the version in force of a managed policy, which the fact at the pointer holds. */
export async function managedPolicy(
  { ask, place, notebook }: RoleAsked,
  arn: string | undefined,
  pointer: string,
): Promise<Fact<string>> {
  const PolicyArn = text(arn, "PolicyArn");
  if (isUnknown(PolicyArn)) return PolicyArn;
  const policy = await ask("iam:GetPolicy", place, { PolicyArn });
  notebook.tells([pointer], policy.evidence);
  const VersionId = told(policy, ({ Policy }) =>
    text(Policy?.DefaultVersionId, "DefaultVersionId"),
  );
  if (isUnknown(VersionId)) return VersionId;
  const version = await ask("iam:GetPolicyVersion", place, { PolicyArn, VersionId });
  notebook.tells([pointer], version.evidence);
  return told(version, ({ PolicyVersion: it }) => policyDocument(it?.Document, "Document"));
}
