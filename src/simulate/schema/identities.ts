import { type Static, Type } from "typebox";
import { closed, document, texts } from "./fields.ts";

/** An IAM user, group or role, as its ARN says; what AssumeRole reaches are the world's `roles`. */
export const IdentitySchema = Type.Object(
  {
    arn: Type.String({ pattern: "^arn:[a-z-]+:iam::\\d{12}:(user|group|role)/.+$" }),
    assumeRolePolicy: Type.Optional(
      document("A role's trust policy. Left out: it trusts CloudTrail."),
    ),
    inlinePolicies: Type.Optional(
      Type.Record(Type.String(), document("As text or as YAML."), {
        description: "Name to policy.",
      }),
    ),
    attachedPolicies: texts("ARNs of managed policies of this world."),
    permissionsBoundary: Type.Optional(
      Type.String({ description: "ARN of a managed policy of this world." }),
    ),
    groups: texts("A user's groups, by name."),
  },
  closed,
);
export type Identity = Static<typeof IdentitySchema>;

/** A managed policy of an account, or of AWS: `arn:aws:iam::aws:policy/ReadOnlyAccess`. */
export const ManagedPolicySchema = Type.Object(
  {
    arn: Type.String({ pattern: "^arn:[a-z-]+:iam::(\\d{12}|aws):policy/.+$" }),
    policy: document("Its default version, as text or as YAML."),
    versionId: Type.Optional(
      Type.String({ pattern: "^v[1-9][0-9]*$", description: "The default version. Default v1." }),
    ),
  },
  closed,
);
export type ManagedPolicy = Static<typeof ManagedPolicySchema>;
