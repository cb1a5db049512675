import { type Static, Type } from "typebox";
import { SEVERITIES, SeveritySchema } from "../policy/policy.ts";
import { orNull } from "../snapshot/unknown.ts";

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

const NoteSchema = Type.Object(
  {
    id: text("What kind of note it is."),
    text: text("The note, in one sentence."),
    accounts: count("Accounts concerned."),
    sample: Type.Array(Type.String(), { description: "The first of them, or of what they own." }),
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
        findings: Type.Record(SeveritySchema, count("Flaws of this severity.")),
        unknown: count("Findings that are causes of undecided verdicts."),
      },
      closed,
    ),
    parameters: Type.Record(Type.String(), Type.Unknown(), {
      description: "The values that the policies' parameters had.",
    }),
    findings: Type.Array(FindingSchema, {
      description: "What to act on: flaws, and causes of what could not be decided.",
    }),
    explained: Type.Array(ExplainedSchema, {
      description: "Failing verdicts that are no alerts: another finding is their cause.",
    }),
    notes: Type.Array(NoteSchema, { description: "What is worth knowing and gates nothing." }),
    verdicts: Type.Optional(
      Type.Array(Type.Object(verdictFields, closed), { description: "Every verdict, with --all." }),
    ),
  },
  closed,
);
export type Results = Static<typeof ResultsSchema>;
