import { type Static, Type } from "typebox";
import { SeveritySchema } from "../policy/policy-schema.ts";
import { orNull } from "../snapshot/unknown-schema.ts";
import { ExplainedSchema, FindingSchema, StatedSchema, WaivedSchema } from "./finding-schema.ts";
import { FrameworkRollUpSchema } from "./framework-schema.ts";
import { GateSchema } from "./gate-schema.ts";
import { RESULTS_FORMAT } from "./results-format.ts";

const closed = { additionalProperties: false } as const;
const count = (description: string) => Type.Integer({ minimum: 0, description });
const text = (description: string) => Type.String({ description });

const NoteSchema = Type.Object(
  {
    id: text("What kind of note it is."),
    text: text("The note, in one sentence."),
    accounts: count("Accounts concerned."),
    sample: Type.Array(Type.String(), { description: "The first of them, or of what they own." }),
  },
  closed,
);

const AccountSchema = Type.Object(
  {
    id: Type.String(),
    name: orNull(Type.String()),
    ouPath: orNull(Type.String()),
    state: Type.Enum(["audited", "partial", "unreachable", "skipped"]),
    why: orNull(Type.String()),
  },
  closed,
);

const fingerprints = (description: string) => Type.Array(Type.String(), { description });

const BaselineSchema = Type.Object(
  {
    version: text("The version of the program that judged the earlier run."),
    startedAt: text("When the earlier run began, ISO 8601."),
    counts: Type.Record(
      Type.Enum(["new", "unchanged", "worse", "better", "fixed", "gone", "unseen", "covered"]),
      count("Findings of this kind."),
    ),
    new: fingerprints("Not in the earlier results."),
    worse: fingerprints("In both, of a higher severity at the gate now."),
    better: fingerprints("In both, of a lower severity at the gate now."),
    fixed: fingerprints("What they are about no longer fails."),
    gone: fingerprints("What they are about is no longer there, or no longer judged."),
    unseen: fingerprints("This run could not look, and nothing was carried forward."),
    covered: fingerprints("Still failing, but explained, waived or only a redundant trail's now."),
  },
  { ...closed, description: "What changed since the results given as --baseline." },
);

/** What later runs read of results.json: who found what, where and when. */
export const EarlierResultsSchema = Type.Object({
  format: Type.Literal(RESULTS_FORMAT),
  version: text("The version of the program that judged."),
  startedAt: text("When the run began: the time of AWS's first answer, ISO 8601."),
  accounts: Type.Object({ list: Type.Array(AccountSchema) }),
  findings: Type.Array(FindingSchema),
});

/** results.json. */
export const ResultsSchema = Type.Object(
  {
    format: Type.Literal(RESULTS_FORMAT),
    version: text("The version of the program that judged."),
    startedAt: text("When the run began: the time of AWS's first answer, ISO 8601."),
    outcome: Type.Enum(["pass", "fail", "incomplete"]),
    complete: Type.Boolean({ description: "Whether every expected account was audited in full." }),
    accounts: Type.Object(
      {
        expected: count("Accounts that were to be audited."),
        audited: count("Accounts of which every enabled region's trails and status were read."),
        partial: count("Accounts of which only a part was read."),
        unreachable: count("Accounts that could not be entered."),
        skipped: count("Accounts that were listed and not expected."),
        list: Type.Array(AccountSchema),
      },
      closed,
    ),
    counts: Type.Object(
      {
        verdicts: Type.Object(
          {
            pass: count("Passing."),
            fail: count("Failing."),
            unknown: count("Undecided."),
            waived: count("Failing or undecided, and covered by a waiver."),
          },
          closed,
        ),
        findings: Type.Record(SeveritySchema, count("Flaws of this severity.")),
        unknown: count("Causes of undecided verdicts."),
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
    waived: Type.Array(WaivedSchema, {
      description:
        "What somebody accepted, failing or undecided: it raises no alert and fails no run.",
    }),
    baseline: Type.Optional(BaselineSchema),
    gate: Type.Optional(GateSchema),
    notes: Type.Array(NoteSchema, { description: "What is worth knowing and gates nothing." }),
    frameworks: Type.Array(FrameworkRollUpSchema, {
      description: "What the verdicts support evidence for, by framework, control and account.",
    }),
    verdicts: Type.Optional(
      Type.Array(StatedSchema, { description: "Every verdict, with --all." }),
    ),
  },
  closed,
);
export type Results = Static<typeof ResultsSchema>;
