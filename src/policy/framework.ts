import { type Static, Type } from "typebox";

const closed = { additionalProperties: false } as const;
const sentence = (description: string) => Type.String({ minLength: 1, description });

export const STRENGTHS = ["direct", "partial", "prerequisite", "related"] as const;
export const StrengthSchema = Type.Enum([...STRENGTHS], {
  description:
    "direct: its verdict answers the control; partial: a part of it; prerequisite: without it the control cannot hold; related: worth knowing.",
});
export type Strength = Static<typeof StrengthSchema>;

export const MappingSchema = Type.Object(
  {
    policy: Type.String({ pattern: "^[a-z0-9-]+$", description: "A policy's id." }),
    strength: StrengthSchema,
    shows: sentence("What a pass is evidence for."),
    doesNotShow: sentence("What remains to be shown otherwise."),
    source: sentence("Where the mapping is published, or `own reading`."),
  },
  closed,
);
export type Mapping = Static<typeof MappingSchema>;

const ControlSchema = Type.Object(
  {
    id: sentence("The control's number as the framework writes it."),
    paraphrase: sentence("What it asks, in our words: the standards' texts are protected."),
    policies: Type.Optional(Type.Array(MappingSchema, { minItems: 1 })),
    notAssessable: Type.Optional(
      sentence("Why no policy can show it; said where none is direct or partial."),
    ),
  },
  closed,
);
export type Control = Static<typeof ControlSchema>;

/** One framework, as its file under policies/frameworks/ holds it. */
export const FrameworkFileSchema = Type.Object(
  {
    title: sentence("Its name and version."),
    published: sentence("When that version was published."),
    reference: Type.String({ pattern: "^https://" }),
    byDefault: Type.Optional(
      Type.Boolean({
        description: "Whether it is rolled up where neither option nor config names one.",
      }),
    ),
    controls: Type.Array(ControlSchema, { minItems: 1 }),
  },
  closed,
);
export type FrameworkFile = Static<typeof FrameworkFileSchema>;

/** A framework with its id, which is the name of its file. */
export type Framework = FrameworkFile & { id: string };

/** Whether a mapping's pass is support; the others can only contradict, or move nothing. */
export const supports = ({ strength }: Pick<Mapping, "strength">): boolean =>
  strength === "direct" || strength === "partial";
