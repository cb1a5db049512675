import { type Static, Type } from "typebox";
import { closed, document, text } from "./fields.ts";

/** A service control policy. It has no effect on simulated calls: `faults` say what is denied. */
export const ServiceControlPolicySchema = Type.Object(
  {
    name: text("Its name."),
    id: Type.Optional(
      Type.String({
        pattern: "^p-[0-9a-zA-Z_]{8,128}$",
        description: "Left out: one made of the name. `p-FullAWSAccess` replaces AWS's own.",
      }),
    ),
    policy: document("The policy, as text or as YAML."),
    targets: Type.Array(Type.String(), {
      description: "`root`, paths of units (`Workloads/Production`), and account ids.",
    }),
  },
  closed,
);
export type ServiceControlPolicy = Static<typeof ServiceControlPolicySchema>;
