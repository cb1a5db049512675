import type { Grant, PublicAccessBlockConfiguration } from "@aws-sdk/client-s3";
import type { BucketRecord, PublicAccessBlock } from "../snapshot/resources/bucket.ts";
import { type Fact, unknown } from "../snapshot/unknown.ts";
import type { BucketAsked } from "./bucket.ts";
import { told, toldOr } from "./call.ts";
import { flag, list, text, textOrNull } from "./given.ts";

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

/** Who may reach a bucket: policy, ACL, ownership and both blocks of public access. */
export async function bucketAccess(asked: BucketAsked): Promise<Access> {
  const [
    publicAccessBlock,
    accountPublicAccessBlock,
    policy,
    policyIsPublic,
    acl,
    objectOwnership,
  ] = await Promise.all([
    bucketBlock(asked),
    accountBlock(asked),
    bucketPolicy(asked),
    isPublic(asked),
    accessList(asked),
    ownership(asked),
  ]);
  return {
    publicAccessBlock,
    accountPublicAccessBlock,
    policy,
    policyIsPublic,
    ...acl,
    objectOwnership,
  };
}

const NO_BLOCK = { code: "NoSuchPublicAccessBlockConfiguration", means: null };

async function bucketBlock({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetPublicAccessBlock", place, bucket);
  notebook.tells(["/publicAccessBlock"], answer.evidence);
  return toldOr(answer, NO_BLOCK, (value) => blockOf(value.PublicAccessBlockConfiguration));
}

/** The account's own block, with what the organization's S3 policies add to it. */
async function accountBlock({ run, place, notebook }: BucketAsked) {
  const answer = await run.accountBlock(place);
  notebook.tells(["/accountPublicAccessBlock"], answer.evidence);
  return toldOr(answer, NO_BLOCK, (value) => blockOf(value.PublicAccessBlockConfiguration));
}

function blockOf(block: PublicAccessBlockConfiguration | undefined): Fact<PublicAccessBlock> {
  if (block === undefined) return unknown("unsupported", { detail: "the answer has no block" });
  // A setting that is left out is off.
  return {
    blockPublicAcls: block.BlockPublicAcls ?? false,
    ignorePublicAcls: block.IgnorePublicAcls ?? false,
    blockPublicPolicy: block.BlockPublicPolicy ?? false,
    restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
  };
}

async function bucketPolicy({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetBucketPolicy", place, bucket);
  notebook.tells(["/policy"], answer.evidence);
  const none = { code: "NoSuchBucketPolicy", means: null };
  return toldOr(answer, none, ({ Policy }) => text(Policy, "Policy"));
}

async function isPublic({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetBucketPolicyStatus", place, bucket);
  notebook.tells(["/policyIsPublic"], answer.evidence);
  const none = { code: "NoSuchBucketPolicy", means: false };
  return toldOr(answer, none, ({ PolicyStatus }) => flag(PolicyStatus?.IsPublic, "IsPublic"));
}

async function accessList({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetBucketAcl", place, bucket);
  notebook.tells(["/aclGrants", "/aclOwner"], answer.evidence);
  return {
    aclGrants: told(answer, ({ Grants }) => {
      const given = list(Grants, "Grants");
      return "$unknown" in given ? given : given.map(readGrant);
    }),
    aclOwner: told(answer, ({ Owner }) => textOrNull(Owner?.ID, "Owner")),
  };
}

function readGrant({ Grantee: to, Permission }: Grant) {
  return { grantee: to?.URI ?? to?.ID ?? to?.EmailAddress ?? "", permission: Permission ?? "" };
}

async function ownership({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetBucketOwnershipControls", place, bucket);
  notebook.tells(["/objectOwnership"], answer.evidence);
  const none = { code: "OwnershipControlsNotFoundError", means: null };
  return toldOr(answer, none, ({ OwnershipControls }) =>
    text(OwnershipControls?.Rules?.[0]?.ObjectOwnership, "Rules"),
  );
}
