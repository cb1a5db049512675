import { Type } from "typebox";
import { CONTROL_STATES } from "../evaluate/roll-up-state.ts";
import { MappingSchema, StrengthSchema } from "../policy/framework-schema.ts";
import { orNull } from "../snapshot/unknown-schema.ts";

const closed = { additionalProperties: false } as const;
const count = (description: string) => Type.Integer({ minimum: 0, description });
const text = (description: string) => Type.String({ description });

const StateSchema = Type.Enum([...CONTROL_STATES], {
  description:
    "contradicted: a mapped verdict fails; incomplete: one is not known; excepted: one is waived; supported: a direct one passes; partly-supported: a partial one does; not-assessed: nothing that could support it was judged.",
});

const ReasonSchema = Type.Object(
  {
    policy: text("The policy's id."),
    strength: StrengthSchema,
    verdict: Type.Enum(["pass", "fail", "unknown", "waived", "not-judged"], {
      description: "not-judged: the policy was left out of this run.",
    }),
    subject: orNull(Type.String(), {
      description: "What it is about; of several the first by id; null where it passes.",
    }),
  },
  closed,
);

const RowSchema = Type.Object(
  {
    id: text("The account's id."),
    name: orNull(Type.String()),
    state: StateSchema,
    trails: Type.Array(Type.String(), {
      description: "The first five trails that record the account, by ARN: what it inherits from.",
    }),
    because: Type.Array(ReasonSchema, { description: "The verdicts that made the state." }),
  },
  closed,
);

const ControlRollUpSchema = Type.Object(
  {
    id: text("The control's number."),
    paraphrase: text("What it asks, in our words."),
    state: StateSchema,
    rollUp: Type.Record(Type.Enum([...CONTROL_STATES]), count("Accounts in this state.")),
    policies: Type.Array(MappingSchema, { description: "What is mapped to it." }),
    notAssessable: Type.Optional(text("Why no policy can show it.")),
    accounts: Type.Array(RowSchema, {
      description: "The twenty accounts that are worst, by state and id.",
    }),
  },
  closed,
);

/** One framework in results.json. */
export const FrameworkRollUpSchema = Type.Object(
  {
    id: text("The framework's id."),
    title: text("Its name and version."),
    scope: orNull(Type.String(), { description: "The scope it is about; null: all of the run." }),
    accounts: count("Accounts that were to be audited and are in the scope."),
    controls: Type.Array(ControlRollUpSchema),
  },
  closed,
);
