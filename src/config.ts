import { readFileSync } from "node:fs";
import { type Static, Type } from "typebox";
import { type Document, isMap, LineCounter, parseDocument } from "yaml";
import { AuditError } from "./errors.ts";
import { SeveritySchema } from "./policy/policy.ts";

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
    waivers: Type.Optional(
      Type.Array(WaiverSchema, { description: "Findings that are accepted, by whom, until when." }),
    ),
  },
  { ...closed, description: "Configuration of Trailproof." },
);
export type Config = Static<typeof ConfigSchema>;

/** A config and the bytes it was read from, for the snapshot's digest. */
export type LoadedConfig = {
  config: Config;
  text: string;
  /** Where these keys lead, as `file:line:column`. */
  at: (keys: readonly (string | number)[]) => string;
};

const SIZE_LIMIT = 1024 * 1024;

/** Reads a config file; throws "bad-config" that names file, line and cure. */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const text = readText(path);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw bad(`${path}:${line}:${col}`, problem.message.split("\n")[0] ?? "is not YAML");
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  const source = { path, document, lines };
  const at: LoadedConfig["at"] = (keys) => place(source, keys.map(String));
  return { config: await validated(value, source), text, at };
}

type Source = { path: string; document: Document; lines: LineCounter };

async function validated(value: unknown, source: Source): Promise<Config> {
  // Loaded here because few runs have a config and every run would pay for ajv.
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const validate = new Ajv2020({ strict: false }).compile<Config>(ConfigSchema);
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  const keys = (error?.instancePath ?? "").split("/").slice(1);
  const extra: unknown = error?.params.additionalProperty;
  const name = keys.join(".") || "the file";
  if (extra === undefined)
    throw bad(place(source, keys), `${name} ${error?.message ?? "is wrong"}`);
  throw bad(place(source, [...keys, String(extra)]), `${name} has an unknown key \`${extra}\``);
}

function place({ path, document, lines }: Source, keys: string[]): string {
  const node = document.getIn(keys.slice(0, -1), true) ?? document.contents;
  const last = keys.at(-1);
  const pair = isMap(node) ? node.items.find(({ key }) => String(key) === last) : undefined;
  const key: unknown = pair?.key ?? document.getIn(keys, true);
  const range = typeof key === "object" && key !== null && "range" in key ? key.range : null;
  if (!Array.isArray(range)) return path;
  const { line, col } = lines.linePos(Number(range[0]));
  return `${path}:${line}:${col}`;
}

function readText(path: string): string {
  try {
    const text = readFileSync(path, "utf8");
    if (text.length > SIZE_LIMIT) throw bad(path, "is larger than 1 MiB");
    return text;
  } catch (error) {
    if (error instanceof AuditError) throw error;
    throw bad(path, `cannot be read (${error instanceof Error ? error.message : error})`);
  }
}

/** What is wrong with a config, and where. */
export function bad(where: string, what: string): AuditError {
  return new AuditError(
    "bad-config",
    `${where}: ${what}`,
    "docs/trailproof.yaml shows every key with its meaning.",
  );
}
