import { type Static, Type } from "typebox";
import { AccountRecordSchema } from "./account-record.ts";
import { OrganizationRecordSchema } from "./organization-record.ts";
import { ResourceRecordSchema } from "./resources/resource.ts";
import { orNull } from "./unknown-schema.ts";

const closed = { additionalProperties: false } as const;

/** Raised when an older reader could misread a newer file. */
export const SNAPSHOT_FORMAT = 1;

/** First record: what asked, on whose behalf, and with which rules. */
export const HeaderRecordSchema = Type.Object(
  {
    kind: Type.Literal("header"),
    format: Type.Literal(SNAPSHOT_FORMAT),
    tool: Type.String({ description: "Name and version of the program that wrote the file." }),
    partition: Type.String({ description: "aws, aws-cn, aws-us-gov …, from the caller's ARN." }),
    caller: Type.Object({ accountId: Type.String(), arn: Type.String() }, closed),
    startedAt: Type.String({ description: "The Date header of the first answer, ISO 8601." }),
    scope: Type.Enum(["organization", "accounts", "template"], {
      description:
        "`organization`: every account of it was asked for; `accounts`: the listed ones; `template`: none, plans and templates were read.",
    }),
    arguments: Type.Record(Type.String(), Type.Unknown(), {
      description: "The options that decide what is collected.",
    }),
    digests: Type.Object(
      { policies: orNull(Type.String()), config: orNull(Type.String()) },
      { ...closed, description: "SHA-256 of the policies and of the config at the time." },
    ),
  },
  closed,
);
export type HeaderRecord = Static<typeof HeaderRecordSchema>;

/** Last record: proof that the file is whole. */
export const EndRecordSchema = Type.Object(
  {
    kind: Type.Literal("end"),
    counts: Type.Object({ resources: Type.Integer(), accounts: Type.Integer() }, closed),
    digest: Type.String({ description: "SHA-256 of all lines before this one, hex." }),
  },
  closed,
);
export type EndRecord = Static<typeof EndRecordSchema>;

/** One line of a snapshot file. */
export const SnapshotRecordSchema = Type.Union([
  HeaderRecordSchema,
  OrganizationRecordSchema,
  ResourceRecordSchema,
  AccountRecordSchema,
  EndRecordSchema,
]);
export type SnapshotRecord = Static<typeof SnapshotRecordSchema>;
