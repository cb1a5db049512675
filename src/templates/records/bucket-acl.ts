import { any } from "../../snapshot/logic.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import type { BucketParts } from "./bucket.ts";
import { given, isAbsent, isList, objects, type Values } from "./read.ts";
import { textIn } from "./texts.ts";

/** Who an ACL gives what, by id or by the URI of a group. */
export type Grants = BucketRecord["aclGrants"];

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

/** What a bucket's ACL gives, to others than the owner or to whom a plan lists. */
export function grants({ world, planned, companion }: BucketParts): Grants {
  const other = companion("acl");
  if (isUnknown(other)) return other;
  const { values } = other ?? planned;
  if (!isAbsent(given(values, "grant"))) return listed(values);
  if (!isAbsent(given(values, "access_control_policy", "AccessControlPolicy"))) return unclear();
  return canned(textIn(world, other ?? planned, given(values, "acl", "AccessControl")));
}

const unclear = () => unknown("unsupported", { detail: "grants of an ACL" });

/** The provider fills these in where nobody wrote them: none before a bucket is made, then all. */
function listed(values: Values): Grants {
  const items = objects(values, "grant");
  if (isUnknown(items)) return items;
  const read = items.map(granted);
  return read.some((each) => each === null) ? unclear() : read.flatMap((each) => each ?? []);
}

type Grant = { grantee: string; permission: string };

/** What one entry grants; null: it is not all known. */
function granted({ id, uri, permissions }: Values): Grant[] | null {
  const grantee = uri || id;
  if (typeof grantee !== "string" || permissions === undefined || !isList(permissions)) return null;
  if (!permissions.every((each) => typeof each === "string")) return null;
  return permissions.map((permission) => ({ grantee, permission }));
}

/** Whether an ACL gives something to a group of AWS's, such as everybody. */
export const isToGroup = ({ grantee }: Grant): boolean => grantee.startsWith(GROUPS);

/** Whether an ACL opens the bucket to everybody, or everybody with an AWS account, for certain. */
export function opensToEveryone(grants: Grants): boolean {
  const isEveryone = ({ grantee }: Grant) => /\/A(?:ll|uthenticated)Users$/.test(grantee);
  return !isUnknown(grants) && any(grants, isEveryone) === true;
}

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
