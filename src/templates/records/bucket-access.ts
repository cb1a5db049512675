import { any } from "../../snapshot/logic.ts";
import type { BucketRecord, PublicAccessBlock } from "../../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { BucketParts } from "./bucket.ts";
import { type Grants, grants, isToGroup, opensToEveryone } from "./bucket-acl.ts";
import { documentText, isPolicyPublic } from "./documents.ts";
import { allKnown, block, flag, given, objects, type Values } from "./read.ts";
import { textIn } from "./texts.ts";
import { ofKinds, type Planned } from "./world.ts";

type Access = Pick<
  BucketRecord,
  | "publicAccessBlock"
  | "accountPublicAccessBlock"
  | "policy"
  | "policyIsPublic"
  | "aclGrants"
  | "objectOwnership"
  | "aclOwner"
>;

/**
 * Who may reach a bucket. Since April 2023 S3 blocks public access to a new one, and its ACLs have no
 * effect; a bucket made before has neither, and only the plan that makes a bucket tells which it is.
 */
export function bucketAccess(parts: BucketParts): Access {
  const policy = policyOf(parts);
  const policyIsPublic = isPolicyPublic(policy);
  const aclGrants = grants(parts);
  return {
    publicAccessBlock: publicAccessBlock(
      parts,
      policyIsPublic === true || opensToEveryone(aclGrants),
    ),
    accountPublicAccessBlock: accountBlock(parts),
    policy,
    policyIsPublic,
    objectOwnership: ownership(parts, aclGrants),
    aclGrants,
    aclOwner: unknown("known-after-apply", { detail: "the bucket's owner" }),
  };
}

/** The one policy that a bucket has; null: none. */
export function policyOf({ world, planned, companion }: BucketParts): Fact<string | null> {
  const other = companion("bucketPolicy");
  if (isUnknown(other)) return other;
  if (other !== null) {
    return documentText(world, other, given(other.values, "policy", "PolicyDocument"));
  }
  return documentText(world, planned, given(planned.values, "policy"));
}

const ALL_ON: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** Under its own defaults S3 refuses to open a bucket: one that is opened without a word is older. */
function publicAccessBlock(
  { planned, companion }: BucketParts,
  isOpened: boolean,
): Fact<PublicAccessBlock | null> {
  const other = companion("publicAccessBlock");
  if (isUnknown(other)) return other;
  if (other !== null) return blockOf(other.values);
  const own = block(planned.values, "PublicAccessBlockConfiguration");
  if (isUnknown(own)) return own;
  if (own !== null) return blockOf(own);
  if (isOpened) return null;
  return isMade(planned) ? ALL_ON : ofUnknownAge("the default block of public access");
}

/** Whether this plan makes the bucket: its id is only known afterwards. */
function isMade({ values }: Planned): boolean {
  const id = values["id"];
  return isUnknown(id) && id.$unknown.reason === "known-after-apply";
}

const ofUnknownAge = (what: string): Unknown =>
  unknown("not-collected", { detail: `${what}, which differs in buckets made before April 2023` });

/** In both dialects a setting that is left out is off. */
function blockOf(values: Values): Fact<PublicAccessBlock> {
  return allKnown({
    blockPublicAcls: flag(values, ["block_public_acls", "BlockPublicAcls"], false),
    ignorePublicAcls: flag(values, ["ignore_public_acls", "IgnorePublicAcls"], false),
    blockPublicPolicy: flag(values, ["block_public_policy", "BlockPublicPolicy"], false),
    restrictPublicBuckets: flag(
      values,
      ["restrict_public_buckets", "RestrictPublicBuckets"],
      false,
    ),
  });
}

/** What another block of the account adds only a live account tells. */
function accountBlock({ world, planned }: BucketParts): Fact<PublicAccessBlock | null> {
  const [only, ...others] = ofKinds(world, "accountBlock").filter(
    ({ stack, account, resource }) =>
      stack === planned.stack && account === planned.account && resource.presence === true,
  );
  return only === undefined || others.length > 0 ? notAsked() : blockOf(only.values);
}

const notAsked = (): Unknown =>
  unknown("not-collected", { detail: "the account's own block of public access" });

/** ACLs that give others something are refused where ACLs have no effect. */
function ownership(
  { world, planned, companion }: BucketParts,
  grants: Grants,
): Fact<string | null> {
  const other = companion("ownership");
  if (isUnknown(other)) return other;
  const controls = other === null ? block(planned.values, "OwnershipControls") : other.values;
  if (isUnknown(controls)) return controls;
  const rules = controls === null ? [] : objects(controls, "rule", "Rules");
  if (isUnknown(rules)) return rules;
  const [rule] = rules;
  if (rule === undefined) return unsaidOwnership(planned, grants);
  return textIn(world, other ?? planned, given(rule, "object_ownership", "ObjectOwnership"));
}

function unsaidOwnership(planned: Planned, grants: Grants): Fact<string> {
  if (!isUnknown(grants) && any(grants, isToGroup) === true) return "ObjectWriter";
  return isMade(planned) ? "BucketOwnerEnforced" : ofUnknownAge("the default ownership of objects");
}

/** Whose values tell a part: a companion's, else the bucket's own. */
export function valuesOf(other: Planned | null, own: Values | null): Values | null {
  return other === null ? own : other.values;
}
