import { isUnknown } from "../../../src/snapshot/unknown.ts";
import type { PolicyDocument } from "../../../src/subjects/policy-document/document.ts";
import { parsePolicyDocument } from "../../../src/subjects/policy-document/parse.ts";
import {
  known,
  type PolicyRequest,
  type Possible,
  type Principal,
} from "../../../src/subjects/policy-document/request.ts";

/** The text of a document with these statements. */
export const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** The document with these statements; each is an Allow unless it says otherwise. */
export function aDocument(...statements: object[]): PolicyDocument {
  const read = parsePolicyDocument(
    policy(...statements.map((each) => ({ Effect: "Allow", ...each }))),
  );
  if (isUnknown(read)) throw new Error(read.$unknown.detail);
  return read;
}

export const OBJECT = "arn:aws:s3:::logs/AWSLogs/111111111111/x";
export const CLOUDTRAIL: Principal = { kind: "service", name: "cloudtrail.amazonaws.com" };
export const ACCOUNT: Principal = { kind: "account", id: "222222222222", partition: "aws" };

/** CloudTrail writing a log file, with what is given instead. */
export const aRequest = (
  changes: Partial<Omit<PolicyRequest, "context">> & { keys?: Record<string, Possible[]> } = {},
): PolicyRequest => ({
  action: changes.action ?? "s3:PutObject",
  resource: changes.resource ?? OBJECT,
  principal: changes.principal ?? CLOUDTRAIL,
  context: known(changes.keys ?? {}),
});
