import { type Static, Type } from "typebox";

/** Objects of a world file are closed: a misspelt key must not be silently nothing. */
export const closed = { additionalProperties: false } as const;

export const accountId = (description: string) =>
  Type.String({ pattern: "^\\d{12}$", description: `${description} Twelve digits, quoted.` });

export const text = (description: string) => Type.String({ minLength: 1, description });

export const flag = (description: string) => Type.Optional(Type.Boolean({ description }));

/** Text in which `*` stands for any characters. */
export const glob = (description: string) =>
  Type.String({ minLength: 1, description: `${description} \`*\` stands for any characters.` });

export const accountIds = (description: string) =>
  Type.Optional(Type.Array(accountId("An account."), { description }));

export const texts = (description: string) =>
  Type.Optional(Type.Array(Type.String(), { description }));

/** A policy or pattern: text as it is, or YAML that is put on the wire as JSON. */
export const document = (description: string) =>
  Type.Union([Type.String(), Type.Record(Type.String(), Type.Unknown())], { description });
export type WorldDocument = Static<ReturnType<typeof document>>;

/** A moment: so many minutes before the world's clock, or an absolute time. */
export const MomentSchema = Type.Union(
  [
    Type.Object({ minutesAgo: Type.Number({ description: "Negative: in the future." }) }, closed),
    Type.String({ description: "ISO 8601." }),
  ],
  { description: "When: `{ minutesAgo: 90 }` by the world's clock, or an absolute time." },
);
export type Moment = Static<typeof MomentSchema>;
