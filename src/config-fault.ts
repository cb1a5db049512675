import { AuditError } from "./errors.ts";

/** What is wrong with a config, and where. */
export function bad(where: string, what: string): AuditError {
  return new AuditError(
    "bad-config",
    `${where}: ${what}`,
    "docs/trailproof.yaml shows every key with its meaning.",
  );
}
