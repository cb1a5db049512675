import type { Because, Severity, Verdict } from "../policy/policy.ts";
import { isKnown } from "../snapshot/unknown.ts";
import type { Subject, SubjectKind } from "../subjects/schema/kinds.ts";
import type { Acceptance } from "./waiver.ts";

/** What a verdict is about, as every output names it. */
export type SubjectReference = {
  kind: SubjectKind;
  id: string;
  name: string;
  /** The account it belongs to; null where that is not known. */
  account: string | null;
  accountName: string | null;
  ouPath: string | null;
  region: string | null;
  arn: string | null;
};

/** A deciding fact with the AWS request that told it, where one did. */
export type Reason = Because & { requestId: string | null };

/** One policy's answer about one subject. */
export type SubjectVerdict = {
  policy: string;
  severity: Severity;
  /** What the policy says; `waived` only where verdicts are listed, once waivers are known. */
  verdict: Verdict | "waived";
  subject: SubjectReference;
  because: Reason[];
  /** What is wrong, in one sentence; empty unless the verdict is fail. */
  message: string;
  /** What to do about it: a command with the subject's names in it, or words; empty unless it fails. */
  fix: string;
  /** Whether only trails are concerned whose events other trails record already. */
  additional: boolean;
  /** Who accepted it, where it is waived. */
  waiver?: Acceptance;
};

/** A verdict with its reasons and texts worked out, fit to be kept. */
export const settled = (verdict: SubjectVerdict): SubjectVerdict => ({ ...verdict });

/** How outputs refer to a subject. */
export function reference({ kind, fields }: Subject): SubjectReference {
  return {
    kind,
    id: fields.id,
    name: fields.name,
    account: isKnown(fields.accountId) ? fields.accountId : null,
    accountName: fields.accountName,
    ouPath: isKnown(fields.ouPath) ? fields.ouPath : null,
    region: isKnown(fields.region) ? fields.region : null,
    arn: fields.arn,
  };
}
