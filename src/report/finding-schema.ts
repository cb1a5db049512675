import { Type } from "typebox";
import { SEVERITIES, SUBJECT_NAMES } from "../policy/policy.ts";
import { SeveritySchema } from "../policy/policy-schema.ts";
import { orNull } from "../snapshot/unknown-schema.ts";

const closed = { additionalProperties: false } as const;
const count = (description: string) => Type.Integer({ minimum: 0, description });
const text = (description: string) => Type.String({ description });

const SubjectSchema = Type.Object(
  {
    kind: Type.Enum([...SUBJECT_NAMES, "regions", "unknown"], {
      description:
        "regions: several of one account; unknown: a reason why verdicts could not be decided.",
    }),
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

const waiverFields = {
  reason: text("Why it is accepted."),
  owner: text("Who answers for it."),
  expires: text("The last day, YYYY-MM-DD."),
};
const AcceptanceSchema = Type.Object(waiverFields, closed);

const BeforeSchema = Type.Object(
  {
    verdict: Type.Enum(["pass", "fail", "unknown"]),
    facts: Type.Array(
      Type.Object(
        { pointer: text("As in because."), actual: Type.Unknown({ description: "As it was." }) },
        closed,
      ),
    ),
  },
  {
    ...closed,
    description: "How it was before the change; left out: there was nothing to compare.",
  },
);

const LocationSchema = Type.Object(
  {
    file: text("Relative to the root of the repository."),
    line: Type.Integer({ minimum: 1 }),
    column: Type.Integer({ minimum: 1 }),
    endLine: Type.Integer({ minimum: 1 }),
    endColumn: Type.Integer({ minimum: 1, description: "After the last character." }),
  },
  closed,
);

const foldedFields = {
  subject: SubjectSchema,
  regions: Type.Array(Type.String(), { description: "Regions of the account where it fails." }),
  fingerprint: text("The same for the same flaw in every run."),
};

/** What check alone tells of a finding. */
const plannedFields = {
  standing: Type.Optional(
    Type.Enum(["regression", "debt"], {
      description: "regression: the change breaks it; debt: it was broken before.",
    }),
  ),
  before: Type.Optional(BeforeSchema),
  location: Type.Optional(
    orNull(LocationSchema, {
      description: "Where the deciding attribute is written; null: not at hand.",
    }),
  ),
};

const findingFields = {
  ...verdictFields,
  ...foldedFields,
  verdict: Type.Enum(["fail", "unknown"]),
  gateSeverity: Type.Enum([...SEVERITIES], {
    description: "The highest severity of itself and of what it explains; what --fail-on looks at.",
  }),
  affects: Type.Object(
    {
      accounts: count("Accounts where something fails because of it."),
      regions: count("Regions of these accounts, counted for each."),
      sample: Type.Array(Type.String(), { description: "The first twenty accounts, by id." }),
    },
    closed,
  ),
  expiredWaiver: Type.Optional(
    Type.Object(waiverFields, {
      ...closed,
      description: "The waiver that covered it until its last day was over.",
    }),
  ),
  carriedFrom: Type.Optional(
    Type.Object(
      {
        version: text("The version of the program that judged then."),
        at: text("When that run began, ISO 8601."),
      },
      {
        ...closed,
        description: "The run that last saw it: this one could not look, with --carry-forward.",
      },
    ),
  ),
  isNew: Type.Optional(
    Type.Boolean({ description: "Whether the results given as --baseline do not have it." }),
  ),
  ...plannedFields,
};
/** A finding, as results.json has it. */
export const FindingSchema = Type.Object(findingFields, closed);

/** A finding that a waiver covers. */
export const WaivedSchema = Type.Object(
  {
    ...findingFields,
    waiver: AcceptanceSchema,
    explainedBy: orNull(Type.String(), {
      description:
        "The fingerprint of the waived finding that it follows from; null: it is waived itself.",
    }),
  },
  closed,
);

/** One verdict by itself. */
export const StatedSchema = Type.Object(
  {
    ...verdictFields,
    verdict: Type.Enum(["pass", "fail", "unknown", "waived"]),
    waiver: Type.Optional(AcceptanceSchema),
  },
  closed,
);

/** A failing verdict that another finding explains. */
export const ExplainedSchema = Type.Object(
  {
    policy: text("The policy's id."),
    severity: SeveritySchema,
    ...foldedFields,
    explainedBy: text("The fingerprint of the finding that it follows from."),
  },
  closed,
);
