import { type Static, Type } from "typebox";
import { closed, glob } from "./fields.ts";

export const FAULT_KINDS = [
  "access-denied",
  "denied-by-scp",
  "throttled",
  "expired-token",
  "error",
  "slow",
  "broken-reply",
  "dropped-connection",
  "never-answers",
] as const;

/** A call that goes wrong on demand. The first that matches a call counts. */
export const FaultSchema = Type.Object(
  {
    operation: glob("Service and operation: `cloudtrail:GetTrailStatus`."),
    account: Type.Optional(
      glob("The account whose credentials call; of sts:AssumeRole, the role's account."),
    ),
    region: Type.Optional(glob("The region that is called.")),
    resource: Type.Optional(
      glob("The trail, bucket, key, log group, topic or role, as it is named."),
    ),
    kind: Type.Enum([...FAULT_KINDS]),
    after: Type.Optional(
      Type.Integer({ minimum: 0, description: "So many such calls succeed first. Default 0." }),
    ),
    times: Type.Optional(
      Type.Integer({ minimum: 1, description: "For so many calls. Left out: for ever." }),
    ),
    ms: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 600_000, description: "How slow. Default 1000." }),
    ),
    code: Type.Optional(Type.String({ description: "Of kind error: the error's code." })),
    message: Type.Optional(Type.String({ description: "Of kind error: what it says." })),
    status: Type.Optional(
      Type.Integer({ minimum: 400, maximum: 599, description: "Of kind error. Default 400." }),
    ),
  },
  closed,
);
export type Fault = Static<typeof FaultSchema>;
