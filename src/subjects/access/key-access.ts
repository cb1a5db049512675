import { not } from "../../snapshot/logic.ts";
import type { KeyRecord } from "../../snapshot/resources/key.ts";
import { type Fact, isUnknown, mapFact } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { PolicyDocument } from "../policy-document/document.ts";
import { allowsAny } from "../policy-document/judge.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import type { Key } from "../schema/key.ts";
import type { Users } from "../users.ts";
import type { Asked } from "./candidates.ts";
import { admitsToKey, keyRequest } from "./deliveries.ts";
import { foreigners, letsAnyoneIn, namesOf } from "./foreigners.ts";
import { forStrangeTrail } from "./service-context.ts";
import { forEveryTrail } from "./trails.ts";

type Access = Pick<Key, "isPublic" | "admitsCloudTrail" | "boundToTrails" | "foreignUsers">;

/** What uses a key, or changes who may; looking at it is neither. */
const USES = [
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:CreateGrant",
  "kms:RevokeGrant",
  "kms:PutKeyPolicy",
  "kms:EnableKey",
  "kms:DisableKey",
  "kms:ScheduleKeyDeletion",
];

const NO_POLICY: PolicyDocument = { statements: [] };

/** Whom the key's policy lets do what. */
export function keyAccess(join: Join, key: KeyRecord, users: Users): Access {
  const document = mapFact(key.policy, (text) =>
    text === null ? NO_POLICY : parsePolicyDocument(text),
  );
  const asked = keyAsked(join, key, users.accounts);
  return {
    isPublic: mapFact(document, (known) => letsAnyoneIn(known, asked)),
    admitsCloudTrail: mapFact(document, (known) =>
      forEveryTrail(join, users, (trail) => admitsToKey(known, key, trail)),
    ),
    boundToTrails: mapFact(document, (known) =>
      not(allowsAny(known, keyRequest(key, forStrangeTrail()))),
    ),
    foreignUsers: isUnknown(document)
      ? namesOf([], document)
      : namesOf(foreigners(join, document, asked), null),
  };
}

/** All that somebody from outside must not do with a key; `accounts`: those of the trails that use it. */
export const keyAsked = (join: Join, key: KeyRecord, accounts: readonly Fact<string>[]): Asked => ({
  actions: USES,
  resources: [key.arn],
  partition: join.header.partition,
  own: [key.accountId, ...accounts],
  canonicalOwner: null,
  services: "all",
});
