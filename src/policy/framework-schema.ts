import { Type } from "typebox";
import { STRENGTHS } from "./framework.ts";

const closed = { additionalProperties: false } as const;
const sentence = (description: string) => Type.String({ minLength: 1, description });

export const StrengthSchema = Type.Enum([...STRENGTHS], {
  description:
    "direct: its verdict answers the control; partial: a part of it; prerequisite: without it the control cannot hold; related: worth knowing.",
});

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

export const ControlSchema = Type.Object(
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
