import type { Severity } from "../policy/policy.ts";
import type { Paint } from "./terminal.ts";

/** A severity as a word of its own width and colour. */
export function badge(severity: Severity, paint: Paint): string {
  const word = severity.toUpperCase().padEnd(8);
  if (severity === "critical" || severity === "high") return paint.bold(paint.red(word));
  return severity === "medium" ? paint.yellow(word) : paint.dim(word);
}
