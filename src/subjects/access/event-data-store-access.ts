import type { EventDataStoreRecord } from "../../snapshot/resources/event-data-store.ts";
import { isUnknown, mapFact } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { PolicyDocument } from "../policy-document/document.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import type { EventDataStore } from "../schema/event-data-store.ts";
import type { Asked } from "./candidates.ts";
import { foreigners, letsAnyoneIn, namesOf } from "./foreigners.ts";

const QUERIES = [
  "cloudtrail:StartQuery",
  "cloudtrail:GetQueryResults",
  "cloudtrail:GetEventDataStoreData",
  "cloudtrail:GenerateQuery",
];

const NO_POLICY: PolicyDocument = { statements: [] };

/** Who from outside may query an event data store, by its resource policy; `*`: anyone at all. */
export function eventDataStoreReaders(
  join: Join,
  { arn, accountId, policy }: EventDataStoreRecord,
): EventDataStore["foreignReaders"] {
  const document = mapFact(policy, (text) =>
    text === null ? NO_POLICY : parsePolicyDocument(text),
  );
  if (isUnknown(document)) return namesOf([], document);
  const asked: Asked = {
    actions: QUERIES,
    resources: [arn],
    partition: join.header.partition,
    own: [accountId],
    canonicalOwner: null,
    services: "all",
  };
  const anyone = { name: "*", isLetIn: letsAnyoneIn(document, asked) };
  return namesOf([anyone, ...foreigners(join, document, asked)], null);
}
