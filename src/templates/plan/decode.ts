import { AuditError } from "../../errors.ts";
import type { JsonFile } from "./scan.ts";

/** A plan's JSON, and where in it the plan begins. */
export type Decoded = { file: JsonFile; start: number };

/** Ten times the largest plans that people tell of. */
const MAX_BYTES = 512 * 1024 * 1024;

/** How much may stand before a plan: what wrappers and warnings print. */
const MAX_JUNK = 256 * 1024;

/** What to do about a plan that cannot be read. */
export const CURE =
  "Make a plan that can be read: terraform plan -out tfplan && terraform show -json tfplan > plan.json";

/**
 * Finds the plan in the bytes of a file: UTF-16 as Windows PowerShell writes it, marks of byte order,
 * and lines that a wrapper or a warning put before it. Null: by its content it is no plan. What is
 * plainly meant as one but cannot be read throws.
 */
export function decodePlan(bytes: Uint8Array, path: string): Decoded | null {
  if (isBinaryPlan(bytes)) {
    throw bad(`${path} is a plan in Terraform's binary form, which only Terraform can read`);
  }
  const file = { path, bytes: viewOf(toUtf8(bytes)) };
  const start = startOf(file.bytes);
  if (start !== null && !mentionsPlan(file.bytes)) return null;
  if (start === null) {
    if (isPlanLog(file.bytes)) {
      throw bad(`${path} is the log of terraform plan -json, which does not hold the plan`);
    }
    return null;
  }
  if (bytes.length > MAX_BYTES) throw bad(`${path} is larger than ${MAX_BYTES} bytes`);
  return { file, start };
}

/** Whether `decodePlan` takes the bytes for a plan, or for something that is meant as one. */
export function looksLikePlan(bytes: Uint8Array): boolean {
  if (isBinaryPlan(bytes)) return true;
  const text = toUtf8(bytes);
  return isPlanLog(text) || (startOf(text) !== null && mentionsPlan(text));
}

/** A ZIP with a file `tfplan` in it, beside the sources. */
function isBinaryPlan(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  return (
    view.subarray(0, 4).toString("latin1") === "PK\u0003\u0004" &&
    view.includes("tfplan") &&
    view.includes("tfstate")
  );
}

function toUtf8(bytes: Uint8Array): Uint8Array {
  const encoding = utf16Of(bytes);
  if (encoding !== null && bytes.length <= MAX_BYTES) {
    return new TextEncoder().encode(new TextDecoder(encoding).decode(bytes));
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return hasMark ? bytes.subarray(3) : bytes;
}

function utf16Of([first, second]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if ((first === 0xff && second === 0xfe) || (first === 0x7b && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x7b)) return "utf-16be";
  return null;
}

/** Where the plan's brace is; null: nothing looks like one. */
function startOf(bytes: Uint8Array): number | null {
  const view = viewOf(bytes);
  const first = view.subarray(0, 4096).toString("latin1").search(/\S/);
  if (first >= 0 && view[first] === 0x7b && !isPlanLog(bytes)) return first;
  const after = view
    .subarray(0, MAX_JUNK)
    .toString("latin1")
    .search(/\{\s{0,64}"format_version"/);
  return after < 0 ? null : after;
}

function mentionsPlan(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  const members = ['"planned_values"', '"resource_changes"', '"prior_state"'];
  return view.includes('"format_version"') && members.some((each) => view.includes(each));
}

function isPlanLog(bytes: Uint8Array): boolean {
  return viewOf(bytes).subarray(0, 64).toString("latin1").trimStart().startsWith('{"@level"');
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function bad(message: string): AuditError {
  return new AuditError("bad-template", message, CURE);
}
