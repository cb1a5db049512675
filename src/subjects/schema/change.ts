import { type Static, Type } from "typebox";
import { fact } from "../../snapshot/unknown-schema.ts";
import { closed, flag, identity, texts } from "./fields.ts";

/** What a planned change can remove. */
const CHANGED_TYPES = [
  "trail",
  "event-data-store",
  "key",
  "bucket",
  "log-group",
  "bucket-policy",
  "object-lock",
  "alarm",
  "service-control-policy",
  "event-rule",
  "organization",
  "topic",
] as const;

/** What becomes of a resource that was there before a change. */
const FATES = ["kept", "moved", "forgotten", "replaced", "deleted"] as const;

/**
 * A resource that was there before a planned change and that the change removes, replaces or takes
 * something from, or that guards less after it.
 */
export const ChangeSchema = Type.Object(
  {
    ...identity,
    type: Type.Enum([...CHANGED_TYPES], { description: "What it is, or was." }),
    fate: fact(Type.Enum([...FATES]), {
      description:
        "moved: to another address or stack; forgotten: no longer managed, and still there; replaced: deleted and made anew, with a gap between.",
    }),
    coveredByOthers: flag(
      "Whether a snapshot shows that all it records is recorded by others; false where none is given.",
    ),
    lostRecording: texts(
      "What a trail that is kept no longer records, each with what it was before and after.",
    ),
    lostProtection: texts(
      "What trails lose of what encrypts, guards and watches them and their logs: of a trail its key and log group, of a service control policy what it denied, of the organization what was on, of an event rule the calls that it reacted to, of what tells of tampering and of the topics between who heard of it, of anything else itself, each with what it was before and after.",
    ),
    users: texts("The names of the trails that it served before the change."),
  },
  closed,
);
export type Change = Static<typeof ChangeSchema>;

export const compliantChange: Change = {
  id: "audit#aws_cloudtrail.organization",
  name: "organization",
  arn: null,
  accountId: "111111111111",
  accountName: null,
  ouPath: null,
  region: "us-east-1",
  placeholder: false,
  type: "trail",
  fate: "kept",
  coveredByOthers: false,
  lostRecording: [],
  lostProtection: [],
  users: [],
};
