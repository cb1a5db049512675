import type { TSchema } from "typebox";
import { ConfigSchema } from "../../src/config-schema.ts";
import { FrameworkFileSchema } from "../../src/policy/framework-schema.ts";
import { SUBJECT_NAMES } from "../../src/policy/policy.ts";
import { allPolicySchema, policySchemaFor } from "../../src/policy/schema.ts";
import { ResultsSchema } from "../../src/report/results-schema.ts";
import { SnapshotRecordSchema } from "../../src/snapshot/records.ts";
import { SUBJECT_KINDS } from "../../src/subjects/schema/kinds.ts";

const schema = (title: string, body: TSchema | object): string =>
  `${JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", title, ...body }, null, 2)}\n`;

/** The published JSON Schemas, by file name. */
export function schemas(): Map<string, string> {
  return new Map([
    ["snapshot.schema.json", schema("One line of a Trailproof snapshot", SnapshotRecordSchema)],
    ["results.schema.json", schema("Trailproof results.json", ResultsSchema)],
    ["config.schema.json", schema("trailproof.yaml", ConfigSchema)],
    ["framework.schema.json", schema("A framework of Trailproof", FrameworkFileSchema)],
    ["policy.schema.json", schema("A policy of Trailproof", allPolicySchema())],
    ...SUBJECT_NAMES.flatMap((kind): [string, string][] => [
      [`policy-${kind}.schema.json`, schema(`A policy about each ${kind}`, policySchemaFor(kind))],
      [`subject-${kind}.schema.json`, schema(`The ${kind} subject`, SUBJECT_KINDS[kind].schema)],
    ]),
  ]);
}
