import { createHash } from "node:crypto";
import { documentText, type Request } from "../answers.ts";
import { type IndexedWorld, identityName } from "../indexed-world.ts";
import type { WorldDocument } from "../schema/fields.ts";
import type { Identity, ManagedPolicy } from "../schema/identities.ts";

/** When everything in IAM was made. */
export const MADE = "2024-01-15T09:00:00Z";

/** A policy as IAM gives it: percent-encoded as RFC 3986 says, stricter than a form's values. */
export const encoded = (document: WorldDocument): string =>
  encodeURIComponent(documentText(document)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const KINDS: Readonly<Record<string, { name: string; idPrefix: string }>> = {
  user: { name: "User", idPrefix: "AIDA" },
  group: { name: "Group", idPrefix: "AGPA" },
  role: { name: "Role", idPrefix: "AROA" },
};

/** What an identity is in AWS's words: User, Group or Role. */
export const kindOf = (arn: string): string => KINDS[typeOf(arn)]?.name ?? "";

const typeOf = (arn: string): string => arn.split(":")[5]?.split("/")[0] ?? "";

const idOf = (arn: string, prefix: string): string =>
  `${prefix}${createHash("sha256").update(arn).digest("hex").slice(0, 17).toUpperCase()}`;

/** The path between the kind and the name: `/` where there is none. */
function pathOf(arn: string): string {
  const [, ...parts] = arn.split(":").slice(5).join(":").split("/");
  return parts.length < 2 ? "/" : `/${parts.slice(0, -1).join("/")}/`;
}

/** What GetRole, and the details of users, groups and roles, have in common. */
export function principal(identity: Identity, { partition }: IndexedWorld): object {
  const { arn, permissionsBoundary, assumeRolePolicy } = identity;
  const { name = "", idPrefix = "" } = KINDS[typeOf(arn)] ?? {};
  const trust = assumeRolePolicy ?? trustOfCloudTrail(partition);
  return {
    Path: pathOf(arn),
    [`${name}Name`]: identityName(arn),
    [`${name}Id`]: idOf(arn, idPrefix),
    Arn: arn,
    CreateDate: MADE,
    AssumeRolePolicyDocument: name === "Role" ? encoded(trust) : undefined,
    PermissionsBoundary: permissionsBoundary && {
      PermissionsBoundaryType: "Policy",
      PermissionsBoundaryArn: permissionsBoundary,
    },
  };
}

const trustOfCloudTrail = (partition: string): WorldDocument => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: {
        Service: `cloudtrail.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`,
      },
      Action: "sts:AssumeRole",
    },
  ],
});

/** The managed policies of an identity, by name and ARN. */
export const attached = ({ attachedPolicies = [] }: Identity): object[] =>
  attachedPolicies.map((PolicyArn) => ({ PolicyName: identityName(PolicyArn), PolicyArn }));

/** A managed policy without its document. */
export function managedPolicy(
  { arn, versionId = "v1" }: ManagedPolicy,
  { caller }: Request,
  { identitiesOf }: IndexedWorld,
): object {
  const identities = identitiesOf.get(caller.accountId) ?? [];
  return {
    PolicyName: identityName(arn),
    PolicyId: idOf(arn, "ANPA"),
    Arn: arn,
    Path: pathOf(arn),
    DefaultVersionId: versionId,
    AttachmentCount: identities.filter((each) => each.attachedPolicies?.includes(arn)).length,
    PermissionsBoundaryUsageCount: identities.filter((each) => each.permissionsBoundary === arn)
      .length,
    IsAttachable: true,
    CreateDate: MADE,
    UpdateDate: MADE,
  };
}
