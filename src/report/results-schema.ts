import { type Static, Type } from "typebox";
import { SeveritySchema } from "../policy/policy.ts";
import { orNull } from "../snapshot/unknown.ts";
import { ExplainedSchema, FindingSchema, StatedSchema, WaivedSchema } from "./finding-schema.ts";

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
          {
            pass: count("Passing."),
            fail: count("Failing."),
            unknown: count("Undecided."),
            waived: count("Failing or undecided, and covered by a waiver."),
          },
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
    waived: Type.Array(WaivedSchema, {
      description:
        "What somebody accepted, failing or undecided: it raises no alert and fails no run.",
    }),
    notes: Type.Array(NoteSchema, { description: "What is worth knowing and gates nothing." }),
    verdicts: Type.Optional(
      Type.Array(StatedSchema, { description: "Every verdict, with --all." }),
    ),
  },
  closed,
);
export type Results = Static<typeof ResultsSchema>;
