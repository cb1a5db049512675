import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { isUnknown } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import { ANY, ANY_PART } from "../policy-document/glob.ts";
import {
  type Context,
  FREE,
  known,
  open,
  type Principal,
  STRANGE_ACCOUNT,
} from "../policy-document/request.ts";
import { organizationId } from "./trust.ts";

/** CloudTrail, by the name under which it delivers. */
export const CLOUDTRAIL = {
  kind: "service",
  name: "cloudtrail.amazonaws.com",
} as const satisfies Principal;

/** A letter that no policy holds, in the place of an id that it does not name. */
const NOBODY = "\u{E002}";

/** An organization that no policy names, unless it means all of them. */
const NO_ORGANIZATION = `o-${NOBODY}`;

/** What a service says of the trail for which it comes. It has no tags and uses no VPC endpoint. */
export function forTrail({ arn, accountId }: Pick<TrailRecord, "arn" | "accountId">): Context {
  return known({ "aws:SourceArn": [arn], "aws:SourceAccount": [accountId] }, ofService);
}

/** What CloudTrail says where it comes for a trail of an account that the document does not name. */
export function forStrangeTrail(): Context {
  const trail = `arn:${ANY_PART}:cloudtrail:${ANY_PART}:${STRANGE_ACCOUNT}:trail/${NOBODY}`;
  return known(
    { ...strangeSource(trail), "kms:EncryptionContext:aws:cloudtrail:arn": [trail] },
    ofService,
  );
}

/** What a service says where it comes for a resource of an account that the document does not name. */
export function forStrangeResource(): Context {
  const resource = `arn:${ANY_PART}:${ANY_PART}:${ANY_PART}:${STRANGE_ACCOUNT}:${ANY}`;
  return known(strangeSource(resource), ofService);
}

const strangeSource = (arn: string) => ({
  "aws:SourceArn": [arn],
  "aws:SourceAccount": [STRANGE_ACCOUNT],
  "aws:SourceOrgID": [NO_ORGANIZATION, null],
  "s3:x-amz-acl": ["bucket-owner-full-control"],
});

const ofService: Context = (key) => {
  if (key === "aws:securetransport") return ["true"];
  const isAbsent = /^aws:(sourcevpce?|vpcsourceip|principaltag\/.*)$/.test(key);
  return isAbsent ? [null] : open(key);
};

/** Keys that whoever asks sets as they like. */
const CHOSEN =
  /^(aws:(referer|useragent|requestedregion|epochtime|currenttime)|s3:(prefix|delimiter|max-keys|versionid|x-amz-.*)|kms:(viaservice|encryptioncontext:.*|encryptionalgorithm|requestalias|grantoperations))$/;

/** What the keys are where an account asks that no document names, of an organization that none names. */
export const ofStranger: Context = foreignKeys({
  "aws:PrincipalOrgID": [NO_ORGANIZATION, null],
  "aws:PrincipalOrgPaths": [`${NO_ORGANIZATION}/${ANY}`, null],
  "kms:CallerAccount": [STRANGE_ACCOUNT],
});

/** What the keys are where a certain account from outside asks: it may be of any other organization. */
export function ofForeigner(join: Join, accountId: string): Context {
  const id = organizationId(join);
  return foreignKeys({
    "aws:PrincipalOrgID": isUnknown(id) ? id : [{ anyBut: [id] }, null],
    "kms:CallerAccount": [accountId],
  });
}

/** What the keys are where any account of a certain organization asks. */
export function ofOrganization(id: string): Context {
  return foreignKeys({
    "aws:PrincipalOrgID": [id],
    "aws:PrincipalOrgPaths": [`${id}/${ANY}`],
    "kms:CallerAccount": [STRANGE_ACCOUNT],
  });
}

/** Whoever wants to get in comes by TLS and with a second factor, and asks in person. */
function foreignKeys(keys: Parameters<typeof known>[0]): Context {
  return known(
    {
      "aws:SourceArn": [null],
      "aws:SourceAccount": [null],
      "aws:SourceOrgID": [null],
      "aws:SecureTransport": ["true"],
      "aws:MultiFactorAuthPresent": ["true"],
      ...keys,
    },
    (key) => (CHOSEN.test(key) || key.startsWith("aws:principaltag/") ? FREE : open(key)),
  );
}
