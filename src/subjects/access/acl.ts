import { and, not, type Truth } from "../../snapshot/logic.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { isUnknown, mapFact } from "../../snapshot/unknown.ts";
import type { Foreigner } from "./foreigners.ts";

const PERMISSIONS = {
  reads: ["READ", "FULL_CONTROL"],
  writes: ["WRITE", "WRITE_ACP", "FULL_CONTROL"],
};

/** Groups that are public, which is told apart, and S3's own for access logs. */
const KNOWN_GROUP = /(^|\/)(AllUsers|AuthenticatedUsers|LogDelivery)$/;

/** Who else than the owner an ACL lets in, by canonical user id, e-mail address or URI of a group. */
export function aclForeigners(bucket: BucketRecord, way: keyof typeof PERMISSIONS): Foreigner[] {
  const { aclGrants, aclOwner, objectOwnership } = bucket;
  const counts = not(mapFact(objectOwnership, (ownership) => ownership === "BucketOwnerEnforced"));
  if (isUnknown(aclGrants)) return [{ name: "an ACL", isLetIn: and(counts, aclGrants) }];
  return aclGrants
    .filter(({ permission }) => PERMISSIONS[way].includes(permission))
    .filter(({ grantee }) => !KNOWN_GROUP.test(grantee))
    .map(({ grantee }) => {
      const isOwner: Truth = mapFact(aclOwner, (owner) => owner === grantee);
      return { name: grantee, isLetIn: and(counts, not(isOwner)) };
    });
}
