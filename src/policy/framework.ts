import type { Static } from "typebox";
import type { ControlSchema, FrameworkFileSchema, MappingSchema } from "./framework-schema.ts";

export const STRENGTHS = ["direct", "partial", "prerequisite", "related"] as const;
export type Strength = (typeof STRENGTHS)[number];

export type Mapping = Static<typeof MappingSchema>;

export type Control = Static<typeof ControlSchema>;

/** One framework, as its file under policies/frameworks/ holds it. */
export type FrameworkFile = Static<typeof FrameworkFileSchema>;

/** A framework with its id, which is the name of its file. */
export type Framework = FrameworkFile & { id: string };

/** Whether a mapping's pass is support; the others can only contradict, or move nothing. */
export const supports = ({ strength }: Pick<Mapping, "strength">): boolean =>
  strength === "direct" || strength === "partial";
