import { type Static, Type } from "typebox";
import { orNull } from "../unknown.ts";
import { closed } from "./fields.ts";

const metric = { namespace: Type.String(), name: Type.String() };

export const MetricFilterSchema = Type.Object(
  {
    name: Type.String(),
    pattern: Type.String({ description: "The filter pattern, as text; empty: every event." }),
    narrowed: Type.Boolean({
      description: "Whether field selection criteria leave out accounts or regions.",
    }),
    transformed: Type.Boolean({
      description: "Whether it reads transformed events, whose fields are others.",
    }),
    metrics: Type.Array(Type.Object({ ...metric, value: Type.String() }, closed)),
  },
  closed,
);
export type MetricFilter = Static<typeof MetricFilterSchema>;

/** A CloudWatch alarm, of any kind. */
export const AlarmSchema = Type.Object(
  {
    arn: Type.String(),
    name: Type.String(),
    kind: Type.Enum(["metric", "composite"]),
    actionsEnabled: Type.Boolean(),
    actions: Type.Array(Type.String(), { description: "ARNs of the actions on ALARM." }),
    metrics: Type.Array(Type.Object(metric, closed), {
      description: "What a metric alarm looks at, its maths included; none for a composite one.",
    }),
    rule: orNull(Type.String(), { description: "A composite alarm's rule, as text." }),
  },
  closed,
);
export type Alarm = Static<typeof AlarmSchema>;
