import { Type } from "typebox";
import { SEVERITIES } from "../policy/policy.ts";
import { SeveritySchema } from "../policy/policy-schema.ts";
import { orNull } from "../snapshot/unknown-schema.ts";

const closed = { additionalProperties: false } as const;
const count = (description: string) => Type.Integer({ minimum: 0, description });
const text = (description: string) => Type.String({ description });
const texts = (description: string) => Type.Array(Type.String(), { description });

const StackSchema = Type.Object(
  {
    name: text("What findings call it: the part of a subject's id before #."),
    kind: orNull(Type.Enum(["terraform-plan", "terraform-source", "cloudformation", "cdk"]), {
      description: "What it was read from; null: nothing, although it was expected.",
    }),
    path: orNull(Type.String(), { description: "Relative to the root of the repository." }),
    resources: count("Resources that have to do with CloudTrail, after the change."),
    notes: texts("What to know of it, each a sentence."),
  },
  closed,
);

const RuledSchema = Type.Object(
  { policy: Type.String(), subject: Type.String(), severity: SeveritySchema },
  closed,
);

const RulesSchema = Type.Object(
  {
    files: texts("The files of the rules that differ from the base."),
    hidden: Type.Array(RuledSchema, {
      description: "Raised by the base's rules, and not by those of the change.",
    }),
    added: Type.Array(RuledSchema, { description: "Raised by the rules of the change alone." }),
  },
  { ...closed, description: "How the change changes the rules of judgement; null: not at all." },
);

const UndecidedSchema = Type.Object(
  {
    reason: text("Why it is not known."),
    action: orNull(Type.String(), { description: "The IAM action that would tell." }),
    detail: orNull(Type.String(), { description: "What exactly is not known." }),
    severity: SeveritySchema,
    verdicts: count("Verdicts that it leaves undecided."),
    policies: texts("Their policies."),
    places: texts("The first five of their subjects."),
  },
  closed,
);

const GateCountsSchema = Type.Object(
  {
    regressions: Type.Record(Type.Enum([...SEVERITIES]), count("Of this severity at the gate.")),
    debt: count("Findings that were there before."),
    improvements: count("What failed or was not known before and passes now."),
    judged: count("Stacks that were judged."),
    missing: count("Stacks that were expected and not found."),
  },
  closed,
);

/** What a run of `check` tells beside its findings. */
export const GateSchema = Type.Object(
  {
    lead: texts("What has to be read first, each a sentence."),
    base: orNull(Type.Object({ commit: Type.String(), what: text("The same in words.") }, closed), {
      description: "What templates and sources are compared with; null: nothing.",
    }),
    live: orNull(Type.Object({ startedAt: text("When it was begun, ISO 8601.") }, closed), {
      description: "The snapshot that the change was laid over; null: none was given.",
    }),
    counts: GateCountsSchema,
    stacks: Type.Array(StackSchema),
    missing: texts("Expected stacks of which neither plan nor source was found."),
    passedOver: texts("What was found and not judged, each a sentence."),
    moves: Type.Array(Type.Object({ from: Type.String(), to: Type.String() }, closed), {
      description: "Resources that are the same at another address or in another stack.",
    }),
    improvements: Type.Array(
      Type.Object(
        { policy: Type.String(), subject: Type.String(), was: Type.Enum(["fail", "unknown"]) },
        closed,
      ),
    ),
    undecided: Type.Array(UndecidedSchema, { description: "What could not be decided, and why." }),
    notAsked: texts("Policies that templates cannot decide without a snapshot, by id."),
    rules: orNull(RulesSchema),
  },
  { ...closed, description: "Of a planned change, what check tells beside its findings." },
);
