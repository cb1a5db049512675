import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, statSync } from "node:fs";

/** GitHub drops a step's summary whole above 1 MiB; what the file already holds counts. */
const SUMMARY_LIMIT = 900_000;

/** Sets the step's outputs in the file that the runner names; without one there is nobody to tell. */
export function setOutputs(
  path: string | undefined,
  outputs: Readonly<Record<string, string>>,
): void {
  if (!path) return;
  const entries = Object.entries(outputs).map(([name, value]) => {
    // Random, so that no value can end early and set an output of its own.
    const delimiter = `ghadelimiter_${randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  appendFileSync(path, entries.join(""));
}

/** Adds to the step's summary what is made for the bytes that are left there. */
export function addSummary(path: string | undefined, make: (budget: number) => string): void {
  if (!path) return;
  const budget = SUMMARY_LIMIT - (existsSync(path) ? statSync(path).size : 0);
  const text = make(budget);
  if (Buffer.byteLength(text) <= budget) appendFileSync(path, text);
}
