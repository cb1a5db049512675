import { any, or, type Truth } from "../../snapshot/logic.ts";
import type { LogGroupRecord } from "../../snapshot/resources/log-group.ts";
import { mapFact } from "../../snapshot/unknown.ts";
import { type Join, withoutStar } from "../join.ts";
import { ANY } from "../policy-document/glob.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import type { Asked } from "./candidates.ts";
import { foreigners, letsAnyoneIn } from "./foreigners.ts";

/** What tells what is in a log group, or sends it on. */
const READS = [
  "logs:GetLogEvents",
  "logs:FilterLogEvents",
  "logs:GetLogRecord",
  "logs:StartQuery",
  "logs:StartLiveTail",
  "logs:PutSubscriptionFilter",
  "logs:CreateExportTask",
];

/** Whether a resource policy of the group's account and region lets somebody from outside read it. */
export function isGroupPublic(join: Join, group: LogGroupRecord): Truth {
  const arn = withoutStar(group.arn);
  const asked: Asked = {
    actions: READS,
    resources: [arn, `${arn}:${ANY}`],
    partition: join.header.partition,
    own: [group.accountId],
    canonicalOwner: null,
    services: "all",
  };
  return mapFact(group.resourcePolicies, (policies) =>
    any(policies, ({ document }) =>
      mapFact(document, (text) =>
        mapFact(parsePolicyDocument(text), (known) =>
          or(
            letsAnyoneIn(known, asked),
            any(foreigners(join, known, asked), ({ isLetIn }) => isLetIn),
          ),
        ),
      ),
    ),
  );
}
