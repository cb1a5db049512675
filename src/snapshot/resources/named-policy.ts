import { type Static, Type } from "typebox";
import { fact } from "../unknown-schema.ts";
import { closed } from "./fields.ts";

/** A policy document under its name, as text. */
export const NamedPolicySchema = Type.Object(
  { name: Type.String(), document: fact(Type.String()) },
  closed,
);
export type NamedPolicy = Static<typeof NamedPolicySchema>;
