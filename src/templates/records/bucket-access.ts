import type { BucketRecord, PublicAccessBlock } from "../../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { BucketParts } from "./bucket.ts";
import { documentText, isPolicyPublic } from "./documents.ts";
import { allKnown, block, flag, given, isAbsent, objects, type Values } from "./read.ts";
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

/** Who may reach a bucket. Since April 2023 S3 blocks public access to a new one, and its ACLs have no effect. */
export function bucketAccess(parts: BucketParts): Access {
  const policy = policyOf(parts);
  const objectOwnership = ownership(parts);
  return {
    publicAccessBlock: publicAccessBlock(parts),
    accountPublicAccessBlock: accountBlock(parts),
    policy,
    policyIsPublic: isPolicyPublic(policy),
    objectOwnership,
    aclGrants: grants(parts),
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

function publicAccessBlock({ planned, companion }: BucketParts): Fact<PublicAccessBlock> {
  const other = companion("publicAccessBlock");
  if (isUnknown(other)) return other;
  if (other !== null) return blockOf(other.values);
  const own = block(planned.values, "PublicAccessBlockConfiguration");
  if (isUnknown(own)) return own;
  return own === null ? ALL_ON : blockOf(own);
}

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

function ownership({ world, planned, companion }: BucketParts): Fact<string | null> {
  const other = companion("ownership");
  if (isUnknown(other)) return other;
  const controls = other === null ? block(planned.values, "OwnershipControls") : other.values;
  if (isUnknown(controls)) return controls;
  const rules = controls === null ? [] : objects(controls, "rule", "Rules");
  if (isUnknown(rules)) return rules;
  const [rule] = rules;
  if (rule === undefined) return "BucketOwnerEnforced";
  return textIn(world, other ?? planned, given(rule, "object_ownership", "ObjectOwnership"));
}

type Grants = BucketRecord["aclGrants"];

const GROUPS = "http://acs.amazonaws.com/groups/";

/** What the canned ACLs give to others than the owner. */
const CANNED: Record<string, readonly (readonly [string, string])[]> = {
  private: [],
  "bucket-owner-read": [],
  "bucket-owner-full-control": [],
  "public-read": [["global/AllUsers", "READ"]],
  "public-read-write": [
    ["global/AllUsers", "READ"],
    ["global/AllUsers", "WRITE"],
  ],
  "authenticated-read": [["global/AuthenticatedUsers", "READ"]],
  "log-delivery-write": [
    ["s3/LogDelivery", "WRITE"],
    ["s3/LogDelivery", "READ_ACP"],
  ],
};

function grants({ world, planned, companion }: BucketParts): Grants {
  const other = companion("acl");
  if (isUnknown(other)) return other;
  const { values } = other ?? planned;
  if (!isAbsent(given(values, "grant", "access_control_policy", "AccessControlPolicy"))) {
    return isSilent(values) ? [] : unknown("unsupported", { detail: "grants of an ACL" });
  }
  return canned(textIn(world, other ?? planned, given(values, "acl", "AccessControl")));
}

/** The provider fills these in where nobody wrote them. */
const isSilent = (values: Values): boolean => {
  const written = given(values, "grant", "access_control_policy");
  return Array.isArray(written) && written.length === 0;
};

function canned(name: Fact<string | null>): Grants {
  if (isUnknown(name)) return name;
  const written = name ?? "private";
  const key = /^[A-Z]/.test(written) ? kebab(written) : written;
  const known = Object.hasOwn(CANNED, key) ? CANNED[key] : undefined;
  if (known === undefined)
    return unknown("unsupported", { detail: "a canned ACL of another name" });
  return known.map(([group, permission]) => ({ grantee: `${GROUPS}${group}`, permission }));
}

/** CloudFormation writes PublicReadWrite. */
const kebab = (name: string): string =>
  name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** Whose values tell a part: a companion's, else the bucket's own. */
export function valuesOf(other: Planned | null, own: Values | null): Values | null {
  return other === null ? own : other.values;
}
