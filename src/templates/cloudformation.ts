import { readTemplate, type StackOptions } from "./cloudformation/read.ts";
import type { Files } from "./files.ts";
import type { TemplateInput } from "./resource.ts";

/**
 * Reads a CloudFormation or SAM template, YAML or JSON, with the local templates nested in it; null
 * where the file is no template. Throws AuditError `bad-template`, naming file and line, where a
 * file that looks like a template cannot be read.
 */
export function readCloudFormation(
  files: Files,
  path: string,
  options: StackOptions,
): TemplateInput | null {
  const read = readTemplate(files, path, options);
  if (read === null) return null;
  return { kind: "cloudformation", path, stack: options.stack, before: null, changes: [], ...read };
}
