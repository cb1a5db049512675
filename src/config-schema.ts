import { type Static, Type } from "typebox";
import { SeveritySchema } from "./policy/policy-schema.ts";

const closed = { additionalProperties: false } as const;
const accountId = (description: string) => Type.String({ pattern: "^[0-9]{12}$", description });
const names = (description: string) => Type.Array(Type.String({ minLength: 1 }), { description });

const OrganizationConfigSchema = Type.Object(
  {
    role: Type.Optional(
      Type.String({ description: "Name or path and name of the role to assume in each account." }),
    ),
    organizationRole: Type.Optional(
      Type.String({
        description: "ARN of a role in the management or delegated account, used to list accounts.",
      }),
    ),
    externalId: Type.Optional(
      Type.String({ description: "External id sent with each AssumeRole." }),
    ),
    accounts: Type.Optional(Type.Array(accountId("Audit only these."))),
    ous: Type.Optional(
      names("Audit only accounts under these organizational units, by path or id."),
    ),
    excludeAccounts: Type.Optional(Type.Array(accountId("Never audit these."))),
    regions: Type.Optional(names("Audit only these regions.")),
  },
  { ...closed, description: "How `scan` reaches accounts; options on the command line win." },
);

const listOf = (description: string) =>
  Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description });

const WaiverSchema = Type.Object(
  {
    policy: Type.Union([Type.String({ minLength: 1 }), listOf("Several policies.")], {
      description: "The policy, or policies, whose verdicts are accepted.",
    }),
    scope: Type.Optional(
      Type.Object(
        {
          accounts: Type.Optional(
            Type.Array(accountId("The account's id."), {
              minItems: 1,
              description: "Only in these accounts.",
            }),
          ),
          ous: Type.Optional(
            listOf("Only below these organizational units, by path as in results.json."),
          ),
          regions: Type.Optional(listOf("Only in these regions.")),
          resources: Type.Optional(listOf("Only these, by ARN or id as in results.json.")),
        },
        { ...closed, minProperties: 1, description: "Where it holds; all that is named must fit." },
      ),
    ),
    reason: Type.String({ minLength: 1, description: "Why it is accepted." }),
    owner: Type.String({ minLength: 1, description: "Who answers for it." }),
    expires: Type.String({
      pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
      description: "YYYY-MM-DD: holds through the end of that day, UTC.",
    }),
  },
  closed,
);

const ScopeSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, description: "What --scope and frameworks call it." }),
    ous: Type.Optional(
      listOf("Accounts below these organizational units, by path as in results.json."),
    ),
    accounts: Type.Optional(
      Type.Array(accountId("The account's id."), {
        minItems: 1,
        description: "These accounts, wherever they are.",
      }),
    ),
    exceptAccounts: Type.Optional(
      Type.Array(accountId("The account's id."), { description: "But never these." }),
    ),
  },
  closed,
);

const FrameworkScopeSchema = Type.Object(
  {
    id: Type.String({ minLength: 1, description: "The framework's id, as in pci-dss-4.0.1." }),
    scope: Type.Optional(
      Type.String({
        minLength: 1,
        description: "The scope whose accounts it is about; left out: all of the run.",
      }),
    ),
  },
  closed,
);

const StackSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, description: "What findings and --expect call it." }),
    path: Type.String({
      minLength: 1,
      description:
        "Its Terraform folder, template or cdk.out folder, relative to this file; a plan found below it is its plan.",
    }),
    plan: Type.Optional(
      Type.String({
        minLength: 1,
        description: "Where its plan in JSON is expected, relative to this file.",
      }),
    ),
    account: Type.Optional(accountId("The account that it is applied to.")),
    region: Type.Optional(
      Type.String({ minLength: 1, description: "The region that it is applied to." }),
    ),
    parameters: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
        description: "CloudFormation parameters, or Terraform variables, that it is applied with.",
      }),
    ),
    variableFiles: Type.Optional(
      names("Terraform variable files that it is applied with, relative to this file."),
    ),
  },
  closed,
);

/** `trailproof.yaml`. */
export const ConfigSchema = Type.Object(
  {
    organization: Type.Optional(OrganizationConfigSchema),
    named: Type.Optional(
      Type.Array(
        Type.Object(
          {
            account: accountId("The account's id."),
            name: Type.String({ minLength: 1, description: "What you call it." }),
          },
          closed,
        ),
        { description: "Accounts outside the trail's own that may own log keys and log buckets." },
      ),
    ),
    parameters: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: "Values for the parameters of policies.",
      }),
    ),
    severity: Type.Optional(
      Type.Record(Type.String(), SeveritySchema, {
        description: "Severities of your own, by policy id.",
      }),
    ),
    policies: Type.Optional(
      Type.Object(
        {
          only: Type.Optional(names("Judge by these alone.")),
          skip: Type.Optional(names("Do not judge by these.")),
          folders: Type.Optional(names("Folders with policies of your own.")),
        },
        closed,
      ),
    ),
    scopes: Type.Optional(
      Type.Array(ScopeSchema, {
        description:
          "Named parts of the organization. By accounts and units alone: tags are not collected.",
      }),
    ),
    frameworks: Type.Optional(
      Type.Array(FrameworkScopeSchema, {
        description:
          "Frameworks to roll up beside PCI DSS 4.0.1 and HIPAA, and which accounts each is about.",
      }),
    ),
    stacks: Type.Optional(
      Type.Array(StackSchema, {
        description:
          "Stacks that `check` expects: one of which it finds neither plan nor source makes it incomplete.",
      }),
    ),
    waivers: Type.Optional(
      Type.Array(WaiverSchema, { description: "Findings that are accepted, by whom, until when." }),
    ),
  },
  { ...closed, description: "Configuration of Trailproof." },
);
export type Config = Static<typeof ConfigSchema>;
