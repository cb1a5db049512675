import { Ajv } from "ajv";
import { type Static, Type } from "typebox";
import { type Document, LineCounter, parseDocument } from "yaml";
import { AuditError } from "../errors.ts";
import { AlarmSchema, CompositeAlarmSchema } from "./schema/alarms.ts";
import { BucketSchema } from "./schema/buckets.ts";
import { EventRuleSchema } from "./schema/event-rules.ts";
import { FaultSchema } from "./schema/faults.ts";
import { closed } from "./schema/fields.ts";
import { IdentitySchema, ManagedPolicySchema } from "./schema/identities.ts";
import { ChannelSchema, EventDataStoreSchema } from "./schema/lake.ts";
import { LogGroupSchema, LogResourcePolicySchema } from "./schema/logs.ts";
import {
  AccountSchema,
  OrganizationSchema,
  RegionsSchema,
  RoleSchema,
} from "./schema/organization.ts";
import { KeySchema, TopicSchema } from "./schema/resources.ts";
import { TrailSchema } from "./schema/trails.ts";
import { mistakeIn } from "./world-references.ts";

/** An organization or account to simulate, as its file holds it. */
export const WorldSchema = Type.Object(
  {
    now: Type.String({ description: "What the clock of every answer says, ISO 8601." }),
    partition: Type.Optional(Type.String({ description: "Default aws." })),
    regions: RegionsSchema,
    organization: Type.Optional(OrganizationSchema),
    accounts: Type.Array(AccountSchema, { minItems: 1 }),
    roles: Type.Optional(
      Type.Array(RoleSchema, {
        description: "The roles of each account that lists none. Default TrailproofAuditor.",
      }),
    ),
    usEast1IsGlobalSts: Type.Optional(
      Type.Boolean({
        description: "Tokens asked for in us-east-1 are those of the global STS endpoint.",
      }),
    ),
    latencyMs: Type.Optional(
      Type.Number({ minimum: 0, maximum: 60_000, description: "Before each answer." }),
    ),
    throttles: Type.Optional(
      Type.Enum(["none", "aws"], { description: "aws: the rates that AWS publishes." }),
    ),
    trails: Type.Optional(Type.Array(TrailSchema)),
    buckets: Type.Optional(Type.Array(BucketSchema)),
    keys: Type.Optional(Type.Array(KeySchema)),
    logGroups: Type.Optional(Type.Array(LogGroupSchema)),
    topics: Type.Optional(Type.Array(TopicSchema)),
    logResourcePolicies: Type.Optional(Type.Array(LogResourcePolicySchema)),
    alarms: Type.Optional(Type.Array(AlarmSchema)),
    compositeAlarms: Type.Optional(Type.Array(CompositeAlarmSchema)),
    eventDataStores: Type.Optional(Type.Array(EventDataStoreSchema)),
    channels: Type.Optional(Type.Array(ChannelSchema)),
    eventRules: Type.Optional(Type.Array(EventRuleSchema)),
    identities: Type.Optional(Type.Array(IdentitySchema)),
    managedPolicies: Type.Optional(Type.Array(ManagedPolicySchema)),
    faults: Type.Optional(Type.Array(FaultSchema)),
  },
  closed,
);
export type World = Static<typeof WorldSchema>;

/** A world that has an organization. */
export type OrganizationWorld = World & Required<Pick<World, "organization">>;

/** Where in a world something is: keys and indexes from the top. */
export type Path = (string | number)[];

const MAXIMUM_CHARACTERS = 5_000_000;
const validate = new Ajv({ strict: false }).compile<World>(WorldSchema);

/** Reads a world file. Throws AuditError `bad-world`, naming file and line, where it is wrong. */
export function readWorld(text: string, fileName: string): World {
  const lines = new LineCounter();
  if (text.length > MAXIMUM_CHARACTERS) {
    throw badWorld(`${fileName}: longer than ${MAXIMUM_CHARACTERS} characters`);
  }
  const document = parseDocument(text, { lineCounter: lines });
  const [wrong] = document.errors;
  if (wrong !== undefined) {
    throw badWorld(`${fileName}:${lines.linePos(wrong.pos[0]).line}: ${wrong.message}`);
  }
  const world = plainOf(document, fileName);
  const mistake = validate(world) ? mistakeIn(world) : schemaMistake();
  if (validate(world) && mistake === undefined) return world;
  throw badWorld(`${fileName}:${line(document, lines, mistake?.path ?? [])}: ${mistake?.says}`);
}

/** The yaml library refuses aliases of nothing, and those that multiply without end. */
function plainOf(document: Document, fileName: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) throw badWorld(`${fileName}:1: ${error.message}`);
    throw error;
  }
}

function badWorld(message: string): AuditError {
  return new AuditError("bad-world", message, "Correct the world file at that line.");
}

function schemaMistake(): { path: Path; says: string } {
  const error = validate.errors?.[0];
  const where = error?.instancePath ?? "";
  const extra: unknown = error?.params.additionalProperty;
  const path = where.split("/").slice(1).map(unescaped);
  const says = `${where || "the file"} ${error?.message ?? "is wrong"}`;
  if (typeof extra !== "string") return { path, says };
  return { path: [...path, extra], says: `${says}: ${extra}` };
}

const unescaped = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

/** The line of the innermost thing on the path that the file has. */
function line(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range =
      typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    if (Array.isArray(range)) return lines.linePos(Number(range[0])).line;
  }
  return 1;
}
