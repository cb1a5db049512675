import { type Static, Type } from "typebox";
import { SEVERITIES, SeveritySchema } from "../policy/policy.ts";
import { orNull, REASONS } from "../snapshot/unknown.ts";
import type { Report } from "./report.ts";

const closed = { additionalProperties: false } as const;
const count = (description: string) => Type.Integer({ minimum: 0, description });
const text = (description: string) => Type.String({ description });

const SubjectSchema = Type.Object(
  {
    kind: text(
      "organization, account, region, trail, replica, bucket, key or log-group; regions: several of one account.",
    ),
    id: text("What makes the subject this one."),
    name: text("What people call it."),
    account: orNull(Type.String(), { description: "Its account; null where that is not known." }),
    accountName: orNull(Type.String()),
    ouPath: orNull(Type.String()),
    region: orNull(Type.String()),
    arn: orNull(Type.String()),
  },
  closed,
);

const verdictFields = {
  policy: text("The policy's id."),
  severity: SeveritySchema,
  verdict: Type.Enum(["pass", "fail", "unknown"]),
  subject: SubjectSchema,
  because: Type.Array(
    Type.Object(
      {
        pointer: text("JSON pointer of the deciding fact in the subject."),
        expected: text("What the policy asks of it."),
        actual: Type.Unknown({
          description: "Its value, or the marker that says why it is not known.",
        }),
        requestId: orNull(Type.String(), { description: "The AWS request that told it." }),
      },
      closed,
    ),
  ),
  message: text("What is wrong, in one sentence; empty unless it fails."),
  fix: text("A command that mends it, or words; empty unless it fails."),
};

const foldedFields = {
  subject: SubjectSchema,
  regions: Type.Array(Type.String(), { description: "Regions of the account where it fails." }),
  fingerprint: text("The same for the same flaw in every run."),
};

const FindingSchema = Type.Object(
  {
    ...verdictFields,
    ...foldedFields,
    verdict: Type.Enum(["fail", "unknown"]),
    gateSeverity: Type.Enum([...SEVERITIES], {
      description:
        "The highest severity of itself and of what it explains; what --fail-on looks at.",
    }),
    affects: Type.Object(
      {
        accounts: count("Accounts where something fails because of it."),
        regions: count("Regions of these accounts, counted for each."),
        sample: Type.Array(Type.String(), { description: "The first twenty accounts, by id." }),
      },
      closed,
    ),
  },
  closed,
);

const ExplainedSchema = Type.Object(
  {
    policy: text("The policy's id."),
    severity: SeveritySchema,
    ...foldedFields,
    explainedBy: text("The fingerprint of the finding that it follows from."),
  },
  closed,
);

const UnknownGroupSchema = Type.Object(
  {
    reason: Type.Enum([...REASONS]),
    action: orNull(Type.String(), { description: "The IAM action that would tell." }),
    detail: orNull(Type.String()),
    counted: Type.Boolean({ description: "Whether it can make the run incomplete." }),
    severity: SeveritySchema,
    verdicts: count("Verdicts left undecided."),
    policies: Type.Array(Type.String()),
    accounts: count("Accounts concerned."),
    sample: Type.Array(Type.String(), { description: "The first five places." }),
  },
  closed,
);

/** results.json. */
export const ResultsSchema = Type.Object(
  {
    version: text("The version of the program that judged."),
    outcome: Type.Enum(["pass", "fail", "incomplete"]),
    complete: Type.Boolean({ description: "Whether every expected account was audited in full." }),
    accounts: Type.Object(
      {
        expected: count("Accounts that were to be audited."),
        audited: count("Accounts of which every enabled region's trails and status were read."),
        partial: count("Accounts of which only a part was read."),
        unreachable: count("Accounts that could not be entered."),
        skipped: count("Accounts that were listed and not expected."),
        list: Type.Array(
          Type.Object(
            {
              id: Type.String(),
              name: orNull(Type.String()),
              ouPath: orNull(Type.String()),
              state: Type.Enum(["audited", "partial", "unreachable", "skipped"]),
              why: orNull(Type.String()),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    counts: Type.Object(
      {
        verdicts: Type.Object(
          { pass: count("Passing."), fail: count("Failing."), unknown: count("Undecided.") },
          closed,
        ),
        findings: Type.Record(SeveritySchema, count("Findings of this severity.")),
      },
      closed,
    ),
    parameters: Type.Record(Type.String(), Type.Unknown(), {
      description: "The values that the policies' parameters had.",
    }),
    findings: Type.Array(FindingSchema, { description: "What to act on." }),
    explained: Type.Array(ExplainedSchema, {
      description: "Failing verdicts that are no alerts: another finding is their cause.",
    }),
    unknowns: Type.Array(UnknownGroupSchema, {
      description: "What could not be decided, by cause.",
    }),
    additional: Type.Array(FindingSchema, {
      description:
        "Findings about trails whose events other trails record already; they gate nothing.",
    }),
    verdicts: Type.Optional(
      Type.Array(Type.Object(verdictFields, closed), { description: "Every verdict, with --all." }),
    ),
  },
  closed,
);
export type Results = Static<typeof ResultsSchema>;

/** What results.json holds. */
export function results({
  version,
  outcome,
  complete,
  audit,
  parameters,
  verdicts,
}: Report): Results {
  return {
    version,
    outcome,
    complete,
    accounts: accountCounts(audit.accounts),
    counts: { verdicts: audit.verdicts, findings: bySeverity(audit.findings) },
    parameters,
    findings: audit.findings,
    explained: audit.explained,
    unknowns: audit.unknowns,
    additional: audit.additional,
    ...(verdicts === null ? {} : { verdicts: verdicts.map(({ additional: _, ...rest }) => rest) }),
  };
}

function accountCounts(list: Results["accounts"]["list"]): Results["accounts"] {
  const of = (state: string) => list.filter((account) => account.state === state).length;
  return {
    expected: list.length - of("skipped"),
    audited: of("audited"),
    partial: of("partial"),
    unreachable: of("unreachable"),
    skipped: of("skipped"),
    list,
  };
}

function bySeverity(findings: Results["findings"]): Results["counts"]["findings"] {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** results.json as text. */
export const json = (report: Report): string => `${JSON.stringify(results(report), null, 2)}\n`;
