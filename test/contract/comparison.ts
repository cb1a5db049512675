import type { clients } from "../simulate/clients.ts";

/** What the seeding made whose id nobody knows before. */
export type Made = { member: string; keys: readonly string[] };

export type Comparison = {
  name: string;
  region?: "us-east-1" | "eu-west-1";
  call: (as: ReturnType<typeof clients>, made: Made) => Promise<object>;
  /** The beginning of a path where the two differ, and why: moto departs from AWS, or ids are made up. */
  departures?: Readonly<Record<string, string>>;
};
