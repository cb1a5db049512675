import { Ajv, type ValidateFunction } from "ajv";
import type { TSchema } from "typebox";
import { AccountRecordSchema } from "./account-record.ts";
import { OrganizationRecordSchema } from "./organization-record.ts";
import { notARecord, type RecordCheck } from "./read.ts";
import { EndRecordSchema, HeaderRecordSchema, type SnapshotRecord } from "./records.ts";
import { RESOURCE_SCHEMAS } from "./resources/resource.ts";

const SCHEMAS: Record<string, TSchema> = {
  header: HeaderRecordSchema,
  organization: OrganizationRecordSchema,
  account: AccountRecordSchema,
  end: EndRecordSchema,
  ...Object.fromEntries(
    Object.entries(RESOURCE_SCHEMAS).map(([type, schema]) => [`resource/${type}`, schema]),
  ),
};

/**
 * A check that each record keeps to the published schema of its kind. One schema a kind, compiled
 * when first met: a union of all kinds would be tried branch by branch for every line.
 */
export function recordCheck(path: string): RecordCheck {
  // Optimizing the generated code takes three times as long as it saves. Not Ajv2020, which goes
  // through every branch of a union: our schemas hold nothing that draft 07 lacks, else this throws.
  const ajv = new Ajv({ code: { optimize: false } });
  const compiled = new Map<string, ValidateFunction>();
  const validatorFor = (name: string, line: number): ValidateFunction => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
    if (schema === undefined)
      throw notARecord(path, line, `is a record of no known kind (${name})`);
    const made = ajv.compile(schema);
    compiled.set(name, made);
    return made;
  };
  return (value, line): asserts value is SnapshotRecord => {
    const validate = validatorFor(nameOf(value), line);
    if (validate(value)) return;
    const [error] = validate.errors ?? [];
    throw notARecord(path, line, `${error?.instancePath || "/"} ${error?.message ?? "is wrong"}`);
  };
}

function nameOf(value: unknown): string {
  if (typeof value !== "object" || value === null || !("kind" in value)) return "none";
  const type = "type" in value && value.kind === "resource" ? `/${String(value.type)}` : "";
  return `${String(value.kind)}${type}`.slice(0, 60);
}
